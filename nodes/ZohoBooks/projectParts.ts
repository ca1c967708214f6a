/** Tasks and users of projects. Source: Books v3 "Projects". */

import { objectsOf } from '../../zoho/json';
import { field, numberField } from './formFields';
import type { Kind, KindOperation } from './kind';
import type { operationsOf } from './operations';
import { partOperations } from './parts';
import { readForm } from './record';
import { callTo } from './resource';

const more = (options: ReturnType<typeof field>[]) => field('Additional Fields', 'fields', { type: 'collection', placeholder: 'Add field', default: {}, options });
const budget = field('Budget Hours', 'budget_hours');
const role = field('User Role', 'user_role', {
	type: 'options',
	options: [
		{ name: 'Admin', value: 'admin' },
		{ name: 'Staff', value: 'staff' },
		{ name: 'Timesheet Staff', value: 'timesheetstaff' },
	],
	default: 'staff',
});
const costRate = numberField('Cost Rate', 'cost_rate', 'What an hour costs the organization');
const userName = { ...field('User Name', 'userName'), required: true };

/** Operations about what is in a project, and *Clone*. */
export function projectParts(kind: Kind, has: ReturnType<typeof operationsOf>): KindOperation[] {
	const { books, id } = kind;
	const path = `${books.path}/{${id.name}}`;
	return [
		...partOperations(kind, has, {
			noun: 'Task',
			below: '/tasks',
			listKey: 'tasks',
			recordKey: 'task',
			form: [{ ...field('Task Name', 'taskName'), required: true }, more([budget, field('Description', 'description'), numberField('Rate', 'rate', 'For an hour')])],
			own: { task_name: 'taskName' },
		}),
		...partOperations(kind, has, {
			noun: 'User',
			below: '/users',
			listKey: 'users',
			recordKey: 'user',
			form: [more([budget, costRate, numberField('Rate', 'rate', 'What an hour costs the customer'), field('User Name', 'user_name'), role])],
			add: {
				form: [field('User ID', 'userId', { required: true, description: 'Of a user of the organization' }), { ...costRate, name: 'costRate', required: true }],
				own: { user_id: 'userId', cost_rate: 'costRate' },
				body: ({ user_id, cost_rate }) => ({ users: [{ user_id }], cost_rate }),
			},
		}),
		has.called(
			{ name: 'Invite User', value: 'inviteUser', description: 'Invite a person to the organization and to a project', action: 'Invite a user to a project' },
			callTo(books, 'POST', `${path}/users/invite`, {
				body: (read) => readForm(read, { user_name: 'userName', email: 'userEmail' }),
				answer: async (client, call) => objectsOf(((await client.request(call)).body as { users?: unknown }).users),
			}),
			['id'],
			[userName, { ...field('Email', 'userEmail', { placeholder: 'e.g. nathan@example.com' }), required: true }, more([budget, costRate, numberField('Rate', 'rate', 'What an hour costs the customer'), role])],
		),
		has.called(
			{ name: 'Clone', value: 'clone', description: 'Make a new project with the tasks of a project', action: 'Clone a project' },
			callTo(books, 'POST', `${path}/clone`, { body: (read) => readForm(read, { project_name: 'cloneName', description: 'cloneDescription' }) }),
			['id'],
			[{ ...field('Project Name', 'cloneName'), required: true }, field('Description', 'cloneDescription')],
		),
	];
}
