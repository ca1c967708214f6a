/** Written by scripts/generateBooks.mts from Zoho's projects.yml. Do not edit. */

import type { DescribedResource } from '../described';

export const project: DescribedResource = {
	fields: [
		{ name: 'billing_type', type: 'choice', values: ['fixed_cost_for_project', 'based_on_project_hours', 'based_on_staff_hours', 'based_on_task_hours'] },
		{ name: 'budget_amount', type: 'text' },
		{ name: 'budget_hours', type: 'text' },
		{ name: 'budget_type', type: 'choice', values: ['total_project_cost', 'total_project_hours', 'hours_per_task', 'hours_per_staff'] },
		{ name: 'cost_budget_amount', type: 'number' },
		{ name: 'currency_id', type: 'text' },
		{ name: 'customer_id', type: 'text' },
		{ name: 'description', type: 'text' },
		{ name: 'project_name', type: 'text' },
		{ name: 'rate', type: 'text' },
		{ name: 'tasks', type: 'list', fields: [{ name: 'budget_hours', type: 'text' }, { name: 'description', type: 'text' }, { name: 'rate', type: 'text' }, { name: 'task_name', type: 'text' }] },
		{ name: 'user_id', type: 'text' },
		{ name: 'users', type: 'list', fields: [{ name: 'billed_hours', type: 'text' }, { name: 'budget_hours', type: 'text' }, { name: 'cost_rate', type: 'number' }, { name: 'email', type: 'text' }, { name: 'is_current_user', type: 'yesNo' }, { name: 'rate', type: 'text' }, { name: 'status', type: 'text' }, { name: 'total_hours', type: 'text' }, { name: 'un_billed_hours', type: 'text' }, { name: 'user_id', type: 'text' }, { name: 'user_name', type: 'text' }, { name: 'user_role', type: 'choice', values: ['staff', 'admin', 'timesheetstaff'] }] },
	],
	required: ['billing_type', 'customer_id', 'project_name', 'user_id'],
	filters: [
		{ name: 'customer_id', type: 'text' },
		{ name: 'filter_by', type: 'choice', values: ['Status.All', 'Status.Active', 'Status.Inactive'] },
	],
	sortColumns: ['created_time', 'customer_name', 'project_name', 'rate'],
};
