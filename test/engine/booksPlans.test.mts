/** Where Books says that a plan does not include something, the error of the node says which plan does. */

import { booksScopes } from '../../zoho/oauth';
import { cases } from './booksCases/index.mts';
import { BooksBench, wordsOf } from './booksSupport.mts';

let books: BooksBench;
beforeAll(async () => (books = await BooksBench.start()));
afterAll(async () => await books?.zoho.stop());
beforeEach(() => {
	books.reset({}, [{ plan: 'standard' }]);
	books.grant(undefined, booksScopes);
});

const id = '460000000026049';
const ids = { it: id, webhook: id };
const automation = ['webhook', 'workflowRule'].flatMap((resource) =>
	Object.entries(cases[resource] ?? {}).map(([operation, one]) => [resource, operation, one] as const),
);

test('there are operations of webhooks and of workflow rules', () => expect(automation.length).toBeGreaterThanOrEqual(12));

test.each(automation)('%s %s needs Professional', async (resource, operation, one) => {
	const run = await books.runHere({ resource, operation, ...one.parameters(ids) }, one.items?.(ids));
	expect(wordsOf(run)).toMatch(/plan of this Zoho Books organization does not include it.*needs the plan Professional or a higher one/);
	expect(run.calls.map(({ status }) => status)).toEqual([400]);
});

test('what every plan has names none', async () => {
	const run = await books.runHere({ resource: 'invoice', operation: 'get', invoiceId: { __rl: true, mode: 'id', value: id } });
	expect(wordsOf(run)).toMatch(/does not exist/);
	expect(wordsOf(run)).not.toMatch(/plan/);
});

test('a code that nobody has published is known by its words', async () => {
	const answer = { status: 400, json: { code: 998877, message: 'Sales orders are not available in your current plan. Upgrade to use them.' } };
	const handle = books.simulator.handle.bind(books.simulator);
	jest.spyOn(books.simulator, 'handle').mockImplementation(async (request) => (request.url.pathname.endsWith('/salesorders') ? answer : await handle(request)));
	const words = wordsOf(await books.runHere({ resource: 'salesOrder', operation: 'getAll' }));
	jest.restoreAllMocks();
	expect(words).toMatch(/Sales orders are not available in your current plan.*The plan of this Zoho Books organization does not include it/);
	expect(words).not.toMatch(/needs the plan/);
});
