/** Relations of many records to many, such as the Products of a Deal. Ids are unique across modules, and a relation shows on both sides. */
export class LinkBook {
	readonly #links = new Map<string, Set<string>>();

	add(one: string, other: string): void {
		this.#side(one).add(other);
		this.#side(other).add(one);
	}

	/** False when there was no such relation. */
	remove(one: string, other: string): boolean {
		this.#links.get(other)?.delete(one);
		return this.#links.get(one)?.delete(other) ?? false;
	}

	of(id: string): ReadonlySet<string> {
		return this.#links.get(id) ?? new Set();
	}

	/** A record is gone, and its relations with it. */
	forget(id: string): void {
		for (const other of this.of(id)) this.#links.get(other)?.delete(id);
		this.#links.delete(id);
	}

	#side(id: string): Set<string> {
		const known = this.#links.get(id) ?? new Set<string>();
		this.#links.set(id, known);
		return known;
	}
}
