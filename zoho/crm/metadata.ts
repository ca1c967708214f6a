/** What a CRM account looks like: modules, fields, organization, user. Sources: CRM v8 "Modules", "Fields", "Organization", "Users" APIs. */

import type { ZohoClient } from '../client';
import { refusal } from '../errors';
import { asObject, isObject, numberOf, objectsOf, text } from '../json';
import type { JsonObject, ZohoCall } from '../types';
import { crmRoot } from './read';

/** A custom field that must be there. CRM makes the API name from the label: `Zoho Books ID` becomes `Zoho_Books_ID`. */
export interface CustomField {
	/** At most 25 characters. */
	label: string;
	/** What CRM makes of the label; derived when left out. */
	apiName?: string;
	type: CustomFieldType;
	/** For `text`; default 255. */
	length?: number;
	/** For `text`: no two records with the same value, whatever its case. */
	unique?: boolean;
	/** For `picklist`: its values, at least one. */
	values?: readonly string[];
	/** Shown at the field's information sign; at most 255 characters. */
	help?: string;
}

/** Zoho's names of types. `text` is one line; `textarea` the large kind (32000 characters); `double` a number with decimals. */
export const customFieldTypes = ['boolean', 'currency', 'date', 'double', 'picklist', 'text', 'textarea'] as const;
export type CustomFieldType = (typeof customFieldTypes)[number];

export interface EnsuredField {
	apiName: string;
	state: 'existed' | 'created';
	id: string;
	/** What is wrong with the field as it stands, for people; empty when it is as asked. */
	problems: string[];
}

async function list(client: ZohoClient, call: Omit<ZohoCall, 'method'>, key: string): Promise<JsonObject[]> {
	const reply = await client.request({ ...call, method: 'GET' });
	return objectsOf(asObject(reply.body)[key]);
}

/** The modules that the connected user may see. `api_supported`, `creatable` and the like say what can be done with each. */
export async function listModules(client: ZohoClient): Promise<JsonObject[]> {
	const call = {
		path: `${crmRoot}/settings/modules`,
		subject: 'the modules',
		scope: 'ZohoCRM.settings.modules.READ',
	};
	return await list(client, call, 'modules');
}

/** The fields of a module, custom ones included. */
export async function listFields(client: ZohoClient, module: string): Promise<JsonObject[]> {
	const call = {
		path: `${crmRoot}/settings/fields`,
		query: { module },
		subject: `the fields of ${module}`,
		scope: 'ZohoCRM.settings.fields.READ',
	};
	return await list(client, call, 'fields');
}

/** The CRM organization: `zgid`, `license_details`, `time_zone` … */
export async function getOrg(client: ZohoClient): Promise<JsonObject> {
	const call = { path: `${crmRoot}/org`, subject: 'the organization', scope: 'ZohoCRM.org.READ' };
	return asObject((await list(client, call, 'org'))[0]);
}

/**
 * Makes sure that a module has a custom field, and says what is wrong with the one it has. An existing field is never changed.
 * @throws ZohoError when the field cannot be made
 */
export async function ensureField(
	client: ZohoClient,
	module: string,
	spec: CustomField,
): Promise<EnsuredField> {
	const existing = await findField(client, module, spec);
	if (existing) return { ...described(existing, spec), state: 'existed' };
	await createField(client, module, spec);
	let created = await findField(client, module, spec);
	if (created && spec.unique && !isUnique(created)) {
		await makeUnique(client, module, created);
		created = await findField(client, module, spec);
	}
	if (created) return { ...described(created, spec), state: 'created' };
	const call = createCall(module, spec, spec.unique ? uniqueSpellings[0] : undefined);
	const message = `the field "${spec.label}" was made, but ${module} does not list it`;
	throw refusal(
		call,
		'field-not-listed',
		message,
		'Look at the fields of the module in Zoho CRM, then run this again.',
	);
}

function apiNameOf(spec: CustomField): string {
	return spec.apiName ?? spec.label.trim().replace(/[^A-Za-z0-9]+/g, '_');
}

