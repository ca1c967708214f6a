/**
 * CRM records that executions of this process carry over to Books right now. Between the look and the write there may be a minute of waiting for
 * Books' limit, and Books has no key by which the same record could not be made twice. So who wants to carry over the same CRM record waits, and then
 * knows what was written and the link that was made. And between the write and the mark in CRM there may be another minute, in which the
 * other direction hears of the write: it is told the mark that is on its way. Several processes do not see each other here: announcements in the marks do
 * between them (sync/announced.ts).
 */

import { randomUUID } from 'node:crypto';
import { sleep } from 'n8n-workflow';

import { hashOfMark } from '../../sync/hash';
import { both, type Learned } from '../../sync/learned';
import { linkField, markField } from '../../sync/mark';
import { outranks } from '../../sync/overtaken';
import type { JsonObject } from '../../sync/types';

/** Where n8n does not tell when an execution ends: one of which no node has been at work for so long, in milliseconds, has ended. */
const patience = 3 * 60_000;
/** How long a link is remembered. Long after CRM shows it itself. */
const memory = 15 * 60_000;
/** How often those who wait look whether somebody has ended without a word. */
const glance = 5_000;

/** Names of CRM records, such as `Contacts 4876876000000333001`. */
type Names = readonly string[];

/** What an execution has carried over. */
export interface Carried {
	/** Epoch milliseconds, by this machine. */
	at: number;
	/** The CRM record's id, with link and mark as CRM is to get them. */
	record: JsonObject;
	/** What its mark has learned since the one that CRM shows, as far as that is known. */
	learned?: Learned;
	/** CRM has them: its `Modified_Time` of that write. */
	landed?: string;
}

interface Holder {
	/** By name: the key under which it is held. */
	keys: Map<string, string>;
	/** It decides what to write, or writes it, however long that takes: it has not ended. */
	isAtWork: boolean;
	/** When it was last at work, epoch milliseconds. */
	idleSince: number;
}

