import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { type CrmFault, CrmRefusal, fault, faults, refuse } from './errors.mts';
import type { Edition, FieldSpec, FieldType } from './modules.mts';
import type { ModuleState } from './org.mts';
import { isObject, type Json } from './values.mts';

/** `POST /settings/fields?module=`: https://www.zoho.com/crm/developer/docs/api/v8/create-custom-field.html and Zoho's OpenAPI file. */

const mostPerCall = 5;
const longestLabel = 25;

/** Custom fields per module and unique ones among them. Approximate: Zoho's comparisons of editions differ from year to year. */
const mostCustom: Record<Edition, { fields: number; unique: number }> = {
	free: { fields: 10, unique: 1 },
	standard: { fields: 150, unique: 2 },
	professional: { fields: 155, unique: 3 },
	enterprise: { fields: 500, unique: 10 },
	ultimate: { fields: 1000, unique: 10 },
};

/** Default and longest length per type that can be made. */
const creatable: Partial<Record<FieldType, { length: number; most: number }>> = {
	text: { length: 255, most: 255 },
	textarea: { length: 2000, most: 50_000 },
	email: { length: 100, most: 100 },
	phone: { length: 30, most: 255 },
	website: { length: 450, most: 450 },
	picklist: { length: 120, most: 120 },
	multiselectpicklist: { length: 2000, most: 2000 },
	date: { length: 20, most: 20 },
	datetime: { length: 20, most: 20 },
	integer: { length: 9, most: 9 },
	bigint: { length: 18, most: 18 },
	double: { length: 16, most: 16 },
	currency: { length: 16, most: 16 },
	percent: { length: 5, most: 5 },
	boolean: { length: 5, most: 5 },
	lookup: { length: 120, most: 120 },
};
const areas = { small: 2000, large: 32_000, rich_text: 50_000 } as const;
const canBeUnique: readonly string[] = ['text', 'email', 'phone', 'integer', 'bigint', 'website'];

/** `Zoho Books ID` becomes `Zoho_Books_ID`; a name that is taken gets a number. */
function apiName(label: string, module: ModuleState): string {
	const base = label.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^[_0-9]+|_+$/g, '') || 'Field';
	let name = base;
	for (let n = 1; module.fields.has(name); n++) name = `${base}${n}`;
	return name;
}

function uniqueOf(order: Json): FieldSpec['unique'] {
	const { unique } = order;
	if (unique === true) return { caseSensitive: false };
	return isObject(unique) && 'case_sensitive' in unique
		? { caseSensitive: unique['case_sensitive'] === true }
		: undefined;
}

function areaOf(order: Json): 'small' | 'large' | 'rich_text' {
	const type = isObject(order['textarea']) ? order['textarea']['type'] : undefined;
	return type === 'large' || type === 'rich_text' ? type : 'small';
}

/** The field that an entry of the body asks for, or what is wrong with it. */
function specOf(
	call: CrmCall,
	module: ModuleState,
	order: Json,
	path: string,
): { spec: FieldSpec } | { fault: CrmFault } {
	const bad = (name: string, details: Json = {}) => ({
		fault: fault('INVALID_DATA', 'invalid data', {
			api_name: name,
			json_path: `${path}.${name}`,
			...details,
		}),
	});
	const label = order['field_label'];
	const type = order['data_type'] as FieldType;
	if (label === undefined || label === null || label === '')
		return { fault: faults.mandatory('field_label', `${path}.field_label`) };
	if (typeof label !== 'string') return bad('field_label', { expected_data_type: 'string' });
	if (label.length > longestLabel) return bad('field_label', { maximum_length: longestLabel });
	if (order['data_type'] === undefined) return { fault: faults.mandatory('data_type', `${path}.data_type`) };
	const kind = creatable[type];
	if (!kind) return bad('data_type', { supported_values: Object.keys(creatable) });
	const area = type === 'textarea' ? areaOf(order) : undefined;
	const most = area ? areas[area] : kind.most;
	const length = order['length'] ?? (area ? areas[area] : kind.length);
	if (typeof length !== 'number' || !Number.isInteger(length) || length < 1)
		return bad('length', { expected_data_type: 'integer' });
	if (length > most) return bad('length', { maximum_length: most });
	const unique = uniqueOf(order);
	if (unique && !canBeUnique.includes(type)) return bad('unique');
	const lookup =
		isObject(order['lookup']) && isObject(order['lookup']['module'])
			? order['lookup']['module']['api_name']
			: undefined;
	if (type === 'lookup' && (typeof lookup !== 'string' || !call.org.modules.has(lookup)))
		return bad('lookup');
	const values = Array.isArray(order['pick_list_values'])
		? order['pick_list_values'].map((one: unknown) => String(isObject(one) ? one['display_value'] : one))
		: undefined;
	if (type.endsWith('picklist') && !values?.length)
		return { fault: faults.mandatory('pick_list_values', `${path}.pick_list_values`) };
	if ([...module.fields.values()].some((field) => field.label.toLowerCase() === label.trim().toLowerCase())) {
		return {
			fault: fault('DUPLICATE_DATA', 'duplicate data', {
				api_name: 'field_label',
				json_path: `${path}.field_label`,
			}),
		};
	}
	return {
		spec: {
			name: apiName(label.trim(), module),
			label: label.trim(),
			type,
			length,
			custom: true,
			...(unique ? { unique } : {}),
			...(area ? { area } : {}),
			...(typeof lookup === 'string' ? { lookup } : {}),
			...(values ? { values } : {}),
		},
	};
}

/** Refuses what the edition has no room for. */
function room(call: CrmCall, module: ModuleState, spec: FieldSpec): CrmFault | undefined {
	const most = mostCustom[call.org.edition];
	const custom = [...module.fields.values()].filter((field) => field.custom);
	const unique = custom.filter((field) => field.unique);
	const limit =
		custom.length >= most.fields
			? most.fields
			: spec.unique && unique.length >= most.unique
				? most.unique
				: undefined;
	return limit === undefined ? undefined : fault('LIMIT_EXCEEDED', 'limit exceeded', { limit });
}

/** Creates up to five custom fields. They are there for all records at once, empty. */
export function createFields(call: CrmCall): SimResponse {
	const name = call.query('module');
	if (name === undefined)
		return refuse(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
			param_name: 'module',
		});
	const module =
		call.org.modules.get(name) ??
		refuse(400, 'INVALID_MODULE', 'the module name given seems to be invalid', {});
	if (module.spec.name === 'Notes')
		refuse(400, 'INVALID_MODULE', 'the given module is not supported in api', {});
	const { fields } = call.json();
	if (!Array.isArray(fields) || fields.length === 0)
		throw new CrmRefusal(400, faults.mandatory('fields', '$.fields'));
	if (fields.length > mostPerCall)
		throw new CrmRefusal(400, faults.tooLong(mostPerCall, 'fields', '$.fields'));
	const results = fields.map((order: unknown, index) => {
		const path = `$.fields[${index}]`;
		if (!isObject(order)) return faults.type('jsonobject', 'fields', path);
		const read = specOf(call, module, order, path);
		if ('fault' in read) return read.fault;
		const full = room(call, module, read.spec);
		if (full) return full;
		const id = call.org.newId();
		call.org.addField(module, { ...read.spec, id, createdAt: call.org.now() });
		return { code: 'SUCCESS', details: { id }, message: 'field created', status: 'success' };
	});
	const failed = results.filter((result) => result.status === 'error').length;
	return { status: failed === 0 ? 201 : failed === results.length ? 400 : 207, json: { fields: results } };
}
