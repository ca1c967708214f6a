import type { CustomFields } from './customFields.mts';
import { invalid, refuse } from './errors.mts';
import type { Kind } from './fields.mts';
import { type Json, readText, readValue } from './values.mts';

export interface Item {
	id: string;
	name: string;
	rate: number;
	/** Fields as they were set, other than name, rate and custom fields. */
	fields: Json;
	/** Field id → value. */
	custom: Map<string, unknown>;
	active: boolean;
	source: 'api' | 'user';
	createdAt: number;
	modifiedAt: number;
}

/** Settable fields besides name, rate and custom_fields, after Zoho's OpenAPI file items.yml; `unit` as recorded. */
export const itemFields: Record<string, { kind: Kind; most?: number }> = {
	description: { kind: 'text', most: 2000 },
	sku: { kind: 'text', most: 100 },
	unit: { kind: 'text', most: 100 },
	tax_id: { kind: 'id' },
	product_type: { kind: 'text' },
	item_type: { kind: 'text' },
	is_taxable: { kind: 'boolean' },
	tax_exemption_id: { kind: 'id' },
	purchase_tax_exemption_id: { kind: 'id' },
	purchase_description: { kind: 'text', most: 2000 },
	purchase_rate: { kind: 'number' },
	purchase_account_id: { kind: 'id' },
	inventory_account_id: { kind: 'id' },
	account_id: { kind: 'id' },
	vendor_id: { kind: 'id' },
	hsn_or_sac: { kind: 'text' },
	sat_item_key_code: { kind: 'text' },
	unitkey_code: { kind: 'text' },
	reorder_level: { kind: 'text' },
};
const accountFields = ['account_id', 'purchase_account_id', 'inventory_account_id'];
const itemTypes = ['sales', 'purchases', 'sales_and_purchases', 'inventory'];
const productTypes = ['goods', 'service', 'digital_service'];

/** What items need of the organization. */
export interface ItemSurroundings {
	now(): number;
	newId(): string;
	readonly customFields: CustomFields;
	taxExists(id: string): boolean;
	/** Refuses one that is not there, or inactive. */
	account(field: string, value: unknown, before?: string): unknown;
	/** Whether a document has it. */
	isUsed(itemId: string): boolean;
}

/** The items of one organization: https://www.zoho.com/books/api/v3/items. Its codes for names and SKUs that are taken are those of community reports. */
export class ItemStore {
	readonly byId = new Map<string, Item>();
	readonly #org: ItemSurroundings;

	constructor(org: ItemSurroundings) {
		this.#org = org;
	}

	/** Refuses with 404 code 1002 when there is none. */
	get(itemId: string): Item {
		return this.byId.get(itemId) ?? refuse(404, 1002, 'Item does not exist.');
	}

	create(body: Json, source: Item['source']): Item {
		const now = this.#org.now();
		const item: Item = {
			id: this.#org.newId(),
			name: '',
			rate: 0,
			fields: {},
			custom: new Map(),
			active: true,
			source,
			createdAt: now,
			modifiedAt: now,
		};
		this.#apply(item, { name: undefined, rate: undefined, ...body });
		this.byId.set(item.id, item);
		return item;
	}

	/** Changes what the body names. */
	update(itemId: string, body: Json): Item {
		const draft = structuredClone(this.get(itemId));
		this.#apply(draft, body);
		draft.modifiedAt = this.#org.now();
		this.byId.set(itemId, draft);
		return draft;
	}

	remove(itemId: string): Item {
		const item = this.get(itemId);
		if (this.#org.isUsed(itemId))
			refuse(
				400,
				2014,
				'Items which are a part of transactions cannot be deleted. Instead, mark them as inactive.',
			);
		this.byId.delete(itemId);
		return item;
	}

	setActive(itemId: string, active: boolean): Item {
		const item = this.get(itemId);
		item.active = active;
		item.modifiedAt = this.#org.now();
		return item;
	}

	/** Whether an item names the account or tax. */
	uses(id: string): boolean {
		return [...this.byId.values()].some(({ fields }) => Object.values(fields).includes(id));
	}

	#apply(item: Item, body: Json): void {
		if ('name' in body) item.name = readText('name', body['name'], 100) || invalid('name');
		if ('rate' in body) {
			const rate = readValue('rate', { kind: 'number' }, body['rate']);
			item.rate = typeof rate === 'number' ? rate : invalid('rate');
		}
		const text = (name: string) => String(item.fields[name] ?? '');
		for (const name of accountFields)
			if (readText(name, body[name]) !== '') this.#org.account(name, body[name], text(name));
		for (const [name, spec] of Object.entries(itemFields))
			if (name in body) item.fields[name] = readValue(name, spec, body[name]);
		if (text('tax_id') !== '' && !this.#org.taxExists(text('tax_id'))) invalid('tax_id');
		if (text('item_type') !== '' && !itemTypes.includes(text('item_type'))) invalid('item_type');
		if (text('product_type') !== '' && !productTypes.includes(text('product_type'))) invalid('product_type');
		const others = [...this.byId.values()].filter(({ id }) => id !== item.id);
		const isTaken = (value: string, read: (other: Item) => string) =>
			value !== '' && others.some((other) => read(other).toLowerCase() === value.toLowerCase());
		if (isTaken(item.name, ({ name }) => name)) refuse(400, 1001, `Item "${item.name}" already exists.`);
		if (isTaken(text('sku'), ({ fields }) => String(fields['sku'] ?? '')))
			refuse(400, 120124, `The SKU "${text('sku')}" already exists. Please specify a different SKU.`);
		if ('custom_fields' in body) {
			const values = others.map(({ custom }) => custom);
			this.#org.customFields.apply(item.custom, body['custom_fields'], values);
		}
	}
}
