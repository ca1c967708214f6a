import { toNumber } from '../crm/exact.mts';
import type { SimResponse } from '../types.mts';
import { saveByUnique } from './byUnique.mts';
import { removeComment } from './comments.mts';
import type { Document } from './documentBody.mts';
import { activityFilters } from './list.mts';
import type { BooksOrg } from './org.mts';
import { invoiceOfProject, projectComment, projectDetail, projectRow } from './projectRender.mts';
import type { Project } from './projects.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';
import { listed, type ListSpec, parametersOf } from './rows.mts';

const fields = [
	'project_name',
	'customer_id',
	'currency_id',
	'description',
	'billing_type',
	'rate',
	'budget_type',
	'budget_hours',
	'budget_amount',
	'cost_budget_amount',
	'user_id',
	'tasks',
	'users',
	// The file lacks them, but finds projects by one.
	'custom_fields',
];

/** `GET /projects`; parameters after Zoho's OpenAPI file. */
const projectList = (org: BooksOrg): ListSpec<Project> => ({
	key: 'projects',
	report: 'Projects',
	texts: {},
	exact: { customer_id: ({ customerId }, wanted) => customerId === wanted },
	filters: activityFilters,
	defaultFilter: 'Status.All',
	sorts: {
		project_name: ({ name }) => name.toLowerCase(),
		customer_name: ({ customerId }) => org.contacts.byId.get(customerId)?.name ?? '',
		rate: ({ rate }) => rate,
		created_time: ({ createdAt }) => createdAt,
	},
	defaultSort: ['created_time', 'D'],
	row: (project) => projectRow(org, project),
});

/** `GET /projects/{id}/invoices`. */
const invoiceList = (org: BooksOrg): ListSpec<Document> => ({
	key: 'invoices',
	report: 'Projects',
	texts: {},
	exact: {},
	filters: { 'Status.All': () => true },
	defaultFilter: 'Status.All',
	sorts: {
		invoice_number: ({ number }) => number,
		date: ({ date }) => date,
		total: (invoice) => toNumber(org.documents.totals(invoice).total),
		balance: (invoice) => toNumber(org.documents.balance(invoice)),
		created_time: ({ createdAt }) => createdAt,
	},
	defaultSort: ['created_time', 'D'],
	row: (invoice) => invoiceOfProject(org, invoice),
});

const find = (call: BooksCall): Project => call.org.projects.get(id(call));
const shown = ({ org }: BooksCall, project: Project, message?: string, status?: number) =>
	success({ project: projectDetail(org, project) }, message, status);
const noted = (call: BooksCall, action: 'create' | 'update' | 'delete', projectId = id(call)) =>
	call.org.noted('projects', action, projectId, 'api');

function create(call: BooksCall, body = call.body()): SimResponse {
	const project = call.org.projects.create(body);
	noted(call, 'create', project.id);
	return {
		...shown(call, project, 'The project has been created.', 201),
		headers: { location: `/api/v3/projects/${project.id}` },
	};
}

function update(call: BooksCall, projectId: string): SimResponse {
	const project = call.org.projects.update(projectId, call.body());
	noted(call, 'update', projectId);
	return shown(call, project, 'The project information has been updated.');
}

const updateByUnique = (call: BooksCall): SimResponse =>
	saveByUnique(call, () => call.body(), {
		name: 'Project',
		fields: call.org.customFields('project'),
		all: call.org.projects.byId.values(),
		update: (found) => update(call, found.id),
		create: (body) => create(call, body),
	});

function setActive(call: BooksCall, active: boolean): SimResponse {
	call.org.projects.setActive(id(call), active);
	noted(call, 'update');
	return success({}, `The selected projects have been marked as ${active ? 'active' : 'inactive'}.`);
}

function comment(call: BooksCall): SimResponse {
	const made = call.org.projects.comment(id(call), call.body());
	return success({ comments: [projectComment(call.org, find(call), made)] }, 'Comments added.', 201);
}

const accesses = { GET: 'READ', POST: 'CREATE', PUT: 'UPDATE', DELETE: 'DELETE' } as const;
const route = (
	method: BooksRoute['method'],
	path: string,
	answer: BooksRoute['answer'],
	more: Pick<BooksRoute, 'fields' | 'query'> = {},
): BooksRoute => ({
	method,
	path: `/projects${path}`,
	scope: `projects.${accesses[method]}`,
	answer,
	...more,
});

/** Projects, their comments and invoices; methods, paths, scopes and messages after Zoho's OpenAPI file. */
export const projectRoutes: readonly BooksRoute[] = [
	route(
		'GET',
		'',
		(call) => success(listed(call, [...call.org.projects.byId.values()], projectList(call.org))),
		{ query: (org) => parametersOf(projectList(org)) },
	),
	route('POST', '', (call) => create(call), { fields }),
	route('PUT', '', updateByUnique, { fields }),
	route('GET', '/{}', (call) => shown(call, find(call))),
	route('PUT', '/{}', (call) => update(call, id(call)), { fields }),
	route('DELETE', '/{}', (call) => {
		noted(call, 'delete', call.org.projects.remove(id(call)).id);
		return success({}, 'The project has been deleted.');
	}),
	route('POST', '/{}/active', (call) => setActive(call, true)),
	route('POST', '/{}/inactive', (call) => setActive(call, false)),
	route('GET', '/{}/comments', (call) => {
		const project = find(call);
		return success({ comments: project.comments.map((one) => projectComment(call.org, project, one)) });
	}),
	route('POST', '/{}/comments', comment, { fields: ['description'] }),
	route('DELETE', '/{}/comments/{}', (call) => {
		removeComment(find(call), id(call, 1));
		return success({}, 'The comment has been deleted.');
	}),
	route(
		'GET',
		'/{}/invoices',
		(call) => {
			const project = find(call);
			const invoices = call.org.documents.ofProject(project.id);
			return success(listed(call, invoices, invoiceList(call.org)));
		},
		{ query: ['sort_column', 'sort_order', 'page', 'per_page'] },
	),
];
