import type { TenantOptions } from '../types.mts';
import { invalid, refuse } from './errors.mts';
import { isObject, type Json, readText } from './values.mts';

/** A custom field as an administrator makes it in Books' settings. */
export type CustomFieldSpec = NonNullable<NonNullable<TenantOptions['books']>['customFields']>[number];

export type CustomFieldEntity = NonNullable<CustomFieldSpec['entity']>;

export interface CustomField extends Required<CustomFieldSpec> {
	id: string;
	index: number;
}

export class CustomFields {
	readonly all: CustomField[];
	readonly #entity: CustomFieldEntity;

	/** @param specs those of all entities; `entity` says whose are taken */
	constructor(specs: readonly CustomFieldSpec[], newId: () => string, entity: CustomFieldEntity = 'contact') {
		this.#entity = entity;
		const own = specs.filter((spec) => (spec.entity ?? 'contact') === entity);
		this.all = own.map((spec, place) => ({
			dataType: 'string',
			unique: false,
			...spec,
			entity,
			id: newId(),
			index: place + 1,
		}));
	}

	unique(apiName: string): CustomField | undefined {
		return this.all.find((field) => field.apiName === apiName && field.unique);
	}

	/** A request names a field by api_name, customfield_id, index or label; what it does not name stays. */
	apply(
		values: Map<string, unknown>,
		list: unknown,
		others: ReadonlyArray<ReadonlyMap<string, unknown>>,
	): void {
		if (!Array.isArray(list)) return invalid('custom_fields');
		for (const entry of list) {
			if (!isObject(entry)) return invalid('custom_fields');
			const field = this.#find(entry) ?? invalid('custom_fields');
			const value = readCustom(field, entry['value']);
			if (field.unique && value !== '' && others.some((other) => other.get(field.id) === value)) {
				refuse(
					400,
					120303,
					`The value "${String(value)}" of ${field.label} already exists. Please specify a different value.`,
				);
			}
			values.set(field.id, value);
		}
	}

	#find(entry: Json): CustomField | undefined {
		return this.all.find(
			(field) =>
				entry['api_name'] === field.apiName ||
				entry['customfield_id'] === field.id ||
				entry['field_id'] === field.id ||
				(entry['index'] !== undefined && Number(entry['index']) === field.index) ||
				entry['label'] === field.label,
		);
	}

	/** `custom_fields`, `custom_field_hash` and the flattened `cf_…` keys. Fields without a value are left out. */
	render(values: ReadonlyMap<string, unknown>): { list: Json[]; hash: Json; flat: Json } {
		const set = this.all.filter((field) => (values.get(field.id) ?? '') !== '');
		const shown = (field: CustomField) => String(values.get(field.id));
		const flat = Object.fromEntries(
			set.flatMap((field) => [
				[field.apiName, shown(field)],
				[`${field.apiName}_unformatted`, values.get(field.id)],
			]),
		) as Json;
		return {
			flat,
			hash: { ...flat },
			list: set.map((field) => ({
				field_id: field.id,
				customfield_id: field.id,
				show_in_store: false,
				show_in_portal: false,
				is_active: true,
				index: field.index,
				label: field.label,
				show_on_pdf: false,
				edit_on_portal: false,
				edit_on_store: false,
				api_name: field.apiName,
				show_in_all_pdf: false,
				value_formatted: shown(field),
				search_entity: this.#entity,
				data_type: field.dataType,
				placeholder: `cf_${field.apiName.replace(/^cf_/, '')}`,
				value: values.get(field.id),
				is_dependent_field: false,
			})),
		};
	}
}

function readCustom(field: CustomField, value: unknown): unknown {
	if (value === null || value === undefined || value === '') return '';
	if (field.dataType === 'check_box') return value === true || value === 'true';
	if (field.dataType !== 'number') return readText(field.label, value);
	const number = Number(value);
	return Number.isFinite(number) ? number : invalid(field.label);
}
