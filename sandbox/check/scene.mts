import { isDeepStrictEqual } from 'node:util';
import { LaunchError } from '../launcher/failure.mts';
import type { DataTableRow, Execution } from '../launcher/n8nApi.mts';
import type { Sandbox } from '../launcher/sandbox.mts';
import { contactTemplates } from '../launcher/templateList.mts';
import type { ImportedTemplate } from '../launcher/templates.mts';
import { waitFor } from '../launcher/wait.mts';
import type { CallEntry, Fault, Switches } from '../simulator/types.mts';
import { Pair } from './pair.mts';
import { isContactPoll } from './polls.mts';

/** Long enough for a burst to fold (1 s), for CRM to answer and for an echo to come back. */
const settleTime = 1_500;
/** n8n polls once a minute; a little longer than that. */
export const pollTime = 100_000;
/** Every third poll of the CRM trigger does not look for what was modified. */
export const crmPollTime = pollTime + 60_000;

/** Of the 100 Books calls a minute, what a step may find used up by those before it. */
const usedBefore = 50;
const minute = 60_000;

/** What the steps act on and look at. */
export class Scene {
	readonly sandbox: Sandbox;
	/** The pair that the templates are linked to. */
	readonly pair: Pair;
	/** Two more organizations, in other data centres, that no template is linked to at first. */
	readonly other: Pair;
	/** The same again, with a CRM that has no Invoices. */
	readonly small: Pair;

	constructor(sandbox: Sandbox, pair: Pair, other: Pair, small: Pair) {
		this.sandbox = sandbox;
		this.pair = pair;
		this.other = other;
		this.small = small;
	}

	get simulator() {
		return this.sandbox.simulator;
	}

	get log(): CallEntry[] {
		return this.simulator.world.log;
	}

	get switches(): Switches {
		return this.simulator.world.switches;
	}

	/** The template that syncs contacts from this system. */
	template(from: 'books' | 'crm'): ImportedTemplate {
		return this.templateOf(contactTemplates[from]);
	}

	/** The template of a file (without `.json`). */
	templateOf(file: string): ImportedTemplate {
		const found = this.sandbox.templates.find((template) => template.file === file);
		if (!found) throw new LaunchError(`The sandbox has no template ${file}.json.`);
		return found;
	}

	/** Rows of the review queue: the data table that the sync template writes to. Undefined where there is none yet. */
	reviewItems(): Promise<DataTableRow[] | undefined> {
		const node = this.template('books').nodes.find(({ type }) => type === 'n8n-nodes-base.dataTable');
		const table = node?.parameters?.dataTableId as { value?: string } | string | undefined;
		const name = typeof table === 'string' ? table : table?.value;
		if (!name) throw new LaunchError('The template has no Data Table node for the review queue.');
		return this.sandbox.api.dataTable(name);
	}

	/** Makes Zoho misbehave until the function returned is called. */
	misbehave(...faults: Fault[]): () => void {
		this.simulator.world.faults.push(...faults);
		return () => {
			this.simulator.world.faults = this.simulator.world.faults.filter((fault) => !faults.includes(fault));
		};
	}

	/** Waits until `look` holds; when it does not in time, tells what was expected and what stands there. */
	eventually(
		what: string,
		look: () => boolean | Promise<boolean>,
		shown?: () => unknown,
		timeout = 20_000,
	): Promise<boolean> {
		return waitFor(what, look, {
			timeout,
			abort: () => this.sandbox.n8n.demandRunning(),
			missing: async () =>
				[shown ? JSON.stringify(shown()) : 'not so', await this.troubles()].filter(Boolean).join(' · '),
		});
	}

