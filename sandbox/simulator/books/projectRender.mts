import { type Comment, shownComment } from './comments.mts';
import type { Document } from './documentBody.mts';
import type { BooksOrg } from './org.mts';
import type { ProjectUser, Task } from './projectBody.mts';
import type { Project } from './projects.mts';
import { toNumber } from '../crm/exact.mts';
import { booksTime } from './times.mts';
import type { Json } from './values.mts';

/** Shapes of projects after Zoho's OpenAPI file; of recorded ones there are none. Nobody books time here, so there are no hours. */

const none = '00:00';

function common(org: BooksOrg, project: Project): Json {
	const custom = org.customFields('project').render(project.custom);
	return {
		project_id: project.id,
		project_name: project.name,
		customer_id: project.customerId,
		customer_name: org.contacts.byId.get(project.customerId)?.name ?? '',
		description: project.description,
		status: project.active ? 'active' : 'inactive',
		billing_type: project.billingType,
		rate: project.rate,
		total_hours: none,
		billable_hours: none,
		created_time: booksTime(project.createdAt, org.timeZone),
		...custom.flat,
		custom_fields: custom.list,
	};
}

/** A row of `GET /projects`. */
export const projectRow = (org: BooksOrg, project: Project): Json => ({
	...common(org, project),
	has_attachment: false,
});

const shownTask = (task: Task): Json => ({
	task_id: task.id,
	task_name: task.name,
	description: task.description,
	rate: task.rate,
	budget_hours: task.budgetHours || '0',
	total_hours: none,
	billed_hours: none,
	un_billed_hours: none,
	non_billable_hours: none,
	status: 'active',
	is_billable: true,
});

export const shownUser = (org: BooksOrg, user: ProjectUser): Json => ({
	user_id: user.id,
	is_current_user: true,
	user_name: org.user.name,
	email: org.user.email,
	user_role: user.role,
	status: 'active',
	rate: user.rate,
	budget_hours: user.budgetHours || '0',
	total_hours: none,
	billed_hours: none,
	un_billed_hours: none,
	cost_rate: user.costRate,
});

/** A single project. */
export function projectDetail(org: BooksOrg, project: Project): Json {
	const currency = org.currencyOf(project.currencyId);
	return {
		...common(org, project),
		currency_id: currency.id,
		currency_code: currency.code,
		custom_field_hash: org.customFields('project').render(project.custom).hash,
		budget_type: project.budgetType,
		budget_hours: project.budgetHours,
		budget_amount: project.budgetAmount,
		cost_budget_amount: project.costBudget,
		total_amount: 0,
		billed_hours: none,
		billed_amount: 0,
		un_billed_hours: none,
		un_billed_amount: 0,
		billable_amount: 0,
		non_billable_hours: none,
		non_billable_amount: 0,
		is_recurrence_associated: false,
		recurring_invoices: [],
		show_in_dashboard: true,
		tasks: project.tasks.map(shownTask),
		users: project.users.map((user) => shownUser(org, user)),
	};
}

/** A row of the list of comments; a new one looks alike. */
export const projectComment = (org: BooksOrg, { id }: Project, comment: Comment): Json => ({
	...shownComment(comment, org),
	project_id: id,
	is_current_user: true,
});

/** A row of `GET /projects/{id}/invoices`. */
export const invoiceOfProject = (org: BooksOrg, invoice: Document): Json => ({
	invoice_id: invoice.id,
	customer_name: org.contacts.byId.get(invoice.customerId)?.name ?? '',
	status: org.documents.statusOf(invoice),
	invoice_number: invoice.number,
	reference_number: invoice.reference,
	date: invoice.date,
	due_date: invoice.dueDate,
	total: toNumber(org.documents.totals(invoice).total),
	balance: toNumber(org.documents.balance(invoice)),
	created_time: booksTime(invoice.createdAt, org.timeZone),
});
