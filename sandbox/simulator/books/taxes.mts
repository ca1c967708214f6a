import { exact, sum, toNumber } from '../crm/exact.mts';
import { invalid, refuse } from './errors.mts';
import { type Json, readText, readValue } from './values.mts';

export interface TaxPart {
	id: string;
	name: string;
	percentage: number;
}

/** A tax, or a group of taxes. A single tax has itself as its only part. */
export interface TaxInfo extends TaxPart {
	isGroup: boolean;
	parts: TaxPart[];
}

/** What taxes need of the organization. */
export interface TaxSurroundings {
	newId(): string;
	/** Whether an item or a document has it. */
	isTaxUsed(id: string): boolean;
}

/** The taxes of one organization: https://www.zoho.com/books/api/v3/taxes. Zoho's codes for refusals are not known, save those for invalid values. */
export class TaxStore {
	readonly byId = new Map<string, TaxInfo>();
	readonly #org: TaxSurroundings;

	constructor(org: TaxSurroundings, taxes: ReadonlyArray<{ name: string; percentage: number }> = []) {
		this.#org = org;
		for (const { name, percentage } of taxes) this.create({ tax_name: name, tax_percentage: percentage });
	}

	get(id: string): TaxInfo {
		return this.byId.get(id) ?? refuse(404, 1002, 'Tax does not exist.');
	}

	single(id: string): TaxInfo {
		const tax = this.get(id);
		return tax.isGroup ? refuse(404, 1002, 'Tax does not exist.') : tax;
	}

	group(id: string): TaxInfo {
		const tax = this.byId.get(id);
		return tax?.isGroup ? tax : refuse(404, 1002, 'Tax group does not exist.');
	}

	create(body: Json): TaxInfo {
		return this.#saveSingle(this.#org.newId(), body);
	}

	/** Documents keep the tax as it was when their lines were written. */
	update(id: string, body: Json): TaxInfo {
		const { name, percentage } = this.single(id);
		const saved = this.#saveSingle(id, { tax_name: name, tax_percentage: percentage, ...body });
		const part = { id, name: saved.name, percentage: saved.percentage };
		for (const other of this.byId.values()) {
			if (!other.isGroup || !other.parts.some((one) => one.id === id)) continue;
			const parts = other.parts.map((one) => (one.id === id ? part : one));
			this.byId.set(other.id, { ...other, parts, percentage: whole(parts) });
		}
		return saved;
	}

	createGroup(body: Json): TaxInfo {
		return this.#saveGroup(this.#org.newId(), body);
	}

	updateGroup(id: string, body: Json): TaxInfo {
		const { name, parts } = this.group(id);
		const before = { tax_group_name: name, taxes: parts.map((part) => part.id).join(',') };
		return this.#saveGroup(id, { ...before, ...body });
	}

	remove({ id }: TaxInfo): void {
		const isPart = [...this.byId.values()].some(
			(tax) => tax.isGroup && tax.parts.some((part) => part.id === id),
		);
		if (isPart || this.#org.isTaxUsed(id))
			refuse(400, 1005, 'This tax is in use. It can only be marked as inactive.');
		this.byId.delete(id);
	}

	#saveSingle(id: string, body: Json): TaxInfo {
		const name = this.#freeName('tax_name', body['tax_name'], id);
		const percentage = readValue('tax_percentage', { kind: 'number' }, body['tax_percentage']);
		if (typeof percentage !== 'number' || percentage < 0 || percentage > 100)
			return invalid('tax_percentage');
		const own = { id, name, percentage };
		const tax = { ...own, isGroup: false, parts: [own] };
		this.byId.set(id, tax);
		return tax;
	}

	#saveGroup(id: string, body: Json): TaxInfo {
		const name = this.#freeName('tax_group_name', body['tax_group_name'], id);
		const ids = readText('taxes', body['taxes']).split(',').filter(Boolean);
		if (ids.length < 2) return invalid('taxes');
		const parts = ids.flatMap((one) => this.single(one.trim()).parts);
		const group = { id, name, percentage: whole(parts), isGroup: true, parts };
		this.byId.set(id, group);
		return group;
	}

	#freeName(field: string, value: unknown, own: string): string {
		const name = readText(field, value, 100) || invalid(field);
		if ([...this.byId.values()].some((tax) => tax.id !== own && tax.name === name))
			refuse(400, 1004, `The tax "${name}" already exists.`);
		return name;
	}
}

const whole = (parts: readonly TaxPart[]) => toNumber(sum(parts.map(({ percentage }) => exact(percentage))));

export function shownTax({ id, name, percentage, isGroup }: TaxInfo): Json {
	return {
		tax_id: id,
		tax_name: name,
		tax_name_formatted: `${name} [${percentage}%]`,
		tax_percentage: percentage,
		tax_percentage_formatted: `${percentage}%`,
		tax_type: isGroup ? 'tax_group' : 'tax',
		tax_specific_type: '',
		is_value_added: true,
		is_default_tax: false,
		is_editable: true,
		status: 'Active',
	};
}

export function shownGroup({ id, name, percentage, parts }: TaxInfo): Json {
	return {
		tax_group_id: id,
		tax_group_name: name,
		tax_group_percentage: percentage,
		taxes: parts.map((part) => ({
			tax_id: part.id,
			tax_name: part.name,
			tax_percentage: part.percentage,
			tax_type: 'tax',
		})),
	};
}
