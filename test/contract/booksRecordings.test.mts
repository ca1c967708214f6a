import { pathHere, present, type Recording, recordingsOf, typeOf } from './booksRecorded.mts';
import { type Answer, type Json, startBooks } from './booksSupport.mts';
import { describeWhere } from '../support/where.mts';

const mine = recordingsOf(
	/^\/books\/v3\/(contacts|organizations|items|invoices|estimates|customerpayments|settings\/taxes)(\/|$)/,
);

/** Keys that some recordings of a thing have and others lack. */
const sometimes = /^\/(invoice|estimate)\/line_items\/\d+\/image_document_id$|^\/invoices\/\d+\/invoice_url$/;

/** Where the answer differs in keys or types from what was recorded. An empty list says nothing about its items. */
function differences(recorded: unknown, got: unknown, at = ''): string[] {
	if (typeOf(recorded) !== typeOf(got)) return [`${at}: recorded ${typeOf(recorded)}, got ${typeOf(got)}`];
	if (Array.isArray(recorded) && Array.isArray(got)) {
		if (recorded.length === 0 || got.length === 0)
			return recorded.length > 0 ? [`${at}: got an empty list`] : [];
		return got.flatMap((item, index) => differences(recorded[0], item, `${at}/${index}`));
	}
	if (typeOf(recorded) !== 'object') return [];
	const [expected, actual] = [recorded as Json, got as Json];
	const missing = Object.keys(expected).filter((key) => !(key in actual));
	const extra = Object.keys(actual).filter((key) => !(key in expected));
	const isSettled = (key: string) => !sometimes.test(`${at}/${key}`);
	return [
		...missing.filter(isSettled).map((key) => `${at}/${key}: missing`),
		...extra.filter(isSettled).map((key) => `${at}/${key}: not in the recording`),
		...Object.keys(expected)
			.filter((key) => key in actual)
			.flatMap((key) => differences(expected[key], actual[key], `${at}/${key}`)),
	];
}

type Books = ReturnType<typeof startBooks>;

/** One record of each kind, and by path the one that a recorded request is about. */
async function furnish(books: Books): Promise<Record<string, string>> {
	const made = async (path: string, key: string, body: Json) => {
		const { status, body: answer } = await books.call('POST', path, body);
		if (status !== 201) throw new Error(JSON.stringify(answer));
		return answer[key] as Json;
	};
	const contact = await books.add({ contact_name: 'Acme Corp', billing_address: { city: 'New York' } });
	const customer_id = String(contact['contact_id']);
	const sold = await made('/items', 'item', { name: 'Software License', rate: 299, unit: 'license' });
	const unused = await made('/items', 'item', { name: 'Unused', rate: 1 });
	const line_items = [{ item_id: sold['item_id'], quantity: 2 }];
	const invoice = await made('/invoices', 'invoice', { customer_id, line_items });
	const paid = await made('/invoices', 'invoice', { customer_id, line_items });
	const estimate = await made('/estimates', 'estimate', { customer_id, line_items });
	const payment = await made('/customerpayments', 'payment', {
		customer_id,
		payment_mode: 'check',
		amount: 598,
		date: '2026-06-09',
		invoices: [{ invoice_id: paid['invoice_id'], amount_applied: 598 }],
	});
	return {
		contacts: customer_id,
		sold: String(sold['item_id']),
		items: String(unused['item_id']),
		invoices: String(invoice['invoice_id']),
		estimates: String(estimate['estimate_id']),
		customerpayments: String(payment['payment_id']),
	};
}

/** Sends the recorded request, about records that exist here. */
async function replay(recording: Recording): Promise<{ books: Books; answer: Answer }> {
	const { method, path, params, data } = recording.request;
	const books = startBooks({ location: 'us', books: { organizationId: '927270289' } });
	const ids = await furnish(books);
	// The contact that is deleted has no documents.
	if (method === 'DELETE')
		ids['contacts'] = String((await books.add({ contact_name: 'Other' }))['contact_id']);
	const there = pathHere(path, ids);
	const body = data && structuredClone(data);
	if (body?.['customer_id']) body['customer_id'] = ids['contacts'];
	for (const line of (body?.['line_items'] ?? []) as Json[]) line['item_id'] = ids['sold'];
	if (method === 'PUT' && body?.['name'] === 'Software License') body['name'] = 'Unused';
	return {
		books,
		answer: await books.call(method, there, body, { query: { organization_id: '', ...params } }),
	};
}

describeWhere(present, 'recorded Books answers are not beside the project')(
	'the simulated Books against recorded answers of a live organization',
	() => {
		afterAll(() => {
			const files = [...new Set(mine.map(({ file }) => file))];
			console.log(`Books recordings: ${mine.length} exchanges compared (${files.join(', ')}).`);
		});

		test('there are recordings to compare with', () => {
			expect(mine.length).toBeGreaterThanOrEqual(25);
		});

		test.each(mine.map((recording) => [`${recording.request.method} ${recording.file}`, recording] as const))(
			'%s is answered with the same status, keys and types',
			async (_name, recording) => {
				const { answer } = await replay(recording);
				expect(answer.status).toBe(recording.status);
				expect(differences(recording.response, answer.body)).toEqual([]);
				expect(answer.body['message']).toBe(recording.response['message']);
				const isForeign = (name: string) => !/^(x-rate-limit-|location$)/.test(name);
				for (const name of Object.keys(recording.headers ?? {}).filter((one) => !isForeign(one))) {
					expect(answer.headers).toHaveProperty([name]);
				}
			},
		);

		test('recorded times and ids have the form that the simulator gives', async () => {
			const recorded = mine.find(({ file }) => file === 'get-contact.json')?.response['contact'] as Json;
			const { add } = startBooks();
			const contact = await add({ contact_name: 'Acme' });
			const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{4}$/;
			for (const one of [recorded, contact]) {
				expect(one['last_modified_time']).toMatch(time);
				expect(one['created_date']).toMatch(/^\d{2} [A-Z][a-z]{2} \d{4}$/);
				expect(one['contact_id']).toMatch(/^\d{15,19}$/);
			}
		});
	},
);
