import { invalid, refuse } from './errors.mts';
import type { BooksOrg } from './org.mts';
import { type BooksRoute, id, success } from './route.mts';
import { type Json, readText } from './values.mts';

/** Tax authorities and tax exemptions. Methods, paths, scopes and messages after Zoho's OpenAPI file taxes.yml. */

interface Setting {
	/** Key of one, and what its id, name and messages are made of. */
	key: 'tax_authority' | 'tax_exemption';
	list: string;
	path: string;
	name: string;
	/** Without which none is made; of exemptions an update needs them, too. */
	needs: readonly string[];
	always: boolean;
	fields: Record<string, number>;
	added: 200 | 201;
	says: { added: string; saved: string; deleted: string };
}

const settings: readonly Setting[] = [
	{
		key: 'tax_authority',
		list: 'tax_authorities',
		path: '/settings/taxauthorities',
		name: 'tax_authority_name',
		needs: ['tax_authority_name'],
		always: false,
		fields: { tax_authority_name: 100, description: 500, registration_number: 50, registration_number_label: 50 },
		added: 201,
		says: { added: 'Tax Authority has been added.', saved: 'Tax Authority information has been updated.', deleted: 'Tax authority has been deleted.' },
	},
	{
		key: 'tax_exemption',
		list: 'tax_exemptions',
		path: '/settings/taxexemptions',
		name: 'tax_exemption_code',
		needs: ['tax_exemption_code', 'type'],
		always: true,
		fields: { tax_exemption_code: 100, description: 500, type: 20 },
		added: 200,
		says: { added: 'Tax Exemption has been added.', saved: 'Tax Exemption has been updated.', deleted: 'Tax exemption has been deleted successfully.' },
	},
];

const stores = new WeakMap<BooksOrg, Record<string, Map<string, Json>>>();

function storeOf(org: BooksOrg, key: string): Map<string, Json> {
	const own = stores.get(org) ?? {};
	stores.set(org, own);
	return (own[key] ??= new Map());
}

/** The whole record with what the body names; names are free, and types are one of two. */
function read({ key, name, fields, needs }: Setting, body: Json, before: Json, org: BooksOrg): Json {
	const given = Object.entries(fields).filter(([field]) => field in body);
	const record: Json = { ...before, ...Object.fromEntries(given.map(([field, most]) => [field, readText(field, body[field], most)])) };
	for (const field of needs) if (String(record[field] ?? '') === '') invalid(field);
	if ('type' in fields && !['customer', 'item'].includes(String(record['type']))) invalid('type');
	const isTaken = [...storeOf(org, key).values()].some((one) => one[name] === record[name] && one[`${key}_id`] !== record[`${key}_id`]);
	return isTaken ? refuse(400, 1004, `"${String(record[name])}" already exists.`) : record;
}

function routesOf(setting: Setting): BooksRoute[] {
	const { key, list, path, always, needs, added, says } = setting;
	const fields = Object.keys(setting.fields);
	const idField = `${key}_id`;
	const find = (org: BooksOrg, wanted: string): Json => storeOf(org, key).get(wanted) ?? refuse(404, 1002, 'The record does not exist.');
	const blank = Object.fromEntries(fields.map((field) => [field, '']));
	const save = (org: BooksOrg, record: Json) => storeOf(org, key).set(String(record[idField]), record);
	return [
		{ method: 'GET', path, scope: 'settings.READ', answer: ({ org }) => success({ [list]: [...storeOf(org, key).values()] }) },
		{
			method: 'POST',
			path,
			scope: 'settings.CREATE',
			fields,
			answer: (call) => {
				const record = read(setting, call.body(), { ...blank, [idField]: call.org.newId() }, call.org);
				save(call.org, record);
				return success({ [key]: record }, says.added, added);
			},
		},
		{ method: 'GET', path: `${path}/{}`, scope: 'settings.READ', answer: (call) => success({ [key]: find(call.org, id(call)) }) },
		{
			method: 'PUT',
			path: `${path}/{}`,
			scope: 'settings.UPDATE',
			fields,
			answer: (call) => {
				const body = call.body();
				if (always) for (const field of needs) if (!(field in body)) invalid(field);
				const record = read(setting, body, find(call.org, id(call)), call.org);
				save(call.org, record);
				return success({ [key]: record }, says.saved);
			},
		},
		{
			method: 'DELETE',
			path: `${path}/{}`,
			scope: 'settings.DELETE',
			answer: (call) => {
				find(call.org, id(call));
				storeOf(call.org, key).delete(id(call));
				return success({}, says.deleted);
			},
		},
	];
}

export const taxSettingRoutes: readonly BooksRoute[] = settings.flatMap(routesOf);
