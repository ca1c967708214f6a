import { requestClientToken, type TokenRequest } from '../../../zoho/clientCredentials';

const secret = 'the-client-secret';
let clients = 0;
/** A credential of its own for each test: what was got is remembered by client. */
const credential = (more: Record<string, unknown> = {}) => ({
	...{ dataCentre: 'ca', clientId: `1000.CLIENT${++clients}`, clientSecret: secret, zgid: '60001', scope: 'ZohoCRM.org.READ' },
	...more,
});

/** Gives tokens t1, t2 … and keeps the requests. */
function office() {
	const requests: TokenRequest[] = [];
	const send = async (request: TokenRequest) => {
		const token = `t${requests.push(request)}`;
		return await Promise.resolve({ access_token: token });
	};
	return { requests, send };
}

test('the token is asked for at the accounts server of the data centre, with everything in the body', async () => {
	const { requests, send } = office();
	const given = credential();
	expect(await requestClientToken(given, send, 0)).toBe('t1');
	expect(requests[0]?.url).toBe('https://accounts.zohocloud.ca/oauth/v2/token');
	expect(Object.fromEntries(new URLSearchParams(requests[0]?.form))).toEqual({
		...{ grant_type: 'client_credentials', client_id: given.clientId, client_secret: secret },
		...{ scope: 'ZohoCRM.org.READ', soid: 'ZohoCRM.60001' },
	});
});

test('callers at the same time share one request, also when it fails', async () => {
	const { requests, send } = office();
	const given = credential();
	expect(await Promise.all([1, 2, 3].map(async () => await requestClientToken(given, send, 0)))).toEqual(['t1', 't1', 't1']);
	expect(requests).toHaveLength(1);

	let asked = 0;
	const refuse = async () => await Promise.resolve({ error: 'invalid_client', asked: ++asked });
	const other = credential();
	const outcomes = await Promise.allSettled([1, 2, 3].map(async () => await requestClientToken(other, refuse, 0)));
	expect([outcomes.map(({ status }) => status), asked]).toEqual([['rejected', 'rejected', 'rejected'], 1]);
});

test('a caller that comes late with the token before gets the one after; with the newest it gets a new one', async () => {
	const { requests, send } = office();
	const given = credential({ accessToken: 'old' });
	await requestClientToken(given, send, 0);
	expect(await requestClientToken(given, send, 0)).toBe('t1');
	expect(requests).toHaveLength(1);
	expect(await requestClientToken({ ...given, accessToken: 't1' }, send, 0)).toBe('t2');
});

test('a changed secret, scope or organization is not answered with an earlier token', async () => {
	const { send } = office();
	const given = credential();
	const tokens = [{}, { clientSecret: 'x' }, { scope: 'ZohoCRM.users.READ' }, { zgid: '60002' }].map(
		async (more) => await requestClientToken({ ...given, ...more }, send, 0),
	);
	expect(new Set(await Promise.all(tokens)).size).toBe(4);
});

test('the tenth token within 10 minutes is refused before Zoho refuses one, and one a little later is not', async () => {
	const { requests, send } = office();
	const given = credential();
	const next = async (n: number, now: number) => await requestClientToken({ ...given, accessToken: `t${n}` }, send, now);
	for (let n = 0; n < 9; n++) await next(n, 0);
	await expect(next(9, 1)).rejects.toThrow(/too many were asked for/);
	expect(requests).toHaveLength(9);
	expect(await next(9, 660_000)).toBe('t10');
});

test.each([
	['invalid_client', /does not know this client id/],
	['invalid_client_secret', /client secret is wrong/],
	['missing_org_info', /organization is missing.*zgid/],
	['something_new', /there is no access token/],
])('Zoho\'s answer "%s" is told in words, without the secret', async (error, words) => {
	const reason = await requestClientToken(credential(), async () => await Promise.resolve({ error }), 0).catch((caught: Error) => caught);
	expect(String(reason)).toMatch(words);
	expect(String(reason)).not.toContain(secret);
});

test('an unknown data centre is refused before anything is sent', async () => {
	const { requests, send } = office();
	await expect(requestClientToken(credential({ dataCentre: 'mars' }), send, 0)).rejects.toThrow(/data centre/);
	expect(requests).toEqual([]);
});

test('a token of more than 5 minutes ago is not given back: another process may have got one since, and that one expired too', async () => {
	const { requests, send } = office();
	const given = credential();
	const minutes = 60_000;
	await requestClientToken(given, send, 0);
	const late = { ...given, accessToken: 'of another process' };
	expect(await requestClientToken(late, send, 4 * minutes)).toBe('t1');
	expect(await requestClientToken(late, send, 120 * minutes)).toBe('t2');
	expect(requests).toHaveLength(2);
});
