import { invalid, refuse } from './errors.mts';
import { isObject, type Json, readText, readValue } from './values.mts';

export interface Task {
	id: string;
	name: string;
	description: string;
	rate: number;
	budgetHours: string;
}

export interface ProjectUser {
	id: string;
	role: string;
	rate: number;
	budgetHours: string;
	costRate: number;
}

export const billingTypes = [
	'fixed_cost_for_project',
	'based_on_project_hours',
	'based_on_staff_hours',
	'based_on_task_hours',
];
export const budgetTypes = ['total_project_cost', 'total_project_hours', 'hours_per_task', 'hours_per_staff'];

function entries(name: string, value: unknown): Json[] {
	const list = readValue(name, { kind: 'list' }, value) as unknown[];
	return list.map((entry) => (isObject(entry) ? entry : invalid(name)));
}

const number = (entry: Json, name: string) => Number(readValue(name, { kind: 'number' }, entry[name]) || 0);

/** Tasks that a body names are all tasks from then on; with its `task_id` one keeps its own. */
export function readTasks(value: unknown, before: readonly Task[], org: { newId(): string }): Task[] {
	return entries('tasks', value).map((entry) => {
		const id = readText('task_id', entry['task_id']);
		if (id !== '' && !before.some((task) => task.id === id)) invalid('task_id');
		return {
			id: id || org.newId(),
			name: readText('task_name', entry['task_name'], 100) || invalid('task_name'),
			description: readText('description', entry['description'], 500),
			rate: number(entry, 'rate'),
			budgetHours: readText('budget_hours', entry['budget_hours']),
		};
	});
}

/** People in a project are users of the organization. */
export function readUsers(value: unknown, { userId }: { readonly userId: string }): ProjectUser[] {
	return entries('users', value).map((entry) => {
		const id = readText('user_id', entry['user_id']) || invalid('user_id');
		if (id !== userId) refuse(404, 1002, 'User does not exist.');
		return {
			id,
			role: readText('user_role', entry['user_role']) || 'admin',
			rate: number(entry, 'rate'),
			budgetHours: readText('budget_hours', entry['budget_hours']),
			costRate: number(entry, 'cost_rate'),
		};
	});
}
