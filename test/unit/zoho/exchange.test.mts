import { ZohoError } from '../../../zoho/errors';
import { createLimits, exchange, urlOf } from '../../../zoho/exchange';
import type { ZohoCall } from '../../../zoho/types';
import { type Answer, FakeTime, answer, clientFor, connect } from './fakeZoho.mts';

const minuteLimit = () => answer(429, { code: 44, message: 'blocked for a minute' });
const concurrencyLimit = () => answer(429, { code: 1070, message: 'too many in process' });
const booksOk = () => answer(200, { code: 0, message: 'success' });
const expiredBooks = () =>
	answer(401, { code: 57, message: 'You are not authorized to perform this operation' });
const crmFault = (status: number, code: string, details = {}) =>
	answer(status, { code, details, message: code.toLowerCase(), status: 'error' });

const get: ZohoCall = { method: 'GET', path: '/books/v3/contacts', scope: 'ZohoBooks.contacts.READ' };
const post: ZohoCall = {
	method: 'POST',
	path: '/books/v3/contacts',
	body: { contact_name: 'Acme' },
	subject: 'contact "Acme"',
};
const crmGet: ZohoCall = { method: 'GET', path: '/crm/v8/Contacts', scope: 'ZohoCRM.modules.Contacts.READ' };

async function failure(work: Promise<unknown>): Promise<ZohoError> {
	const error = await work.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (!(error instanceof ZohoError)) throw new Error(`expected a ZohoError, got ${String(error)}`);
	return error;
}

/** Answers from a list; the last one again and again. */
const script =
	(...answers: Array<() => Answer>) =>
	(_call: unknown, n: number) =>
		(answers[Math.min(n, answers.length) - 1] as () => Answer)();

describe('addresses', () => {
	const books = { product: 'books' as const, apiDomain: 'https://www.zohoapis.eu', organizationId: '20001' };

	test('every Books call names its organization, except those about organizations', () => {
		expect(urlOf(get, books)).toBe('https://www.zohoapis.eu/books/v3/contacts?organization_id=20001');
		expect(urlOf({ method: 'GET', path: '/books/v3/organizations' }, books)).toBe(
			'https://www.zohoapis.eu/books/v3/organizations',
		);
	});

	test('a Books call without an organization is not sent', async () => {
		const connection = connect('books', booksOk, { organizationId: undefined });
		expect((await failure(exchange(get, connection, new FakeTime(), createLimits()))).message).toContain(
			'Choose the organization',
		);
		expect(connection.sent).toHaveLength(0);
	});

	test('the plus of a time arrives as a plus, and a space as a space', () => {
		const url = urlOf(
			{
				...get,
				query: { last_modified_time: '2026-07-01T00:00:00+0000', contact_name: 'A & B + C', page: undefined },
			},
			books,
		);
		expect(url).toContain('last_modified_time=2026-07-01T00%3A00%3A00%2B0000');
		expect(url).toContain('contact_name=A%20%26%20B%20%2B%20C');
		expect(url).not.toContain('page');
	});

	test.each([
		'/books/v3/contacts/../organizations',
		'/books/v3/contacts/1?organization_id=2',
		'/books/v3/contacts/1#x',
		'x y',
	])('the path %j is refused', (path) => {
		expect(() => urlOf({ method: 'GET', path }, books)).toThrow(ZohoError);
	});

	test('no path leads to another host', () => {
		expect(new URL(urlOf({ method: 'GET', path: '//evil.example/x' }, books)).host).toBe('www.zohoapis.eu');
	});

	test('a host outside the table gets nothing', async () => {
		const connection = connect('books', booksOk, { apiDomain: 'https://www.zohoapis.eu.evil.example' });
		expect((await failure(exchange(get, connection, new FakeTime(), createLimits()))).fault.code).toBe(
			'unknown-api-domain',
		);
		expect(connection.sent).toHaveLength(0);
	});
});

