import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { CrmRefusal, type CrmFault, fault, faults } from './errors.mts';
import { type Edition, type FieldSpec, module_ } from './modules.mts';
import { isObject, type Json } from './values.mts';

/**
 * `POST /settings/modules`: https://www.zoho.com/crm/developer/docs/api/v8/create-custom-module-api.html and the examples of Zoho's OpenAPI file for
 * modules. Its patterns for labels and names allow letters and digits only; the page allows spaces in labels and underscores in API names.
 */

/** Credits that making a module costs. */
export const moduleCredits = 500;

const longestLabel = 25;
const longestName = 50;
/** Custom modules by edition; sources differ from year to year. */
const most: Record<Edition, number> = {
	free: 0,
	standard: 10,
	professional: 25,
	enterprise: 200,
	ultimate: 500,
};
const reserved = new Set([
	'users',
	'settings',
	'org',
	'coql',
	'actions',
	'activities',
	'attachments',
	'emails',
	'tags',
]);

const wrong = (item: CrmFault): never => {
	throw new CrmRefusal(400, item, 'modules');
};
const bad = (name: string, path: string, message = 'invalid data', details: Json = {}): never =>
	wrong(fault('INVALID_DATA', message, { ...details, api_name: name, json_path: path }));

function textOf(entry: Json, name: string, path: string, limit: number): string {
	const value = entry[name];
	if (value === undefined || value === null || value === '')
		return wrong(faults.mandatory(name, `${path}.${name}`));
	if (typeof value !== 'string') return wrong(faults.type('text', name, `${path}.${name}`));
	const text = value.trim();
	return text.length > limit ? wrong(faults.tooLong(limit, name, `${path}.${name}`)) : text;
}

function labelOf(call: CrmCall, entry: Json, name: 'singular_label' | 'plural_label', path: string): string {
	const label = textOf(entry, name, path, longestLabel);
	if (!/^[\p{L}\p{N} ]+$/u.test(label)) return bad(name, `${path}.${name}`);
	const key = name === 'singular_label' ? 'singular' : 'plural';
	const twin = [...call.org.modules.values()].some(
		({ spec }) => spec[key].toLowerCase() === label.toLowerCase(),
	);
	// The only refusals that are not put into a list, as the examples show.
	if (twin)
		throw new CrmRefusal(
			400,
			fault('DUPLICATE_DATA', `A module with this ${key} label already exists.`, {
				api_name: name,
				json_path: `${path}.${name}`,
			}),
		);
	return label;
}

/** As asked for, else from the plural label. Begins with a letter, ends without an underscore, never has two of them in a row. */
function apiNameOf(call: CrmCall, entry: Json, plural: string, path: string): string {
	const at = `${path}.api_name`;
	const asked = Object.hasOwn(entry, 'api_name')
		? entry['api_name']
		: plural.replaceAll(/[^A-Za-z0-9]+/g, '_');
	if (typeof asked !== 'string' || asked === '') return bad('api_name', at);
	if (asked.length > longestName) return wrong(faults.tooLong(longestName, 'api_name', at));
	const name = asked.trim().replaceAll(' ', '_');
	if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || name.endsWith('_') || name.includes('__'))
		return bad('api_name', at);
	const details = { api_name: 'api_name', json_path: at };
	if (reserved.has(name.toLowerCase()))
		return wrong(
			fault('RESERVED_KEYWORD_NOT_ALLOWED', 'The api_name contains a reserved system keyword.', details),
		);
	if ([...call.org.modules.keys()].some((other) => other.toLowerCase() === name.toLowerCase()))
		return wrong(fault('DUPLICATE_DATA', 'A module with the provided api_name already exists.', details));
	return name;
}

function checkProfiles(call: CrmCall, entry: Json, path: string): void {
	const { profiles } = entry;
	if (!Array.isArray(profiles) || profiles.length === 0)
		wrong(faults.mandatory('profiles', `${path}.profiles`));
	for (const [index, profile] of (profiles as unknown[]).entries()) {
		const at = `${path}.profiles[${index}].id`;
		const id = isObject(profile) ? profile['id'] : undefined;
		if (id === undefined) wrong(faults.mandatory('id', at));
		if (!call.org.profiles.some((known) => known.id === id)) bad('id', at);
	}
}

/** The field that names a record: `Name`, a text unless numbers are asked for. */
function displayField(entry: Json, singular: string, path: string): FieldSpec {
	const asked = isObject(entry['display_field']) ? entry['display_field'] : {};
	const at = `${path}.display_field`;
	const label =
		asked['field_label'] === undefined ? `${singular} Name` : textOf(asked, 'field_label', at, 50);
	const type = asked['data_type'] ?? 'text';
	if (type === 'text') return { name: 'Name', label, type, length: 120, mandatory: true };
	if (type !== 'autonumber') return bad('data_type', `${at}.data_type`);
	const numbering = asked['auto_number'];
	if (!isObject(numbering))
		return wrong(
			fault('DEPENDENT_FIELD_MISSING', 'autonumber data is not found', {
				api_name: 'auto_number',
				json_path: `${at}.auto_number`,
			}),
		);
	const start = Number(textOf(numbering, 'start_number', `${at}.auto_number`, 16));
	if (!Number.isSafeInteger(start)) return bad('start_number', `${at}.auto_number.start_number`);
	const part = (name: string) => (typeof numbering[name] === 'string' ? numbering[name] : '');
	return {
		name: 'Name',
		label,
		type: 'autonumber',
		length: 120,
		readOnly: true,
		numbering: { prefix: part('prefix'), start, suffix: part('suffix') },
	};
}

/** Makes one custom module, with the field that names its records. */
export function createModules(call: CrmCall): SimResponse {
	const { org } = call;
	const { modules } = call.json();
	if (!Array.isArray(modules) || modules.length === 0)
		throw new CrmRefusal(400, faults.mandatory('modules', '$.modules'));
	if (modules.length > 1) throw new CrmRefusal(400, faults.tooLong(1, 'modules', '$.modules'));
	const path = '$.modules[0]';
	const entry: unknown = modules[0];
	if (!isObject(entry)) return wrong(faults.type('jsonobject', 'modules', path));
	const singular = labelOf(call, entry, 'singular_label', path);
	const plural = labelOf(call, entry, 'plural_label', path);
	const name = apiNameOf(call, entry, plural, path);
	checkProfiles(call, entry, path);
	const field = displayField(entry, singular, path);
	const limit = most[org.edition];
	const custom = [...org.modules.values()].filter(({ spec }) => spec.generated === 'custom');
	if (custom.length >= limit) {
		throw new CrmRefusal(
			400,
			fault(
				'LIMIT_EXCEEDED',
				'The maximum number of custom modules for your current edition has been reached.',
				{
					limit,
				},
			),
		);
	}
	const spec = module_(name, singular, 'Name', 'standard', [field], { generated: 'custom', plural });
	const { id } = org.open(spec);
	return {
		status: 201,
		json: {
			modules: [
				{ code: 'SUCCESS', details: { id }, message: 'module created successfully', status: 'success' },
			],
		},
	};
}
