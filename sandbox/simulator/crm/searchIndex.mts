import type { StoredRecord } from './store.mts';

interface Pending {
	due: number;
	id: string;
	record: StoredRecord | undefined;
}

/** What /search knows: the records as they were a while ago. COQL reads the store itself and has no such lag. */
export class SearchIndex {
	readonly #records = new Map<string, StoredRecord>();
	#pending: Pending[] = [];

	/** A record is another one now, or gone; the search finds that from `due` on (epoch milliseconds). */
	change(id: string, record: StoredRecord | undefined, due: number): void {
		this.#pending.push({ due, id, record });
	}

	/** The records that the search sees now. */
	records(now: number): Iterable<StoredRecord> {
		if (this.#pending.length) {
			const later: Pending[] = [];
			for (const pending of this.#pending) {
				if (pending.due > now) later.push(pending);
				else if (pending.record) this.#records.set(pending.id, pending.record);
				else this.#records.delete(pending.id);
			}
			this.#pending = later;
		}
		return this.#records.values();
	}
}
