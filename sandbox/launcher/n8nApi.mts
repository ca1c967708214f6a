import { LaunchError } from './failure.mts';
import { waitFor } from './wait.mts';

/** The owner of a sandbox n8n. It listens on this machine only, and the launcher prints this login. */
export const owner = {
	email: 'owner@example.com',
	password: 'Sandbox-2026',
	firstName: 'Sandbox',
	lastName: 'Owner',
};

export interface Workflow {
	id: string;
	name: string;
	versionId: string;
	active: boolean;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	parameters?: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	webhookId?: string;
	disabled?: boolean;
}

export type ExecutionStatus =
	'new' | 'running' | 'waiting' | 'success' | 'error' | 'crashed' | 'canceled' | 'unknown';

export interface Execution {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	mode: string;
}

export type DataTableRow = Record<string, unknown>;

/** n8n gives no more rows of a data table at once. */
const rowsPerPage = 250;
const busy: ExecutionStatus[] = ['new', 'running'];

/** The part of n8n's own REST API (the editor's) that the sandbox needs. Source: n8n 2.41.1 `controllers` and `*.controller.js`. */
export class N8nApi {
	private readonly base: string;
	private cookie = '';

	/** `http://localhost:5678` */
	constructor(url: string) {
		this.base = `${url.replace('//localhost', '//127.0.0.1')}/rest`;
	}

	/** Sets the owner up on first use, else logs in. */
	async login(): Promise<void> {
		const settings = await waitFor('n8n to answer', () => this.settings(), { timeout: 60_000 });
		const isNew = settings.userManagement?.showSetupOnFirstLoad === true;
		const { email, password } = owner;
		const [path, body] = isNew
			? ['/owner/setup', owner]
			: ['/login', { emailOrLdapLoginId: email, password }];
		const answer = await this.fetch('POST', path as string, body);
		if (answer.status === 401) {
			throw new LaunchError(`The login ${email} does not work any more: "npm start -- --reset" begins anew.`);
		}
		await this.read(answer, `POST ${String(path)}`);
		this.cookie = answer.headers
			.getSetCookie()
			.map((line) => line.split(';')[0])
			.join('; ');
	}

	async workflow(id: string): Promise<Workflow | undefined> {
		const answer = await this.fetch('GET', `/workflows/${id}`);
		if (answer.status === 404 || answer.status === 403) return undefined;
		return this.read<Workflow>(answer, `GET /workflows/${id}`);
	}

	createWorkflow(workflow: Omit<Workflow, 'versionId' | 'active'>): Promise<Workflow> {
		return this.request('POST', '/workflows', workflow);
	}

	updateWorkflow(workflow: Omit<Workflow, 'versionId' | 'active'>): Promise<Workflow> {
		const { id, ...content } = workflow;
		return this.request('PATCH', `/workflows/${id}?forceSave=true`, content);
	}

	/** Publishes the newest version and waits until n8n has every trigger of it running. Throws with n8n's reason. */
	async publish(id: string): Promise<void> {
		const { versionId, name } = await this.request<Workflow>('GET', `/workflows/${id}`);
		await this.request('POST', `/workflows/${id}/activate`, { versionId });
		type Status = { status: string; triggers: Array<{ errorMessage?: string | null }> };
		await waitFor(
			`workflow "${name}" to be published`,
			async () => {
				const { status, triggers } = await this.request<Status>('GET', `/workflows/${id}/publication-status`);
				const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
				if (status === 'failed' || status === 'partial') {
					throw new LaunchError(`n8n could not publish "${name}": ${reasons.join('; ') || status}`);
				}
				return status === 'published';
			},
			{ timeout: 60_000 },
		);
	}

	/**
	 * Waits until n8n has removed the triggers, too: one that is stopped in between takes up the work at its next start only after two minutes, and publishes
	 * nothing before.
	 */
	async unpublish(id: string, timeout = 60_000): Promise<void> {
		await this.request('POST', `/workflows/${id}/deactivate`, {});
		await waitFor(
			`workflow ${id} to be unpublished`,
			async () => (await this.request<{ status: string }>('GET', `/workflows/${id}/publication-status`)).status !== 'in_progress',
			{ timeout },
		);
	}

