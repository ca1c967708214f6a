import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { commentOperations } from '../comments';
import { describedKind, filtersOf, sortingOf } from '../describedForm';
import { listFilters } from '../filters';
import { project as described } from '../generated/project';
import { nodeResource } from '../kind';
import { operationsOf } from '../operations';
import { projectParts } from '../projectParts';

/** Source: Books v3 "Projects". */
const books: BooksResource = {
	...unwatched,
	name: 'project',
	label: 'Project',
	path: '/projects',
	listKey: 'projects',
	recordKey: 'project',
	idField: 'project_id',
	displayField: 'project_name',
	scope: 'projects',
};

const kind = describedKind(books, described, {
	one: 'a project',
	many: 'projects',
	main: ['project_name', 'customer_id', 'billing_type'],
	example: '{ "project_name": "Network Distribution", "customer_id": "460000000044001", "billing_type": "based_on_task_hours" }',
});

const has = operationsOf(kind);

/** Source: Books v3 "Projects". */
export const project = nodeResource(
	kind,
	[
		has.create(),
		has.upsert(),
		has.remove(),
		has.get('with its users and tasks'),
		has.getAll(),
		has.mark('Active', 'Make a project active', { path: '/active' }),
		has.mark('Inactive', 'Make a project inactive', { path: '/inactive' }),
		...commentOperations(kind, has),
		...projectParts(kind, has),
		has.listOfRecord(
			{ name: 'Get Invoices', value: 'getInvoices', description: 'Get the invoices of a project', action: 'Get invoices of a project' },
			{ label: 'Invoice', listKey: 'invoices' },
			'/invoices',
		),
		has.update(),
	],
	listFilters(books.name, filtersOf(described), sortingOf(described)),
);
