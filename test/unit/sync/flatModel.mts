/** As model.mts, for items and Products: one stands for one. CRM keeps two decimals of a price, Books six. */

import { linkRecords } from '../../../sync/link';
import { linkField, markField } from '../../../sync/mark';
import { crmLookups, itemKind, noFlatKnowledge, planCrm, planFlat, searchKey } from '../../../sync/plan';
import type { ConflictPolicy, Json, JsonObject, MatchRule, MatchResult } from '../../../sync/types';

export const paths = ['name', 'sku', 'rate', 'description'] as const;
export const fields: Record<(typeof paths)[number], string> = {
	name: 'Product_Name',
	sku: 'Product_Code',
	rate: 'Unit_Price',
	description: 'Description',
};

export type FlatEvent = { system: 'books'; snapshot: JsonObject } | { system: 'crm'; id: string };

export interface FlatModelOptions {
	toCrm: ConflictPolicy;
	toBooks: ConflictPolicy;
	overwriteBlank: boolean;
}

const text = (value: Json) => (typeof value === 'string' ? value : '');
const inCents = (value: Json) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value);

export class FlatModel {
	readonly items = new Map<string, JsonObject>();
	readonly products = new Map<string, JsonObject>();
	pending: FlatEvent[] = [];
	writes = { books: 0, crm: 0 };
	reads = 0;
	reviews = 0;
	private readonly options: FlatModelOptions;
	private second = 0;
	private ids = 0;

	constructor(options: FlatModelOptions) {
		this.options = options;
	}

	tick(seconds: number): void {
		this.second += seconds;
	}

	private now(): string {
		return new Date(Date.UTC(2026, 0, 1) + this.second * 1000).toISOString().replace('.000Z', '+00:00');
	}

	private newId(): string {
		this.ids += 1;
		return `46000000000${String(1000000 + this.ids)}`;
	}

	saveItem(record: JsonObject): JsonObject {
		const item_id = text(record.item_id) || this.newId();
		for (const other of this.items.values()) {
			if (other.item_id !== item_id && record.name !== undefined && other.name === record.name)
				throw new Error(`1001 ${text(record.name)}`);
		}
		const saved = { ...this.items.get(item_id), ...structuredClone(record), item_id, last_modified_time: this.now() };
		this.items.set(item_id, saved);
		this.pending.push({ system: 'books', snapshot: structuredClone(saved) });
		return saved;
	}

	saveProduct(record: JsonObject): string {
		const id = text(record.id) || this.newId();
		const link = text(record[linkField]);
		for (const other of this.products.values()) {
			if (link && other.id !== id && other[linkField] === link) throw new Error(`DUPLICATE_DATA ${link}`);
		}
		if (text(record[markField]).length > 2000) throw new Error('mark too long');
		const given = structuredClone(record);
		if ('Unit_Price' in given) given.Unit_Price = inCents(given.Unit_Price);
		this.products.set(id, { ...this.products.get(id), ...given, id, Modified_Time: this.now() });
		this.pending.push({ system: 'crm', id });
		return id;
	}

	poll(): void {
		for (const snapshot of this.items.values())
			this.pending.push({ system: 'books', snapshot: structuredClone(snapshot) });
		for (const id of this.products.keys()) this.pending.push({ system: 'crm', id });
	}

	deliver(events: FlatEvent[]): void {
		const fromBooks = events.flatMap((event) => (event.system === 'books' ? [event.snapshot] : []));
		const fromCrm = events.flatMap((event) => (event.system === 'crm' ? [event.id] : []));
		if (fromBooks.length > 0) this.toCrm(fromBooks);
		if (fromCrm.length > 0) this.toBooks([...new Set(fromCrm)]);
	}

	/** Delivers until nothing is left; how many rounds that took. */
	settle(most: number): number {
		let rounds = 0;
		for (; this.pending.length > 0 && rounds < most; rounds += 1) {
			const events = this.pending;
			this.pending = [];
			this.tick(1);
			this.deliver(events);
		}
		return rounds;
	}