	/** Runs a workflow from its manual trigger to its end. Throws with the failed node's message. */
	async run(id: string, timeout = 60_000): Promise<Record<string, unknown[]>> {
		const workflow = await this.request<Workflow>('GET', `/workflows/${id}`);
		const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		if (!trigger) throw new LaunchError(`Workflow "${workflow.name}" has no manual trigger to run it from.`);
		const start = { triggerToStartFrom: { name: trigger.name } };
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/workflows/${id}/run`,
			start,
		);
		const what = `workflow "${workflow.name}" to end`;
		const done = await waitFor(what, () => this.finished(executionId), { timeout });
		if (done.status !== 'success') {
			throw new LaunchError(`Workflow "${workflow.name}" failed: ${await this.failure(executionId)}`);
		}
		return this.output(executionId);
	}

	/** Newest first; at most 100. */
	async executions(workflowId?: string): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify(workflowId ? { workflowId } : {}));
		const page = await this.request<{ results: Execution[] }>(
			'GET',
			`/executions?limit=100&filter=${filter}`,
		);
		return page.results;
	}

	async isBusy(): Promise<boolean> {
		return (await this.executions()).some(({ status }) => busy.includes(status));
	}

	/** Items that each node of an execution put out (all outputs together), by node name. */
	async output(executionId: string): Promise<Record<string, unknown[]>> {
		const { resultData } = await this.executionData(executionId);
		const items = Object.entries(resultData.runData ?? {}).map(([node, runs]) => [
			node,
			runs.flatMap(({ data }) => (data?.main ?? []).flatMap((list) => (list ?? []).map(({ json }) => json))),
		]);
		return Object.fromEntries(items) as Record<string, unknown[]>;
	}

	/** Why an execution failed: node, message, description. */
	async failure(executionId: string): Promise<string> {
		const { resultData } = await this.executionData(executionId);
		const { error, lastNodeExecuted = '?' } = resultData;
		if (!error) return 'no error is recorded';
		return [`${lastNodeExecuted}: ${error.message}`, error.description].filter(Boolean).join(' — ');
	}

	/** Rows of a data table, newest first, found by its name in any project. Undefined where there is no such table. */
	async dataTable(name: string): Promise<DataTableRow[] | undefined> {
		type Tables = { data: Array<{ id: string; name: string; projectId: string }> };
		const tables = await this.request<Tables>('GET', '/data-tables-global?take=100');
		const table = tables.data.find((candidate) => candidate.name === name);
		if (!table) return undefined;
		const path = `/projects/${table.projectId}/data-tables/${table.id}/rows?take=${rowsPerPage}&sortBy=id:desc`;
		const rows: DataTableRow[] = [];
		for (;;) {
			const page = await this.request<{ data: DataTableRow[] }>('GET', `${path}&skip=${rows.length}`);
			rows.push(...page.data);
			if (page.data.length < rowsPerPage) return rows;
		}
	}

	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		return this.read<T>(await this.fetch(method, path, body), `${method} ${path}`);
	}

	private async finished(executionId: string): Promise<Execution | undefined> {
		const answer = await this.fetch('GET', `/executions/${executionId}`);
		if (answer.status === 404) return undefined; // Not written yet.
		const execution = await this.read<Execution>(answer, `GET /executions/${executionId}`);
		return busy.includes(execution.status) ? undefined : execution;
	}

	private async executionData(id: string): Promise<ExecutionData> {
		const { data } = await this.request<{ data: string }>('GET', `/executions/${id}`);
		return unflatten(data) as ExecutionData;
	}

	private async settings(): Promise<{ userManagement?: { showSetupOnFirstLoad?: boolean } } | undefined> {
		try {
			const answer = await this.fetch('GET', '/settings');
			return answer.ok ? await this.read(answer, 'GET /settings') : undefined;
		} catch {
			return undefined; // Not listening yet.
		}
	}

	/** n8n that was busy for seconds takes its database for gone, and refuses everything until it has asked it anew. */
	private fetch(method: string, path: string, body?: unknown): Promise<Response> {
		const once = async () => {
			const answer = await fetch(`${this.base}${path}`, {
				method,
				// n8n closes idle connections after a few seconds, and one that is just being used again would break.
				headers: { 'content-type': 'application/json', cookie: this.cookie, connection: 'close' },
				body: body === undefined ? undefined : JSON.stringify(body),
			});
			return answer.status === 503 ? undefined : answer;
		};
		return waitFor(`n8n to have its database for ${method} ${path}`, once, { timeout: 120_000, interval: 1_000 });
	}

	private async read<T>(answer: Response, what: string): Promise<T> {
		const text = await answer.text();
		if (!answer.ok) throw new LaunchError(`n8n answered ${answer.status} to ${what}: ${text.slice(0, 500)}`);
		const body = JSON.parse(text) as { data?: unknown };
		return body.data as T;
	}
}

interface ExecutionData {
	resultData: {
		runData?: Record<string, Array<{ data?: { main?: Array<Array<{ json: unknown }> | null> } }>>;
		error?: { message: string; description?: string };
		lastNodeExecuted?: string;
	};
}

/** Reads the form that n8n keeps execution data in (npm `flatted`): a list whose strings point at other entries. */
function unflatten(text: string): unknown {
	const entries = JSON.parse(text) as unknown[];
	const done = new Map<number, unknown>();
	const resolve = (value: unknown): unknown => (typeof value === 'string' ? at(Number(value)) : value);
	function at(index: number): unknown {
		if (done.has(index)) return done.get(index);
		const entry = entries[index];
		if (typeof entry !== 'object' || entry === null) return entry;
		const copy: Record<string, unknown> | unknown[] = Array.isArray(entry) ? [] : {};
		done.set(index, copy);
		for (const [key, value] of Object.entries(entry)) (copy as Record<string, unknown>)[key] = resolve(value);
		return copy;
	}
	return at(0);
}