describe('answers that are no failure', () => {
	test.each([204, 304])('an empty %d is an empty answer', async (status) => {
		const connection = connect('crm', () => answer(status));
		const reply = await exchange(crmGet, connection, new FakeTime(), createLimits());
		expect(reply.body).toBeUndefined();
	});

	test.each([200, 207, 400, 412])('a CRM answer per record is handed on with status %d', async (status) => {
		const data = [{ code: 'DUPLICATE_DATA', details: {}, message: 'duplicate data', status: 'error' }];
		const connection = connect('crm', () => answer(status, { data }));
		const reply = await exchange(
			{ method: 'PUT', path: '/crm/v8/Contacts' },
			connection,
			new FakeTime(),
			createLimits(),
		);
		expect(reply.body).toEqual({ data });
	});

	test('a record with fields named status and code is not taken for a failure', async () => {
		const data = [{ id: '1', status: 'active', code: 'INVALID_TOKEN' }];
		const connection = connect('crm', () => answer(200, { data }));
		expect((await exchange(crmGet, connection, new FakeTime(), createLimits())).body).toEqual({ data });
	});

	test('ids longer than a JavaScript number stay as they are', async () => {
		const connection = connect('books', () =>
			answer(200, { code: 0, contact: { contact_id: '9007199254740993001' } }),
		);
		const reply = await exchange(get, connection, new FakeTime(), createLimits());
		expect(reply.body).toMatchObject({ contact: { contact_id: '9007199254740993001' } });
	});
});

describe('limits of Zoho', () => {
	test.each([
		['44, the minute', 'books', minuteLimit],
		['1070, concurrency', 'books', concurrencyLimit],
		['TOO_MANY_REQUESTS', 'crm', () => crmFault(429, 'TOO_MANY_REQUESTS')],
		['RATE_LIMIT_EXCEEDED', 'crm', () => crmFault(429, 'RATE_LIMIT_EXCEEDED')],
		[
			'the older answer',
			'crm',
			() => answer(429, { code: 429, error: 'TOO_MANY_REQUESTS', error_info: 'many' }),
		],
		['a 429 without words', 'crm', () => answer(429)],
	] as const)(
		'%s: waits and sends again, a create too, since it surely did not happen',
		async (_name, product, limit) => {
			const time = new FakeTime();
			const connection = connect(product, script(limit, limit, booksOk));
			const call = product === 'books' ? post : { ...crmGet, method: 'POST' as const };
			await time.run(exchange(call, connection, time, createLimits()));
			expect(connection.sent).toHaveLength(3);
			expect(time.slept.length).toBeGreaterThanOrEqual(2);
		},
	);

	test('45, the day: is not sent again, and the error says when calls are counted anew', async () => {
		const time = new FakeTime();
		const connection = connect('books', () =>
			answer(429, { code: 45, message: 'exceeded' }, { 'x-rate-limit-reset': '3600' }),
		);
		const error = await failure(time.run(exchange(get, connection, time, createLimits())));
		expect(connection.sent).toHaveLength(1);
		expect(error.intent).toBe('quota');
		expect(error.fault.resetsAt).toBe(Date.UTC(2026, 6, 1, 1));
		expect(error.message).toContain('2026-07-01T01:00:00.000Z');
	});

	test.each([
		['the header in seconds', () => answer(429, { code: 44, message: '' }, { 'retry-after': '17' })],
		[
			'the header as a date',
			() => answer(429, { code: 44, message: '' }, { 'retry-after': 'Wed, 01 Jul 2026 00:00:17 GMT' }),
		],
	])('waits at least as long as Zoho asks: %s', async (_name, limit) => {
		const time = new FakeTime();
		const connection = connect('books', script(limit, booksOk));
		await time.run(exchange(get, connection, time, createLimits()));
		expect(time.now() - Date.UTC(2026, 6, 1)).toBeGreaterThanOrEqual(17_000);
	});

	test("waits at least as long as CRM's details ask", async () => {
		const time = new FakeTime();
		const connection = connect(
			'crm',
			script(
				() => crmFault(429, 'TOO_MANY_REQUESTS', { retry_after: 60 }),
				() => answer(200, {}),
			),
		);
		await time.run(exchange(crmGet, connection, time, createLimits()));
		expect(time.now() - Date.UTC(2026, 6, 1)).toBeGreaterThanOrEqual(60_000);
	});

	test('gives up within the budget, 5 minutes unless told otherwise', async () => {
		for (const chance of [0, 0.5, 0.999]) {
			const time = new FakeTime();
			time.chance = () => chance;
			const connection = connect('books', minuteLimit);
			const error = await failure(time.run(exchange(get, connection, time, createLimits())));
			expect(error.fault).toMatchObject({ intent: 'retry', code: '44' });
			expect(error.outcomeUnknown).toBe(false);
			expect(time.now() - Date.UTC(2026, 6, 1)).toBeLessThanOrEqual(5 * 60_000);
			expect(connection.sent.length).toBeGreaterThan(3);
		}
	});

	test('does not wait at all when Zoho asks for more than the budget', async () => {
		const time = new FakeTime();
		const connection = connect('books', () =>
			answer(429, { code: 44, message: '' }, { 'retry-after': '900' }),
		);
		const error = await failure(time.run(exchange(get, connection, time, createLimits())));
		expect(connection.sent).toHaveLength(1);
		expect(error.fault.retryAfter).toBe(900_000);
	});

	test('a limit answer to one call holds back all calls of that organization', async () => {
		const time = new FakeTime();
		const limits = createLimits();
		const sentAt: number[] = [];
		const connection = connect('books', (_call, n) => {
			sentAt.push(time.now());
			return n === 1 ? answer(429, { code: 44, message: '' }, { 'retry-after': '30' }) : booksOk();
		});
		const first = exchange(get, connection, time, limits);
		await new Promise((resume) => setImmediate(resume));
		await time.run(Promise.all([first, ...[1, 2, 3].map(() => exchange(get, connection, time, limits))]));
		expect(sentAt).toHaveLength(5);
		for (const at of sentAt.slice(1)) expect(at - (sentAt[0] as number)).toBeGreaterThanOrEqual(30_000);
	});

	test('organizations have a minute each; clients of one organization share it', async () => {
		const time = new FakeTime();
		const limits = createLimits({ callsPerMinute: 2 });
		const connections = ['1', '1', '2'].map((organizationId) =>
			connect('books', booksOk, { organizationId }),
		);
		const limiters = connections.map((connection) => limits.limiterFor(connection, time));
		expect(limiters[0]).toBe(limiters[1]);
		expect(limiters[0]).not.toBe(limiters[2]);
	});

	test('warns once when less than a tenth of the day is left', async () => {
		const time = new FakeTime();
		const headers = { 'x-rate-limit-limit': '1000', 'x-rate-limit-remaining': '99' };
		const client = clientFor(
			connect('books', () => answer(200, { code: 0 }, headers)),
			time,
		);
		await time.run(Promise.all([client.request(get), client.request(get)]));
		expect(time.logged.filter((line) => line.startsWith('warn'))).toEqual([
			'warn: Zoho Books: 99 of 1000 calls are left for today',
		]);
	});
});