	/** Waits until nothing runs, nothing is on its way and Zoho has not been called for a while. */
	async quiet(timeout = 90_000): Promise<void> {
		let calls = this.log.length;
		let since = Date.now();
		await waitFor(
			'n8n and Zoho to come to rest',
			async () => {
				if (this.log.length !== calls || this.pendingDeliveries() > 0 || (await this.sandbox.api.isBusy())) {
					calls = this.log.length;
					since = Date.now();
				}
				return Date.now() - since > settleTime;
			},
			{
				timeout,
				abort: () => this.sandbox.n8n.demandRunning(),
				missing: () =>
					`${this.pendingDeliveries()} deliveries under way, last call ${describe(this.log.at(-1))}`,
			},
		);
	}

	/**
	 * Waits until Books has room for a step's calls: publishing nine templates or healing after a crash uses up most of a minute's
	 * allowance, and then the next step's calls would wait for their turn longer than the step waits for them.
	 */
	async room(): Promise<void> {
		const used = () => {
			const from = this.simulator.world.now() - minute;
			return this.calls(0, 'books').filter(({ at, location }) => at > from && location === this.pair.booksAt)
				.length;
		};
		await waitFor("room in Books' calls per minute", () => used() <= usedBefore, {
			timeout: 2 * minute,
			interval: 500,
			abort: () => this.sandbox.n8n.demandRunning(),
			missing: () => `${used()} calls in the last minute`,
		});
	}

	/** Waits for the customers' next poll and its end: then there is most of a minute in which no poll mixes with what a step counts. */
	async afterPoll(): Promise<void> {
		const since = this.log.length;
		await waitFor('the next poll of Books', () => this.calls(since, 'books').some(isContactPoll), {
			timeout: pollTime,
			abort: () => this.sandbox.n8n.demandRunning(),
		});
		await this.quiet();
	}

	pendingDeliveries(): number {
		return this.simulator.world.deliveries.log.filter(({ state }) => state === 'waiting').length;
	}

	/** Calls after the entry `since`, of one system and kind. */
	calls(since: number, service?: CallEntry['service'], kind?: CallEntry['kind']): CallEntry[] {
		return this.log
			.slice(since)
			.filter((call) => (!service || call.service === service) && (!kind || call.kind === kind));
	}

	/** Executions that began after the one with the id `after`, oldest first. */
	async executionsAfter(after: string, workflowId?: string): Promise<Execution[]> {
		const executions = await this.sandbox.api.executions(workflowId);
		return executions.filter(({ id }) => Number(id) > Number(after)).reverse();
	}

	async lastExecution(): Promise<string> {
		const ids = (await this.sandbox.api.executions()).map(({ id }) => Number(id));
		return String(Math.max(0, ...ids));
	}

	/** The newest failed executions in words; for messages. */
	async troubles(): Promise<string> {
		try {
			const failed = (await this.sandbox.api.executions()).filter(
				({ status }) => status === 'error' || status === 'crashed',
			);
			const stories = failed
				.slice(0, 2)
				.map(async ({ id }) => `execution ${id}: ${await this.sandbox.api.failure(id)}`);
			return (await Promise.all(stories)).join(' · ');
		} catch {
			return 'n8n does not answer';
		}
	}
}

/** Throws unless both are the same, telling both. */
export function same(what: string, found: unknown, expected: unknown): void {
	if (isDeepStrictEqual(found, expected)) return;
	throw new LaunchError(`${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}.`);
}

export function holds(what: string, condition: boolean, shown?: unknown): asserts condition {
	if (!condition)
		throw new LaunchError(`${what} does not hold${shown === undefined ? '' : `: ${JSON.stringify(shown)}`}.`);
}

/** The one element of a list. */
export function only<T>(what: string, list: T[]): T {
	const [first] = list;
	if (list.length === 1 && first !== undefined) return first;
	throw new LaunchError(`${what}: found ${list.length}, expected exactly one.`);
}

export function describe(call: CallEntry | undefined): string {
	if (!call) return 'none';
	return `${call.service} ${call.location} ${call.method} ${call.path} → ${call.status}${call.code ? ` ${call.code}` : ''}`;
}
