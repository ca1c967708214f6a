import { toSecond } from './times.mts';

export type Row = { id: string; values: Record<string, Value> };
/** A tax of a line item; `value` is its amount. */
export type LineTax = { id: string; name: string; percentage: number; value: number };
/** Lookups are kept as ids, date-times as epoch milliseconds; null is an empty field. */
export type Value = string | number | boolean | null | string[] | Row[] | LineTax[];

/** A record is never changed in place: an update is a new object, so that an old one can serve as a snapshot. */
export interface StoredRecord {
	readonly id: string;
	readonly values: Readonly<Record<string, Value>>;
	readonly owner: string;
	readonly createdBy: string;
	readonly modifiedBy: string;
	/** Epoch milliseconds, whole seconds. */
	readonly created: number;
	readonly modified: number;
	/** Counts writes: tells records of the same second apart. */
	readonly write: number;
}

/** Value of a field, system fields included. */
export function valueOf(record: StoredRecord, name: string): Value {
	switch (name) {
		case 'id':
			return record.id;
		case 'Owner':
			return record.owner;
		case 'Created_By':
			return record.createdBy;
		case 'Modified_By':
			return record.modifiedBy;
		case 'Created_Time':
			return record.created;
		case 'Modified_Time':
			return record.modified;
		default:
			return record.values[name] ?? null;
	}
}

/** Under which key a value is found by an equality index; undefined for values that are not indexed. */
const indexKey = (value: Value): string | undefined =>
	value === null || typeof value === 'object' ? undefined : String(value).toLowerCase();

interface Touch {
	at: number;
	write: number;
	id: string;
}

/** First position in `list` whose element is not before the sought one. */
function position<T>(list: readonly T[], isBefore: (element: T) => boolean): number {
	let low = 0;
	let high = list.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (isBefore(list[middle] as T)) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Ids are compared as numbers; they are longer than a double holds. */
export const compareIds = (a: string, b: string) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/**
 * Records of one module with the indexes that lists, COQL and duplicate checks use: by id, by Modified_Time, and by equality per
 * field (built when a field is first asked for, then kept).
 */
export class ModuleStore {
	readonly #byId = new Map<string, StoredRecord>();
	readonly #ids: string[] = [];
	#touches: Touch[] = [];
	#stale = 0;
	#writes = 0;
	readonly #equality = new Map<string, Map<string, Set<string>>>();

	get size(): number {
		return this.#byId.size;
	}

	get(id: string): StoredRecord | undefined {
		return this.#byId.get(id);
	}

	/** Adds the record, or puts it in the place of the one with its id. */
	put(record: Omit<StoredRecord, 'write'>): StoredRecord {
		const stored = {
			...record,
			created: toSecond(record.created),
			modified: toSecond(record.modified),
			write: ++this.#writes,
		};
		const before = this.#byId.get(record.id);
		this.#byId.set(record.id, stored);
		if (before) this.#stale++;
		else
			this.#ids.splice(
				position(this.#ids, (id) => compareIds(id, record.id) < 0),
				0,
				record.id,
			);
		const touch = { at: stored.modified, write: stored.write, id: stored.id };
		const last = this.#touches.at(-1);
		if (!last || last.at <= touch.at) this.#touches.push(touch);
		else
			this.#touches.splice(
				position(this.#touches, (other) => other.at <= touch.at),
				0,
				touch,
			);
		for (const [name, index] of this.#equality) {
			if (before) unindex(index, indexKey(valueOf(before, name)), before.id);
			reindex(index, indexKey(valueOf(stored, name)), stored.id);
		}
		this.#compact();
		return stored;
	}

	remove(id: string): StoredRecord | undefined {
		const record = this.#byId.get(id);
		if (!record) return undefined;
		this.#byId.delete(id);
		this.#ids.splice(
			position(this.#ids, (other) => compareIds(other, id) < 0),
			1,
		);
		this.#stale++;
		for (const [name, index] of this.#equality) unindex(index, indexKey(valueOf(record, name)), id);
		this.#compact();
		return record;
	}

	/** All records in the order of their ids, or of the ids after/before one. */
	*byId(descending = false, range: { above?: string; below?: string } = {}): Generator<StoredRecord> {
		const { above, below } = range;
		let from = above === undefined ? 0 : position(this.#ids, (id) => compareIds(id, above) <= 0);
		let to = below === undefined ? this.#ids.length : position(this.#ids, (id) => compareIds(id, below) < 0);
		while (from < to) {
			const record = this.#byId.get(this.#ids[descending ? --to : from++] as string);
			if (record) yield record;
		}
	}

	/** Records by Modified_Time, from and to an instant (both included); of one second, in the order they were written. */
	*byModified(descending = false, since = -Infinity, until = Infinity): Generator<StoredRecord> {
		let from = position(this.#touches, (touch) => touch.at < since);
		let to = position(this.#touches, (touch) => touch.at <= until);
		while (from < to) {
			const touch = this.#touches[descending ? --to : from++] as Touch;
			const record = this.#byId.get(touch.id);
			if (record?.write === touch.write) yield record;
		}
	}

	/** How many records an index range by Modified_Time holds at most. */
	countModified(since: number, until: number): number {
		return (
			position(this.#touches, (touch) => touch.at <= until) -
			position(this.#touches, (touch) => touch.at < since)
		);
	}

	/** Ids of the records whose field has the value (text: whatever its case). */
	equal(name: string, value: Value): ReadonlySet<string> {
		const key = indexKey(value);
		return (key === undefined ? undefined : this.#index(name).get(key)) ?? noIds;
	}

	#index(name: string): Map<string, Set<string>> {
		const known = this.#equality.get(name);
		if (known) return known;
		const index = new Map<string, Set<string>>();
		for (const record of this.#byId.values()) reindex(index, indexKey(valueOf(record, name)), record.id);
		this.#equality.set(name, index);
		return index;
	}

	#compact(): void {
		if (this.#stale < 1000 || this.#stale < this.#touches.length / 2) return;
		this.#touches = this.#touches.filter((touch) => this.#byId.get(touch.id)?.write === touch.write);
		this.#stale = 0;
	}
}

const noIds: ReadonlySet<string> = new Set<string>();

function reindex(index: Map<string, Set<string>>, key: string | undefined, id: string): void {
	if (key === undefined) return;
	const ids = index.get(key);
	if (ids) ids.add(id);
	else index.set(key, new Set([id]));
}

function unindex(index: Map<string, Set<string>>, key: string | undefined, id: string): void {
	const ids = key === undefined ? undefined : index.get(key);
	if (!ids || key === undefined) return;
	ids.delete(id);
	if (ids.size === 0) index.delete(key);
}