describe('network errors and failures of Zoho', () => {
	const reset = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
	const refused = () =>
		new Error('wrapped', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
	const html = () => answer(503, '<html>Service Unavailable</html>');

	test.each([
		['a broken connection', reset],
		['a 503 page', html],
		['a 500', () => crmFault(500, 'INTERNAL_ERROR')],
	])('%s: a read is sent again', async (_name, broken) => {
		const time = new FakeTime();
		const connection = connect(
			'crm',
			script(broken, broken, () => answer(200, { data: [] })),
		);
		await time.run(exchange(crmGet, connection, time, createLimits()));
		expect(connection.sent).toHaveLength(3);
	});

	test.each([
		['a broken connection', reset],
		['a 503 page', html],
	])(
		'%s: a create is not sent again, and the error says that its outcome is unknown',
		async (_name, broken) => {
			const time = new FakeTime();
			const connection = connect('books', broken);
			const error = await failure(time.run(exchange(post, connection, time, createLimits())));
			expect(connection.sent).toHaveLength(1);
			expect(error.intent).toBe('retry');
			expect(error.outcomeUnknown).toBe(true);
			expect(error.message).toContain('contact "Acme"');
			expect(error.message).toContain('Look for the record');
		},
	);

	test('a create that never left the machine is sent again', async () => {
		const time = new FakeTime();
		const connection = connect('books', script(refused, booksOk));
		await time.run(exchange(post, connection, time, createLimits()));
		expect(connection.sent).toHaveLength(2);
	});

	test('a POST that its caller calls repeatable is sent again', async () => {
		const time = new FakeTime();
		const connection = connect('books', script(reset, booksOk));
		await time.run(exchange({ ...post, repeatable: true }, connection, time, createLimits()));
		expect(connection.sent).toHaveLength(2);
	});

	test('gives up within the budget of a minute', async () => {
		const time = new FakeTime();
		const connection = connect('crm', reset);
		const error = await failure(time.run(exchange(crmGet, connection, time, createLimits())));
		expect(error.fault.code).toBe('network');
		expect(error.outcomeUnknown).toBe(false);
		expect(time.now() - Date.UTC(2026, 6, 1)).toBeLessThanOrEqual(60_000);
	});

	test('waits grow and are spread at random', async () => {
		const time = new FakeTime();
		time.chance = () => 0.999;
		await failure(time.run(exchange(crmGet, connect('crm', reset), time, createLimits())));
		expect(time.slept.slice(0, 4).map((wait) => Math.round(wait / 1000))).toEqual([1, 2, 4, 8]);
		expect(Math.max(...time.slept)).toBeLessThanOrEqual(15_000);
		const other = new FakeTime();
		other.chance = () => 0.1;
		await failure(other.run(exchange(crmGet, connect('crm', reset), other, createLimits())));
		expect(other.slept[2]).toBeLessThan(time.slept[2] as number);
	});

	test('a mistake of the caller is not sent again', async () => {
		const connection = connect('crm', () =>
			crmFault(400, 'REQUIRED_PARAM_MISSING', { param_name: 'fields' }),
		);
		const error = await failure(exchange(crmGet, connection, new FakeTime(), createLimits()));
		expect(connection.sent).toHaveLength(1);
		expect(error.intent).toBe('invalid');
		expect(error.message).toContain('param_name fields');
	});

	test('tokens in the words of others do not get into the error', async () => {
		const words =
			'request with Authorization: Bearer 1000.aaaabbbbccccdddd.eeeeffff1111 and refresh_token=1000.99aa88bb77.cc failed';
		const error = await failure(
			exchange(
				post,
				connect('books', () => new Error(words)),
				new FakeTime(),
				createLimits(),
			),
		);
		expect(error.message).not.toMatch(/aaaabbbb|99aa88bb|eeeeffff/);
	});
});

describe('stale tokens', () => {
	test.each([
		['Books 57', 'books', expiredBooks],
		['Books 14', 'books', () => answer(401, { code: 14, message: 'invalid' })],
		['CRM INVALID_TOKEN', 'crm', () => crmFault(401, 'INVALID_TOKEN')],
		['CRM AUTHENTICATION_FAILURE', 'crm', () => crmFault(401, 'AUTHENTICATION_FAILURE')],
	] as const)('%s: one refresh, one more try', async (_name, product, expired) => {
		const time = new FakeTime();
		const connection = connect(product, script(expired, booksOk));
		await exchange(product === 'books' ? post : crmGet, connection, time, createLimits());
		expect([connection.sent.length, connection.refreshes]).toEqual([2, 1]);
	});

	test('57 with a new token names the scope that the call needs', async () => {
		const connection = connect('books', expiredBooks);
		const error = await failure(exchange(get, connection, new FakeTime(), createLimits()));
		expect([connection.sent.length, connection.refreshes]).toEqual([2, 1]);
		expect(error.intent).toBe('reauthorise');
		expect(error.message).toContain('ZohoBooks.contacts.READ');
	});

	test('57 for every call of a batch does not eat up the token quota', async () => {
		const time = new FakeTime();
		const connection = connect('books', expiredBooks);
		const client = clientFor(connection, time);
		for (let n = 0; n < 15; n++) await failure(time.run(client.request(get)));
		expect(connection.refreshes).toBe(1);
	});

	test('57 for one scope does not keep a stale token from being refreshed for another', async () => {
		const time = new FakeTime();
		let settingsCalls = 0;
		const connection = connect('books', (call) => {
			if (!call.path.includes('settings')) return expiredBooks();
			return settingsCalls++ > 0 ? booksOk() : expiredBooks();
		});
		const client = clientFor(connection, time);
		await failure(client.request(get));
		await client.request({
			method: 'GET',
			path: '/books/v3/settings/webhooks',
			scope: 'ZohoBooks.settings.READ',
		});
		expect(connection.refreshes).toBe(2);
	});

	test('tokens that live only a minute are refreshed when Zoho refuses them, not before every call', async () => {
		const time = new FakeTime();
		let validUntil = 0;
		const connection = connect('crm', () =>
			time.now() < validUntil ? answer(200, {}) : crmFault(401, 'INVALID_TOKEN'),
		);
		connection.refreshToken = async () => {
			connection.refreshes++;
			validUntil = time.now() + 60_000;
			return { expiresAt: validUntil };
		};
		const client = clientFor(connection, time);
		for (let n = 0; n < 20; n++) await time.run(client.request(crmGet));
		expect(connection.refreshes).toBe(1);
		time.time += 61_000;
		await time.run(client.request(crmGet));
		expect(connection.refreshes).toBe(2);
	});

	test('INVALID_TOKEN with a new token explains revocation and data centre', async () => {
		const connection = connect('crm', () => crmFault(401, 'INVALID_TOKEN'));
		const error = await failure(exchange(crmGet, connection, new FakeTime(), createLimits()));
		expect(error.message).toMatch(/revoked.*data centre/);
		expect(connection.refreshes).toBe(1);
	});

	test('a missing CRM scope needs no refresh and is named', async () => {
		const connection = connect('crm', () => crmFault(401, 'OAUTH_SCOPE_MISMATCH'));
		const error = await failure(exchange(crmGet, connection, new FakeTime(), createLimits()));
		expect([connection.sent.length, connection.refreshes]).toEqual([1, 0]);
		expect(error.message).toContain('ZohoCRM.modules.Contacts.READ');
	});

	test.each(['INVALID_MODULE', 'NO_PERMISSION'])(
		'%s is "not available" and points to edition and profile',
		async (code) => {
			const error = await failure(
				exchange(
					crmGet,
					connect('crm', () => crmFault(400, code)),
					new FakeTime(),
					createLimits(),
				),
			);
			expect(error.intent).toBe('unavailable');
			expect(error.message).toMatch(/edition.*profile/);
		},
	);

	test('20 calls that fail together share one refresh', async () => {
		const time = new FakeTime();
		let token = 'old';
		const connection = connect('books', async () => {
			const sentWith = token;
			await time.sleep(100);
			return sentWith === 'old' ? expiredBooks() : booksOk();
		});
		connection.refreshToken = async () => {
			connection.refreshes++;
			await time.sleep(500);
			token = 'new';
			return { expiresAt: time.now() + 3_600_000 };
		};
		const client = clientFor(connection, time, { callsInFlight: 20 });
		await time.run(Promise.all(Array.from({ length: 20 }, () => client.request(get))));
		expect(connection.refreshes).toBe(1);
	});

	test('a token that is due is refreshed before the call, once for all', async () => {
		const time = new FakeTime();
		const connection = connect('books', booksOk, { tokenExpiresAt: time.now() + 5 * 60_000 });
		connection.refreshToken = async () => {
			connection.refreshes++;
			return { expiresAt: time.now() + 3_600_000 };
		};
		const limits = createLimits();
		await time.run(Promise.all(Array.from({ length: 8 }, () => exchange(get, connection, time, limits))));
		// Another execution, which read the credential before the refresh.
		const late = connect('books', booksOk, { tokenExpiresAt: time.now() + 5 * 60_000 });
		await time.run(exchange(get, late, time, limits));
		expect([connection.refreshes, late.refreshes]).toEqual([1, 0]);
		expect(connection.sent).toHaveLength(8);
	});

	test('a token that is not due is left alone', async () => {
		const time = new FakeTime();
		const connection = connect('books', booksOk, { tokenExpiresAt: time.now() + 5 * 60_000 + 1 });
		await exchange(get, connection, time, createLimits());
		expect(connection.refreshes).toBe(0);
	});

	test('while the token is valid, a failing early refresh stops nothing and is not repeated at once', async () => {
		const time = new FakeTime();
		const connection = connect('books', booksOk, { tokenExpiresAt: time.now() + 60_000 });
		connection.refreshToken = async () => {
			connection.refreshes++;
			throw new Error('Access Denied');
		};
		const client = clientFor(connection, time);
		for (let n = 0; n < 5; n++) await client.request(get);
		expect([connection.sent.length, connection.refreshes]).toEqual([5, 1]);
		expect(time.logged.some((line) => line.startsWith('warn'))).toBe(true);
	});

	test('never asks for more than 9 tokens in 10 minutes, and says when the next is possible', async () => {
		const time = new FakeTime();
		const connection = connect('crm', () => crmFault(401, 'INVALID_TOKEN'));
		const client = clientFor(connection, time);
		let last: ZohoError | undefined;
		for (let n = 0; n < 12; n++) last = await failure(time.run(client.request(crmGet)));
		expect(connection.refreshes).toBe(9);
		expect(last?.fault.code).toBe('token-quota');
		expect(last?.message).toContain(new Date(last?.fault.resetsAt as number).toISOString());
		time.time = last?.fault.resetsAt as number;
		await failure(time.run(client.request(crmGet)));
		expect(connection.refreshes).toBe(10);
	});
});
