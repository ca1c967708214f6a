/** Projects of the simulated Books, also against Zoho's OpenAPI file. */

import { projectRoutes } from '../../sandbox/simulator/books/projectRoutes.mts';
import { describeWhere } from '../support/where.mts';
import { startMoney } from './booksMoneySupport.mts';
import { filesArePresent, type KnownError, OpenapiChecker } from './booksOpenapiChecker.mts';
import { routesAgainst } from './booksOpenapiRoutes.mts';
import type { Json } from './booksSupport.mts';

/** A customer, and short ways to its projects. */
async function setUp(options: Parameters<typeof startMoney>[0] = {}) {
	const money = startMoney({
		scopes: ['contacts', 'invoices', 'projects'].map((scope) => `ZohoBooks.${scope}.ALL`),
		...options,
		books: { customFields: [{ entity: 'project', apiName: 'cf_key', label: 'Key', unique: true }] },
	});
	const buyer = await money.customer();
	const body = (more: Json = {}): Json => ({
		project_name: 'New Roof',
		customer_id: buyer,
		billing_type: 'based_on_task_hours',
		...more,
	});
	const made = (more: Json = {}) => money.made('/projects', 'project', body(more));
	const get = async ({ project_id }: Json): Promise<Json> =>
		(await money.call('GET', `/projects/${project_id}`)).body['project'] as Json;
	return { ...money, buyer, body, made, get };
}

describe('a project', () => {
	test('has the customer, what was said of it, its tasks, and the user who made it', async () => {
		const { made, get, org } = await setUp();
		const tasks = [{ task_name: 'Timber', description: 'Oak', rate: 30, budget_hours: '10' }];
		const project = await made({
			tasks,
			rate: '50',
			budget_type: 'total_project_hours',
			budget_hours: '100',
		});
		expect(project).toMatchObject({
			customer_name: 'Aurora',
			status: 'active',
			billing_type: 'based_on_task_hours',
			rate: 50,
			budget_type: 'total_project_hours',
			currency_code: 'USD',
			tasks: [{ task_name: 'Timber', rate: 30, budget_hours: '10' }],
			users: [{ user_id: org.user.id, is_current_user: true }],
		});
		expect(await get(project)).toEqual(project);
	});

	test('is refused without name, customer or way of billing, twice for a customer, and with what there is not', async () => {
		const { made, body, customer, refusal } = await setUp();
		const vendor = await customer({ contact_name: 'Beta', contact_type: 'vendor' });
		await made();
		const create = (more: Json) => refusal('POST', '/projects', body({ project_name: 'Other', ...more }));
		for (const name of ['project_name', 'customer_id', 'billing_type'])
			expect(await create({ [name]: undefined })).toEqual([400, 2]);
		expect(await create({ customer_id: vendor })).toEqual([404, 1002]);
		expect(await create({ billing_type: 'by_the_hour' })).toEqual([400, 2]);
		expect(await create({ budget_type: 'none' })).toEqual([400, 2]);
		expect(await create({ project_name: 'x'.repeat(101) })).toEqual([400, 15]);
		expect(await create({ tasks: [{ description: 'no name' }] })).toEqual([400, 2]);
		expect(await create({ users: [{ rate: 1 }] })).toEqual([400, 2]);
		expect(await create({ users: [{ user_id: '7' }] })).toEqual([404, 1002]);
		expect(await create({ project_name: 'new roof' })).toEqual([400, 9001]);
		const other = await customer({ contact_name: 'Borealis' });
		expect(await create({ project_name: 'New Roof', customer_id: other })).toEqual([201, 0]);
	});

	test('keeps what a change does not name; tasks that are sent are the whole list', async () => {
		const { call, made, get } = await setUp();
		const project = await made({ description: 'd', tasks: [{ task_name: 'A' }, { task_name: 'B' }] });
		const [{ task_id }] = project['tasks'] as [Json];
		const path = `/projects/${project['project_id']}`;
		await call('PUT', path, { rate: 5 });
		expect(await get(project)).toMatchObject({ description: 'd', rate: 5, tasks: [{ task_id }, {}] });
		await call('PUT', path, { tasks: [{ task_id, task_name: 'A2' }] });
		expect((await get(project))['tasks']).toMatchObject([{ task_id, task_name: 'A2' }]);
		expect((await call('PUT', path, { tasks: [{ task_id: '7', task_name: 'C' }] })).status).toBe(400);
	});

	test('is made inactive and active; lists filter by that and by customer, sort and page', async () => {
		const { call, customer, made, list, refusal } = await setUp();
		const one = await made({ rate: 5 });
		const other = await customer({ contact_name: 'Zeta' });
		const two = await made({ project_name: 'Attic', customer_id: other, rate: 9 });
		const [a, b] = [one['project_id'], two['project_id']];
		expect((await call('POST', `/projects/${a}/inactive`)).status).toBe(200);
		const found = async (query: Record<string, string>) =>
			(await list('/projects', query)).map((row) => row['project_id']);
		expect(await found({ filter_by: 'Status.Inactive' })).toEqual([a]);
		expect(await found({ filter_by: 'Status.Active' })).toEqual([b]);
		expect(await found({ customer_id: other })).toEqual([b]);
		expect(await found({ sort_column: 'project_name' })).toEqual([b, a]);
		expect(await found({ sort_column: 'customer_name', sort_order: 'D' })).toEqual([b, a]);
		expect(await found({ sort_column: 'rate', per_page: '1', page: '2' })).toEqual([b]);
		await call('POST', `/projects/${a}/active`);
		expect(await found({ filter_by: 'Status.Inactive' })).toEqual([]);
		expect(await refusal('GET', '/projects', undefined, { sort_column: 'nope' })).toEqual([400, 2]);
		expect(
			(await call('GET', '/projects', undefined, { query: { search_text: 'x' } })).entry.ignored,
		).toEqual(['search_text']);
	});

	test('has the invoices whose lines name it, and stays while there is one', async () => {
		const { call, buyer, made, invoice, list, refusal } = await setUp();
		const { project_id } = await made();
		const lines = [{ name: 'Work', rate: 10, project_id }];
		const { invoice_id, line_items } = await invoice(buyer, lines);
		await invoice(buyer, [{ name: 'Other', rate: 20 }]);
		expect((line_items as Json[])[0]?.['project_id']).toBe(project_id);
		const path = `/projects/${project_id}`;
		expect(await list(`${path}/invoices`)).toMatchObject([
			{ invoice_id, total: 10, balance: 10, status: 'draft' },
		]);
		expect(await refusal('DELETE', path)).toEqual([400, 9002]);
		expect(await refusal('DELETE', `/contacts/${buyer}`)).toEqual([400, 3063]);
		await call('DELETE', `/invoices/${invoice_id}`);
		expect((await call('DELETE', path)).status).toBe(200);
		expect(await refusal('GET', path)).toEqual([404, 1002]);
		const gone = { customer_id: buyer, line_items: lines };
		expect(await refusal('POST', '/invoices', gone)).toEqual([404, 1002]);
	});

	test('has comments after its history', async () => {
		const { call, made, list, refusal } = await setUp();
		const { project_id } = await made();
		const path = `/projects/${project_id}/comments`;
		expect(await refusal('POST', path, { description: ' ' })).toEqual([400, 2]);
		await call('POST', path, { description: 'Called' });
		const [history, comment] = await list(path);
		expect(comment).toMatchObject({ description: 'Called', project_id });
		expect(await refusal('DELETE', `${path}/${history?.['comment_id']}`)).toEqual([404, 1002]);
		await call('DELETE', `${path}/${comment?.['comment_id']}`);
		expect(await list(path)).toEqual([history]);
	});

	test('is found by a unique custom field, or made where X-Upsert says so', async () => {
		const { call, body, list } = await setUp();
		const unique = { 'x-unique-identifier-key': 'cf_key', 'x-unique-identifier-value': 'K-1' };
		const put = (more: Json, headers: Record<string, string>) =>
			call('PUT', '/projects', body(more), { headers });
		expect((await put({}, unique)).status).toBe(404);
		const made = await put({}, { ...unique, 'x-upsert': 'true' });
		expect([made.status, made.body['project'].cf_key]).toEqual([201, 'K-1']);
		const again = await put({ description: 'twice' }, unique);
		expect([again.status, again.body['project'].description]).toEqual([200, 'twice']);
		expect(await list('/projects')).toHaveLength(1);
	});

	test('is made and changed at the desk', async () => {
		const { simulator, body, org } = await setUp();
		const desk = (action: 'create' | 'inactive' | 'delete', more: Json = {}) =>
			simulator.desk({ system: 'books', location: 'us', collection: 'projects', action, ...more }) as Json;
		const id = String(desk('create', { record: body() })['project_id']);
		expect(desk('inactive', { id })['status']).toBe('inactive');
		desk('delete', { id });
		expect(org.records('projects')).toEqual([]);
	});
});

