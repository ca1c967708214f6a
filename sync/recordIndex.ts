/** Many records in little memory, to be found by what rules ask for. */

import { getPath } from './fields';
import { comparable } from './match';
import type { Lookup } from './planTypes';
import type { JsonObject, MatchRule } from './types';

type Shape = Pick<MatchRule, 'kind' | 'field'>;

/**
 * Records of one module by id. Each is kept as the bytes of its JSON, outside of the heap and a fraction of what the object takes, so that 100,000
 * of them fit beside a running workflow and no collection of garbage looks at them.
 */
export class RecordIndex {
	readonly #bytes = new Map<string, Buffer>();
	/** Shape of a rule → value as rules compare it → ids of the records that have or once had it. */
	readonly #ids = new Map<string, { shape: Shape; byValue: Map<string, string[]> }>();

	get size(): number {
		return this.#bytes.size;
	}

	/** Adds records with their `id`; one that is there already is replaced. */
	put(records: readonly JsonObject[]): void {
		for (const record of records) {
			const id = String(record.id);
			this.#bytes.set(id, Buffer.from(JSON.stringify(record)));
			for (const { shape, byValue } of this.#ids.values()) note(byValue, valueOf(record, shape), id);
		}
	}

	/** Every record that a look-up names, once. */
	find(lookups: readonly Lookup[]): JsonObject[] {
		const found = new Map<string, JsonObject>();
		for (const { kind, field, values } of lookups) {
			const shape = { kind, field };
			const byValue = this.#indexBy(shape);
			for (const value of new Set(values.map((one) => comparable(kind, one, field)))) {
				for (const id of byValue.get(value) ?? []) {
					const record = found.get(id) ?? this.#record(id);
					// A record keeps its place under a value that it has no more.
					if (record && valueOf(record, shape) === value) found.set(id, record);
				}
			}
		}
		return [...found.values()];
	}

	#record(id: string): JsonObject | undefined {
		const bytes = this.#bytes.get(id);
		return bytes && parsed(bytes);
	}

	#indexBy(shape: Shape): Map<string, string[]> {
		const key = `${shape.kind} ${shape.field}`;
		const known = this.#ids.get(key);
		if (known) return known.byValue;
		const byValue = new Map<string, string[]>();
		this.#ids.set(key, { shape, byValue });
		for (const [id, bytes] of this.#bytes) note(byValue, valueOf(parsed(bytes), shape), id);
		return byValue;
	}
}

const parsed = (bytes: Buffer): JsonObject => JSON.parse(bytes.toString()) as JsonObject;

const valueOf = (record: JsonObject, { kind, field }: Shape): string => comparable(kind, getPath(record, field), field);

function note(byValue: Map<string, string[]>, value: string, id: string): void {
	if (value === '') return;
	const ids = byValue.get(value);
	if (!ids) byValue.set(value, [id]);
	else if (!ids.includes(id)) ids.push(id);
}
