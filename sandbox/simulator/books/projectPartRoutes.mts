import { refuse } from './errors.mts';
import type { BooksOrg } from './org.mts';
import { readTasks, readUsers } from './projectBody.mts';
import { projectDetail, shownUser } from './projectRender.mts';
import type { Project } from './projects.mts';
import { type BooksCall, type BooksRoute, id, page, paging, success } from './route.mts';
import { type Json, readEmail, readText } from './values.mts';

/** Tasks and users of projects, and copies of projects. Methods, paths, scopes, statuses and messages after Zoho's OpenAPI file. */

const find = (call: BooksCall): Project => call.org.projects.get(id(call));
const route = (method: BooksRoute['method'], path: string, answer: BooksRoute['answer'], more: Partial<BooksRoute> = {}): BooksRoute => ({
	method,
	path: `/projects/{}${path}`,
	scope: `projects.${{ GET: 'READ', POST: 'CREATE', PUT: 'UPDATE', DELETE: 'DELETE' }[method]}`,
	answer,
	...more,
});

/** A list that a body names is the whole list, so what is there is named again. */
const bodyOf = ({ tasks }: Project): Json[] =>
	tasks.map((task) => ({ task_id: task.id, task_name: task.name, description: task.description, rate: task.rate, budget_hours: task.budgetHours }));

function taskOf(call: BooksCall): Project['tasks'][number] {
	return find(call).tasks.find((task) => task.id === id(call, 1)) ?? refuse(404, 1002, 'Task does not exist.');
}

function shownTask(org: BooksOrg, project: Project, task: Project['tasks'][number]): Json {
	const { currency_code: _, ...whole } = projectDetail(org, project);
	return {
		project_id: project.id,
		task_id: task.id,
		currency_id: project.currencyId,
		customer_id: project.customerId,
		task_name: task.name,
		project_name: project.name,
		customer_name: whole['customer_name'],
		billed_hours: '00:00',
		// A number in the file, though its example is 13:06.
		log_time: 0,
		un_billed_hours: '00:00',
	};
}

const taskFields = ['task_name', 'description', 'rate', 'budget_hours'];

const tasks: BooksRoute[] = [
	route(
		'GET',
		'/tasks',
		(call) => {
			const project = find(call);
			const { rows, page_context } = page(call, project.tasks);
			return success({ tasks: rows.map((task) => shownTask(call.org, project, task)), page_context: { ...page_context, report_name: 'Projects', sort_column: 'created_time' } });
		},
		{ query: paging },
	),
	route(
		'POST',
		'/tasks',
		(call) => {
			const [made] = readTasks([call.body()], [], call.org);
			const project = find(call);
			if (made) project.tasks.push(made);
			return success({ task: made && shownTask(call.org, project, made) }, 'The task has been added.', 201);
		},
		{ fields: taskFields },
	),
	route('GET', '/tasks/{}', (call) => {
		const { id: task_id, name, description, rate } = taskOf(call);
		const { id: project_id, name: project_name } = find(call);
		return success({ task: { project_id, project_name, task_id, task_name: name, description, rate, status: 'active', is_billable: true } });
	}),
	route(
		'PUT',
		'/tasks/{}',
		(call) => {
			const before = taskOf(call);
			const project = find(call);
			const known = bodyOf(project).find(({ task_id }) => task_id === before.id);
			const [changed] = readTasks([{ ...known, ...call.body() }], project.tasks, call.org);
			if (changed) project.tasks[project.tasks.indexOf(before)] = changed;
			return success({ task: changed && shownTask(call.org, project, changed) }, 'The task information has been updated.');
		},
		{ fields: taskFields },
	),
	route('DELETE', '/tasks/{}', (call) => {
		const gone = taskOf(call);
		const project = find(call);
		project.tasks = project.tasks.filter((task) => task !== gone);
		return success({}, 'The task has been deleted.');
	}),
];

function userOf(call: BooksCall): Project['users'][number] {
	return find(call).users.find((user) => user.id === id(call, 1)) ?? refuse(404, 1002, 'User does not exist.');
}

const userFields = ['user_name', 'user_role', 'rate', 'budget_hours', 'cost_rate'];

const users: BooksRoute[] = [
	route('GET', '/users', (call) => success({ users: find(call).users.map((user) => shownUser(call.org, user)) })),
	route(
		'POST',
		'/users',
		(call) => {
			const body = call.body();
			const added = readUsers(body['users'], { userId: call.org.user.id }).map((user) => ({ ...user, costRate: Number(body['cost_rate'] ?? 0) }));
			const project = find(call);
			project.users = [...project.users.filter(({ id: one }) => !added.some((user) => user.id === one)), ...added];
			return success({ users: added.map((user) => shownUser(call.org, user)) }, 'The staff has been added.', 201);
		},
		{ fields: ['users', 'cost_rate'] },
	),
	route(
		'POST',
		'/users/invite',
		(call) => {
			const body = call.body();
			for (const name of ['user_name', 'email']) if (readText(name, body[name]) === '') refuse(400, 4, `${name} is missing.`);
			// Who is invited is a user of the organization once he accepts.
			const invited = { user_id: call.org.newId(), user_name: body['user_name'], email: readEmail('email', body['email']), user_role: body['user_role'] ?? 'staff', is_current_user: false, cost_rate: Number(body['cost_rate'] ?? 0) };
			find(call);
			return success({ users: [invited] }, 'Your invitation has been sent.', 201);
		},
		{ fields: ['email', ...userFields] },
	),
	route('GET', '/users/{}', (call) => success({ user: shownUser(call.org, userOf(call)) })),
	route(
		'PUT',
		'/users/{}',
		(call) => {
			const user = userOf(call);
			const body = call.body();
			if ('rate' in body) user.rate = Number(body['rate']);
			if ('cost_rate' in body) user.costRate = Number(body['cost_rate']);
			if ('user_role' in body) user.role = readText('user_role', body['user_role']);
			if ('budget_hours' in body) user.budgetHours = readText('budget_hours', body['budget_hours']);
			return success({ users: [shownUser(call.org, user)] }, 'The project information has been updated.');
		},
		{ fields: userFields },
	),
	route('DELETE', '/users/{}', (call) => {
		const gone = userOf(call);
		const project = find(call);
		project.users = project.users.filter((user) => user !== gone);
		return success({}, 'The staff has been removed.');
	}),
];

export const projectPartRoutes: readonly BooksRoute[] = [
	...tasks,
	...users,
	route(
		'POST',
		'/clone',
		(call) => {
			const { customerId, billingType, rate, budgetType, description, tasks: copied } = find(call);
			const body = call.body();
			const project = call.org.projects.create({
				customer_id: customerId,
				billing_type: billingType,
				rate,
				...(budgetType && { budget_type: budgetType }),
				description,
				tasks: bodyOf({ tasks: copied } as Project).map(({ task_id: _, ...task }) => task),
				...body,
			});
			call.org.noted('projects', 'create', project.id, 'api');
			return success({ project: projectDetail(call.org, project) }, 'The project has been cloned.');
		},
		{ fields: ['project_name', 'description'] },
	),
];
