/**
 * Folds bursts of deliveries into batches. Zoho tells of an Account and its Contact, or of a whole import, in deliveries of their own: they are collected
 * until none has come for half a second, or the window is over and a moment comes in which none arrives, so that what belongs
 * together stays together. A hundred edits in a second are then one execution that writes a hundred records a call, not a hundred
 * executions that write one.
 *
 * Batches live in the memory of the process that receives the deliveries. What a crash takes away, polling
 * brings again.
 */

export interface FoldOptions {
	/** Milliseconds for which deliveries are collected at most. 0 folds nothing. */
	window: number;
	/** A batch with this many records of one kind is full: what comes after the next moment without a delivery makes another one. */
	limit: number;
}

/** A moment without a delivery, in milliseconds. */
const moment = 50;
/** Moments in a row without a delivery that end a batch: half a second. */
const restMoments = 10;
/** How often such a moment is looked for when the window is over: five seconds at most. */
const overtimeLooks = 100;
/** How long such a moment is waited for when the batch is full, in milliseconds. */
const patience = 500;

export interface FoldSurroundings {
	/** Epoch milliseconds. */
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

/** Deliveries of one trigger. */
interface Flow<Entry> {
	/** When the last one came. */
	lastCame: number;
	/** What is being collected, by the name of the record. */
	open: Map<string, Entry>;
	/** When that became full. */
	fullSince?: number | undefined;
	/** The batches so far have started: what was told later shall not start earlier. */
	started: Promise<void>;
}

export class Folding<Entry> {
	private readonly flows = new Map<string, Flow<Entry>>();
	private readonly keyOf: (entry: Entry) => string;
	private readonly kindOf: (entry: Entry) => string;
	private readonly merge: (earlier: Entry, later: Entry) => Entry;
	private readonly surroundings: FoldSurroundings;

	/** `keyOf` names the record of an entry, `kindOf` what calls are shared by; `merge` makes one entry of two with the same name. */
	constructor(
		keyOf: (entry: Entry) => string,
		kindOf: (entry: Entry) => string,
		merge: (earlier: Entry, later: Entry) => Entry,
		surroundings: FoldSurroundings,
	) {
		this.keyOf = keyOf;
		this.kindOf = kindOf;
		this.merge = merge;
		this.surroundings = surroundings;
	}

	/**
	 * Takes a delivery's entries. Resolves with the batch that this delivery shall start an execution with,
	 * or with undefined when another delivery of the same `trigger` starts one with them. Every entry is in
	 * exactly one batch, once per record.
	 */
	async add(trigger: string, entries: Entry[], { window, limit }: FoldOptions): Promise<Entry[] | undefined> {
		const flow = this.flowOf(trigger);
		const now = this.surroundings.now();
		const { fullSince } = flow;
		if (fullSince !== undefined && (now >= flow.lastCame + moment || now >= fullSince + patience)) close(flow);
		flow.lastCame = now;
		const batch = flow.open;
		const isFirst = batch.size === 0;
		this.keep(batch, entries);
		if (this.isFull(batch, limit)) flow.fullSince ??= now;
		if (!isFirst) return undefined;
		if (window > 0) {
			flow.started = Promise.all([flow.started, this.collect(flow, window)]).then(() => undefined);
			await flow.started;
		}
		if (flow.open === batch) close(flow);
		return [...batch.values()];
	}

	/** Looks around once in a moment. A look that comes late tells nothing: a process that was busy has deliveries waiting that it could not take yet. */
	private async collect(flow: Flow<Entry>, window: number): Promise<void> {
		const { now, sleep } = this.surroundings;
		const end = now() + window;
		let [last, due, moments, overtime] = [flow.lastCame, flow.lastCame + moment, 0, 0];
		while (moments < restMoments && overtime < overtimeLooks) {
			await sleep(Math.max(0, due - now()));
			const isQuiet = now() >= flow.lastCame + moment;
			const isMoment = isQuiet && now() <= due + moment;
			moments = (flow.lastCame === last ? moments : 0) + (isMoment ? 1 : 0);
			last = flow.lastCame;
			due = (isQuiet ? now() : last) + moment;
			if (now() < end) continue;
			if (isMoment) return;
			overtime++;
		}
	}

	private flowOf(trigger: string): Flow<Entry> {
		const known = this.flows.get(trigger);
		if (known) return known;
		const flow: Flow<Entry> = { lastCame: 0, open: new Map(), started: Promise.resolve() };
		this.flows.set(trigger, flow);
		return flow;
	}

	private isFull(batch: Map<string, Entry>, limit: number): boolean {
		if (batch.size < limit) return false;
		const counts = new Map<string, number>();
		for (const entry of batch.values()) counts.set(this.kindOf(entry), (counts.get(this.kindOf(entry)) ?? 0) + 1);
		return Math.max(...counts.values()) >= limit;
	}

	private keep(batch: Map<string, Entry>, entries: Entry[]): void {
		for (const entry of entries) {
			const key = this.keyOf(entry);
			const earlier = batch.get(key);
			batch.set(key, earlier === undefined ? entry : this.merge(earlier, entry));
		}
	}
}

function close<Entry>(flow: Flow<Entry>): void {
	flow.open = new Map();
	flow.fullSince = undefined;
}