async function findField(
	client: ZohoClient,
	module: string,
	spec: CustomField,
): Promise<JsonObject | undefined> {
	const name = apiNameOf(spec);
	const fields = await listFields(client, module);
	return (
		fields.find((field) => text(field.api_name) === name) ??
		fields.find((field) => field.custom_field === true && text(field.field_label) === spec.label)
	);
}

function described(field: JsonObject, spec: CustomField): Omit<EnsuredField, 'state'> {
	const apiName = text(field.api_name);
	const problems: string[] = [];
	if (apiName !== apiNameOf(spec)) problems.push(`its API name is ${apiName}, not ${apiNameOf(spec)}`);
	const type = text(field.data_type);
	if (type !== spec.type) problems.push(`its type is ${type}, not ${spec.type}`);
	if (spec.unique && !isUnique(field))
		problems.push('it allows the same value twice; switch on "Do not allow duplicate values"');
	const lacking = lackingValues(field, spec);
	if (lacking.length > 0) problems.push(`it lacks the values ${lacking.map((value) => `"${value}"`).join(', ')}`);
	const length = numberOf(field.length);
	const needed = spec.type === 'textarea' ? 32_000 : (spec.length ?? 0);
	if (length !== undefined && length < needed)
		problems.push(`it holds ${length} characters; ${needed} are needed`);
	return { apiName, id: text(field.id), problems };
}

function lackingValues(field: JsonObject, { type, values = [] }: CustomField): string[] {
	if (type !== 'picklist') return [];
	const there = objectsOf(field.pick_list_values).flatMap((value) => [text(value.display_value), text(value.actual_value)]);
	return values.filter((value) => !there.includes(value));
}

/** `unique` is an object with the case rule for a unique field and an empty one (or false) for any other. */
function isUnique(field: JsonObject): boolean {
	return field.unique === true || (isObject(field.unique) && Object.keys(field.unique).length > 0);
}

/** Zoho's OpenAPI file and its other pages spell the key differently; the wrong one may be refused or not seen at all. */
const uniqueSpellings = [{ case_sensitive: false }, { casesensitive: false }] as const;

/** For a field that was just made, but without the uniqueness asked for. If this is refused, the field's problems tell. */
async function makeUnique(client: ZohoClient, module: string, field: JsonObject): Promise<void> {
	await client.attempt({
		method: 'PATCH',
		path: `${crmRoot}/settings/fields/${encodeURIComponent(text(field.id))}`,
		query: { module },
		body: { fields: [{ unique: uniqueSpellings[1] }] },
		subject: `the field "${text(field.field_label)}" of ${module}`,
		scope: 'ZohoCRM.settings.fields.UPDATE',
	});
}

function createCall(module: string, spec: CustomField, unique?: JsonObject): ZohoCall {
	const { label, type, help } = spec;
	return {
		method: 'POST',
		path: `${crmRoot}/settings/fields`,
		query: { module },
		body: {
			fields: [
				{
					field_label: label,
					data_type: type,
					...particularsOf(spec),
					...(unique && { unique }),
					...(help && { tooltip: { name: 'info_icon', value: help } }),
				},
			],
		},
		subject: `the field "${label}" of ${module}`,
		scope: 'ZohoCRM.settings.fields.CREATE',
		// A second field of the same label is refused, and what exists is looked up afterwards.
		repeatable: true,
	};
}

/** What a type needs beside label and name; of the others CRM knows the usual length and decimals itself. */
function particularsOf({ type, length = 255, values = [] }: CustomField): JsonObject {
	if (type === 'text') return { length };
	if (type === 'textarea') return { textarea: { type: 'large' } };
	if (type === 'picklist') return { pick_list_values: values.map((value) => ({ display_value: value, actual_value: value })) };
	return {};
}

async function createField(client: ZohoClient, module: string, spec: CustomField): Promise<void> {
	const spellings = spec.unique ? uniqueSpellings : [undefined];
	for (const [attempt, spelling] of spellings.entries()) {
		const { error } = await client.attempt(createCall(module, spec, spelling));
		if (!error || error.intent === 'duplicate') return;
		const isSpelling = /^(unique|case_?sensitive)$/.test(error.fault.field ?? '');
		if (!isSpelling || attempt === spellings.length - 1) throw error;
	}
}
