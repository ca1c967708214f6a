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
	/** A batch with this many records of one kind starts at once. */
	limit: number;
}

/** Milliseconds without a delivery that end a batch. */
const rest = 500;
/** A moment without a delivery, in milliseconds. */
const moment = 50;
/** How long such a moment is waited for when the window is over, in milliseconds. */
const patience = 500;

export interface FoldSurroundings {
	/** Epoch milliseconds. */
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

interface Fold<Entry> {
	collected: Map<string, Entry>;
	/** When the last delivery came. */
	lastCame: number;
	/** A delivery waits and then takes what has been collected. */
	awaited: boolean;
}

export class Folding<Entry> {
	private readonly folds = new Map<string, Fold<Entry>>();
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
		const fold = this.foldOf(trigger);
		this.keep(fold, entries);
		if (window <= 0 || this.isFull(fold, limit)) return this.take(fold);
		if (fold.awaited) return undefined;
		fold.awaited = true;
		try {
			await this.collect(fold, window);
		} finally {
			fold.awaited = false;
		}
		return fold.collected.size > 0 ? this.take(fold) : undefined;
	}

	private async collect(fold: Fold<Entry>, window: number): Promise<void> {
		const { now, sleep } = this.surroundings;
		const end = now() + window;
		for (;;) {
			const due = Math.max(Math.min(fold.lastCame + rest, end), Math.min(fold.lastCame + moment, end + patience));
			if (now() >= due) return;
			await sleep(due - now());
		}
	}

	private foldOf(trigger: string): Fold<Entry> {
		const known = this.folds.get(trigger);
		if (known) return known;
		const fold: Fold<Entry> = { collected: new Map(), lastCame: 0, awaited: false };
		this.folds.set(trigger, fold);
		return fold;
	}

	private isFull({ collected }: Fold<Entry>, limit: number): boolean {
		if (collected.size < limit) return false;
		const counts = new Map<string, number>();
		for (const entry of collected.values()) counts.set(this.kindOf(entry), (counts.get(this.kindOf(entry)) ?? 0) + 1);
		return Math.max(...counts.values()) >= limit;
	}

	private keep(fold: Fold<Entry>, entries: Entry[]): void {
		fold.lastCame = this.surroundings.now();
		for (const entry of entries) {
			const key = this.keyOf(entry);
			const earlier = fold.collected.get(key);
			fold.collected.set(key, earlier === undefined ? entry : this.merge(earlier, entry));
		}
	}

	private take(fold: Fold<Entry>): Entry[] {
		const batch = [...fold.collected.values()];
		fold.collected.clear();
		return batch;
	}
}
