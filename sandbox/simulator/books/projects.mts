import { addComment, type Comment, systemComment } from './comments.mts';
import type { Contact } from './contacts.mts';
import type { Currency } from './currencies.mts';
import type { CustomFields } from './customFields.mts';
import { invalid, refuse } from './errors.mts';
import {
	billingTypes,
	budgetTypes,
	type ProjectUser,
	readTasks,
	readUsers,
	type Task,
} from './projectBody.mts';
import { type Json, readText, readValue } from './values.mts';

export interface Project {
	id: string;
	name: string;
	customerId: string;
	currencyId: string;
	description: string;
	billingType: string;
	rate: number;
	budgetType: string;
	budgetHours: string;
	budgetAmount: number;
	costBudget: number;
	tasks: Task[];
	users: ProjectUser[];
	active: boolean;
	comments: Comment[];
	/** Field id → value. */
	custom: Map<string, unknown>;
	createdAt: number;
	modifiedAt: number;
}

/** What projects need of the organization. */
export interface ProjectSurroundings {
	now(): number;
	newId(): string;
	/** Its one user, who is in every project from the start. */
	readonly userId: string;
	readonly customFields: CustomFields;
	contactOf(id: string): Contact | undefined;
	/** Refuses an unknown one. */
	currencyOf(id: string): Currency;
	/** Whether lines of documents name the project. */
	isUsed(id: string): boolean;
}

/** The projects of one organization: https://www.zoho.com/books/api/v3/projects. Zoho's codes for refusals are not known: those from 9000 on are made up. */
export class ProjectStore {
	readonly byId = new Map<string, Project>();
	readonly #org: ProjectSurroundings;

	constructor(org: ProjectSurroundings) {
		this.#org = org;
	}

	/** Refuses with 404 code 1002 when there is none. */
	get(id: string): Project {
		return this.byId.get(id) ?? refuse(404, 1002, 'Project does not exist.');
	}

	/** The file requires a `user_id` beside these; as that is a field of `users`, it is taken for one of those that have to be there where users are named. */
	create(body: Json): Project {
		const now = this.#org.now();
		const project: Project = {
			id: this.#org.newId(),
			name: '',
			customerId: '',
			currencyId: '',
			description: '',
			billingType: '',
			rate: 0,
			budgetType: '',
			budgetHours: '',
			budgetAmount: 0,
			costBudget: 0,
			tasks: [],
			users: readUsers([{ user_id: this.#org.userId }], this.#org),
			active: true,
			comments: [systemComment('Project created', this.#org)],
			custom: new Map(),
			createdAt: now,
			modifiedAt: now,
		};
		const needed = { project_name: undefined, customer_id: undefined, billing_type: undefined };
		this.#apply(project, { ...needed, ...body });
		this.byId.set(project.id, project);
		return project;
	}

	/** Changes what the body names; lists of tasks and users that it names are the whole lists from then on. */
	update(id: string, body: Json): Project {
		const draft = structuredClone(this.get(id));
		this.#apply(draft, body);
		draft.modifiedAt = this.#org.now();
		this.byId.set(id, draft);
		return draft;
	}

	remove(id: string): Project {
		const project = this.get(id);
		if (this.#org.isUsed(id)) refuse(400, 9002, 'Projects that are invoiced cannot be deleted.');
		this.byId.delete(id);
		return project;
	}

	setActive(id: string, active: boolean): Project {
		const project = this.get(id);
		project.active = active;
		project.modifiedAt = this.#org.now();
		return project;
	}

	comment(id: string, body: Json): Comment {
		return addComment(this.get(id), body, this.#org);
	}

	/** Whether a project names the contact or currency. */
	uses(id: string): boolean {
		return [...this.byId.values()].some(({ customerId, currencyId }) =>
			[customerId, currencyId].includes(id),
		);
	}

	#apply(project: Project, body: Json): void {
		const has = (name: string) => name in body;
		const text = (name: string, most?: number) => readText(name, body[name], most);
		const number = (name: string) => Number(readValue(name, { kind: 'number' }, body[name]) || 0);
		const oneOf = (name: string, all: readonly string[]) =>
			all.includes(text(name)) ? text(name) : invalid(name);
		if (has('project_name')) project.name = text('project_name', 100) || invalid('project_name');
		if (has('customer_id')) this.#setCustomer(project, text('customer_id') || invalid('customer_id'));
		if (has('currency_id') && text('currency_id') !== '')
			project.currencyId = this.#org.currencyOf(text('currency_id')).id;
		if (has('description')) project.description = text('description', 500);
		if (has('billing_type')) project.billingType = oneOf('billing_type', billingTypes);
		if (has('rate')) project.rate = number('rate');
		if (has('budget_type')) project.budgetType = oneOf('budget_type', ['', ...budgetTypes]);
		if (has('budget_hours')) project.budgetHours = text('budget_hours');
		if (has('budget_amount')) project.budgetAmount = number('budget_amount');
		if (has('cost_budget_amount')) project.costBudget = number('cost_budget_amount');
		if (has('tasks')) project.tasks = readTasks(body['tasks'], project.tasks, this.#org);
		if (has('users')) project.users = readUsers(body['users'], this.#org);
		if (has('user_id')) readUsers([{ user_id: body['user_id'] }], this.#org);
		const others = [...this.byId.values()].filter(({ id }) => id !== project.id);
		if (has('custom_fields')) {
			const values = others.map(({ custom }) => custom);
			this.#org.customFields.apply(project.custom, body['custom_fields'], values);
		}
		this.#refuseSameName(project, others);
	}

	/** A name is there once for each customer, it is assumed. */
	#refuseSameName({ name, customerId }: Project, others: readonly Project[]): void {
		const same = (other: Project) => other.name.toLowerCase() === name.toLowerCase();
		if (others.some((other) => other.customerId === customerId && same(other)))
			refuse(400, 9001, `The project "${name}" already exists.`);
	}

	/** What was invoiced for one customer is not another's, it is assumed. */
	#setCustomer(project: Project, id: string): void {
		const customer = this.#org.contactOf(id);
		if (customer?.type !== 'customer') return refuse(404, 1002, 'Customer does not exist.');
		if (project.customerId !== '' && project.customerId !== id && this.#org.isUsed(project.id))
			refuse(400, 9003, 'The customer of a project that is invoiced cannot be changed.');
		project.customerId = id;
		project.currencyId = this.#org.currencyOf(String(customer.fields['currency_id'] ?? '')).id;
	}
}