	private toCrm(snapshots: JsonObject[]): void {
		const items = snapshots.map((source, inputIndex) => {
			const record = Object.fromEntries(paths.map((path) => [fields[path], source[path] ?? '']));
			return {
				inputIndex,
				record,
				rules: this.rules('Product_Code', 'Product_Name', record),
				link: text(source.item_id),
				source,
				sourceModified: text(source.last_modified_time),
				sourceFields: [...paths],
			};
		});
		const wanted = crmLookups(items);
		const found = [...this.products.values()].filter((product) =>
			wanted.some(({ field, values }) => values.includes(text(product[field]))),
		);
		for (const { output, record } of planCrm(items, structuredClone(found), this.planOptions(this.options.toCrm))) {
			if (output === 'review') this.reviews += 1;
			if (output !== 'new' && output !== 'changed') continue;
			this.writes.crm += 1;
			this.saveProduct(record);
		}
	}

	private toBooks(ids: string[]): void {
		const items = ids.map((id, inputIndex) => {
			const source = structuredClone(this.products.get(id) ?? {});
			const record = Object.fromEntries(paths.map((path) => [path, source[fields[path]] ?? '']));
			return {
				inputIndex,
				module: 'Products',
				source,
				record,
				rules: this.rules('sku', 'name', record),
				sourceModified: text(source.Modified_Time),
				sourceFields: Object.values(fields),
			};
		});
		const known = noFlatKnowledge();
		const options = this.planOptions(this.options.toBooks);
		let plan = planFlat(items, known, itemKind, options);
		for (let round = 0; !plan.complete; round += 1) {
			if (round > 5) throw new Error('planned in circles');
			for (const id of plan.needs.ids) {
				this.reads += 1;
				known.records.set(id, structuredClone(this.items.get(id)));
			}
			for (const search of plan.needs.searches) {
				const rows = [...this.items.values()].filter((item) => item[search.field] === search.value);
				known.searches.set(searchKey(search), structuredClone(rows));
			}
			for (const row of [...known.searches.values()].flat()) {
				const owner = [...this.products.values()].find((product) => product[linkField] === row.item_id);
				known.linkedTo.set(text(row.item_id), text(owner?.id));
			}
			plan = planFlat(items, known, itemKind, options);
		}
		for (const { output, record, match } of plan.entries) {
			if (output === 'review') this.reviews += 1;
			else this.link(match, output === 'unchanged' ? undefined : this.writeItem(record));
		}
	}

	private writeItem(record: JsonObject): JsonObject {
		this.writes.books += 1;
		return this.saveItem(record);
	}

	private link(match: MatchResult, written: JsonObject | undefined): void {
		const { links, problems } = linkRecords(match, written);
		if (problems.length > 0) throw new Error(problems.join());
		for (const { record } of links) {
			this.writes.crm += 1;
			this.saveProduct(record);
		}
	}

	private rules(code: string, name: string, record: JsonObject): MatchRule[] {
		return [code, name].map((field): MatchRule => ({ kind: 'field', field, value: record[field] }));
	}

	private planOptions(policy: ConflictPolicy) {
		return { policy, overwriteBlank: this.options.overwriteBlank };
	}

	/** What differs between records that stand for each other, and records that stand alone or twice. */
	differences(): string[] {
		const out: string[] = [];
		for (const item of this.items.values()) {
			const twins = [...this.products.values()].filter((product) => product[linkField] === item.item_id);
			if (twins.length !== 1) out.push(`item ${text(item.item_id)} has ${twins.length} Products`);
			for (const path of paths) {
				const [here, there] = [inCents(item[path]), twins[0]?.[fields[path]]].map((value) => String(value ?? ''));
				if (twins[0] && here !== there) out.push(`${path}: ${here} ≠ ${there}`);
			}
		}
		const unlinked = [...this.products.values()].filter((product) => !product[linkField]);
		return [...out, ...unlinked.map(({ id }) => `Product ${text(id)} is not linked`)];
	}
}