test('asks for the scope of projects', async () => {
	const { refusal } = startMoney({ scopes: ['ZohoBooks.projects.READ'] });
	expect(await refusal('GET', '/projects')).toEqual([200, 0]);
	expect(await refusal('POST', '/projects', {})).toEqual([401, 57]);
});

/** Where the file is wrong, and what says so. */
const knownErrors: KnownError[] = [
	{
		operation: /list_projects$/,
		at: /^\/page_context$/,
		why: 'a list in the file, an object in every recorded list',
	},
	{
		operation: /list_project_invoices$/,
		at: /\/(total|balance)$/,
		why: 'text in the file, a number in recorded invoices',
	},
];

describeWhere(filesArePresent(['projects.yml']), "Zoho's OpenAPI file is not beside the project")(
	"the simulated Books' projects against Zoho's OpenAPI file",
	() => {
		let checker: OpenapiChecker;

		beforeAll(async () => {
			checker = new OpenapiChecker(['projects.yml'], knownErrors);
			const { call, buyer, made, invoice, list, org } = await setUp({
				seen: (...exchange) => checker.seen(...exchange),
			});
			const project = await made({
				tasks: [{ task_name: 'A', description: 'd', rate: '1', budget_hours: '2' }],
				users: [{ user_id: org.user.id, rate: '3', cost_rate: 10 }],
				budget_type: 'total_project_cost',
				cost_budget_amount: 10.5,
				custom_fields: [{ api_name: 'cf_key', value: 'K' }],
			});
			const path = `/projects/${project['project_id']}`;
			const headers = { 'x-unique-identifier-key': 'cf_key', 'x-unique-identifier-value': 'K' };
			await call('PUT', '/projects', { description: 'd' }, { headers });
			await call('PUT', path, { rate: '4' });
			for (const below of ['/inactive', '/active']) await call('POST', path + below);
			await call('POST', `${path}/comments`, { description: 'Called' });
			await invoice(buyer, [{ name: 'Work', rate: 10.5, project_id: project['project_id'] }]);
			for (const read of ['/projects', path, `${path}/invoices`]) await call('GET', read);
			const comments = await list(`${path}/comments`);
			await call('DELETE', `${path}/comments/${comments.at(-1)?.['comment_id']}`);
			const { project_id } = await made({ project_name: 'Other' });
			await call('DELETE', `/projects/${project_id}`);
		});

		// It says that projects are found by a custom field, but has none in their bodies.
		routesAgainst(() => checker, projectRoutes, knownErrors, ['projects.yml create_project: custom_fields']);
	},
);