interface Clock {
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

export class UnderWay {
	readonly #clock: Clock;
	readonly #holders = new Map<string, Holder>();
	readonly #heldBy = new Map<string, string>();
	readonly #links = new Map<string, Carried>();
	/** By execution: its CRM account. */
	readonly #scopes = new Map<string, { at: number; scope: string }>();
	/** Keys that executions wait for, whoever came first in front. */
	readonly #waiting = new Set<readonly string[]>();
	#changed: { promise: Promise<void>; tell(): void } = signal();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/**
	 * Resolves when no other execution has any of the records; then this one has all of them, until it releases or links them.
	 * @param scope tells CRM accounts apart
	 */
	async claim(execution: string, scope: string, names: Names): Promise<void> {
		this.#forgetOld();
		this.#scopes.set(execution, { at: this.#clock.now(), scope });
		const keys = names.map((name) => [name, keyOf(scope, name)] as const);
		const wanted = keys.map(([, key]) => key);
		this.#waiting.add(wanted);
		while (wanted.some((key) => this.#isTaken(key, execution)) || this.#isBehind(wanted, execution)) {
			await Promise.race([this.#changed.promise, this.#clock.sleep(glance)]);
		}
		this.#waiting.delete(wanted);
		if (keys.length === 0) return;
		const held = this.#holders.get(execution)?.keys ?? new Map<string, string>();
		const holder = { keys: held, isAtWork: true, idleSince: this.#clock.now() };
		this.#holders.set(execution, holder);
		for (const [name, key] of keys) {
			holder.keys.set(name, key);
			this.#heldBy.set(key, execution);
		}
	}

	/** The execution has decided: what it keeps of its claims goes to the nodes that write. */
	decided(execution: string): void {
		this.#setAtWork(execution, false);
	}

	/** A node of the execution writes what it has; it may wait for Books' minute for long. */
	async whileAtWork<Result>(execution: string, work: () => Promise<Result>): Promise<Result> {
		this.#setAtWork(execution, true);
		try {
			return await work();
		} finally {
			this.#setAtWork(execution, false);
		}
	}

	#setAtWork(execution: string, isAtWork: boolean): void {
		const holder = this.#holders.get(execution);
		if (holder) Object.assign(holder, { isAtWork, idleSince: this.#clock.now() });
	}

	/** The execution has ended: whatever it did not get to is for others. */
	ended(execution: string): void {
		this.release(execution, [...(this.#holders.get(execution)?.keys.keys() ?? [])]);
	}

	/** The execution makes no Books record of these, or could not. */
	release(execution: string, names: Names): void {
		const holder = this.#holders.get(execution);
		if (!holder) return;
		for (const name of names) {
			const key = holder.keys.get(name);
			if (key !== undefined) this.#heldBy.delete(key);
			holder.keys.delete(name);
		}
		if (holder.keys.size === 0) this.#holders.delete(execution);
		this.#tell();
	}

	/**
	 * The Books record is written: `record` has link and mark as CRM is to get them.
	 * @param before hash of the mark that the execution knew when it decided (a mark that follows another one takes its place), and what it has learned since
	 */
	link(execution: string, name: string, record: JsonObject, { seen = '', learned }: { seen?: string; learned?: Learned } = {}): void {
		const scope = this.#scopes.get(execution)?.scope;
		const key = scope === undefined ? undefined : keyOf(scope, name);
		const owner = key === undefined ? undefined : this.#heldBy.get(key);
		// Whoever was silent for too long has lost the record to another execution.
		if (key !== undefined && (owner === undefined || owner === execution)) {
			const carried = this.#links.get(key);
			const known = carried?.record;
			const follows = known === undefined || known[linkField] !== record[linkField] || hashOfMark(known[markField]) === seen;
			const isOld = !follows && outranks(known[markField], record[markField]);
			const isOnItsWay = carried && carried.landed === undefined && known?.[linkField] === record[linkField];
			if (!isOld) this.#links.set(key, { at: this.#clock.now(), record, learned: isOnItsWay ? both(carried.learned, learned) : learned });
		}
		this.release(execution, [name]);
	}

	/** Link and mark of the CRM records of a module that were carried over to these Books records of late. */
	linkedWith(scope: string, module: string, booksIds: ReadonlySet<string>): Carried[] {
		const start = keyOf(scope, `${module} `);
		return [...this.#links]
			.filter(([key, carried]) => key.startsWith(start) && !this.#isOld(carried))
			.filter(([, { record }]) => booksIds.has(String(record[linkField])))
			.map(([, carried]) => carried);
	}

	/** CRM has taken link and mark of the record, and shows them from then on. */
	landed(scope: string, name: string, modified: string): void {
		const carried = this.#links.get(keyOf(scope, name));
		if (carried) carried.landed = modified;
	}

	/** Link and mark that an execution has made of late; CRM may not show them yet. */
	linkOf(scope: string, name: string): Carried | undefined {
		const carried = this.#links.get(keyOf(scope, name));
		return carried && this.#isOld(carried) ? undefined : carried;
	}

	#isOld({ at }: { at: number }): boolean {
		return at < this.#clock.now() - memory;
	}

	#forgetOld(): void {
		for (const kept of [this.#links, this.#scopes]) for (const [key, one] of kept) if (this.#isOld(one)) kept.delete(key);
	}

	/** Whoever wants many would never get all at once, should those pass who want few. Nobody waits for what waits for himself. */
	#isBehind(wanted: readonly string[], execution: string): boolean {
		if (this.#holders.has(execution)) return false;
		for (const others of this.#waiting) {
			if (others === wanted) return false;
			if (others.some((key) => wanted.includes(key))) return true;
		}
		return false;
	}

	#isTaken(key: string, execution: string): boolean {
		const owner = this.#heldBy.get(key);
		if (owner === undefined || owner === execution) return false;
		const holder = this.#holders.get(owner);
		if (holder && (holder.isAtWork || this.#clock.now() - holder.idleSince < patience)) return true;
		this.ended(owner);
		return false;
	}

	#tell(): void {
		const { tell } = this.#changed;
		this.#changed = signal();
		tell();
	}
}

/** A name for this process; a new one at each start. */
export const thisProcess = randomUUID().slice(0, 8);

/** Of this process. */
export const underWay = new UnderWay({ now: Date.now, sleep });

/** By which a CRM record is known here. */
export const nameOf = (module: string, id: unknown): string => `${module} ${String(id)}`;

const keyOf = (scope: string, name: string): string => `${scope} ${name}`;

function signal(): { promise: Promise<void>; tell(): void } {
	let tell: () => void = () => undefined;
	const promise = new Promise<void>((resolve) => (tell = resolve));
	return { promise, tell };
}
