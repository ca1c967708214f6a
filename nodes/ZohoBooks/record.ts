/** What to write: from the form, or as one JSON object. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { asArray, asObject, isObject, numberOf, objectsOf, text } from '../../zoho/json';
import type { JsonObject, JsonValue } from '../../zoho/types';
import type { ReadParameter } from '../shared/declarative';
import { idFrom, recordFrom } from '../shared/given';

/** The parameters of the form that stand beside the collection `fields`, by the field of Zoho they are for. */
export type OwnParameters = Record<string, string>;

/**
 * The record that the parameters of the item describe.
 * @param own parameters with a place of their own in the form; they are left out where they are empty
 * @throws GivenError when the JSON is not an object, or a number in it has lost digits
 */
export function readRecord(read: ReadParameter, own: OwnParameters): JsonObject {
	if (read('inputMode', 'fields') === 'json') return recordFrom(read('record'));
	const fields = Object.entries(asObject(read('fields', {}))).map(([name, value]) => [name, plain(name, value)] as const);
	const others = Object.entries(own)
		.map(([field, parameter]) => [field, plain(field, read(parameter, '') as JsonValue)] as const)
		.filter(([, value]) => (isObject(value) ? Object.keys(value) : Array.isArray(value) ? value : text(value)).length > 0);
	return recordFrom(Object.fromEntries([...others, ...fields]));
}

/** Fields that the form has as text, so that they can be left empty. */
const amounts = new Set(['amount', 'amount_applied', 'quantity', 'rate']);

/** Collections of the form as Zoho takes them: an object for an address, a list for people, lines and custom fields; a day without its time. */
function plain(name: string, value: JsonValue | undefined): JsonValue | undefined {
	if (name.endsWith('_address')) return filled(asObject(asObject(value).address));
	if (name === 'contact_persons') return objectsOf(asObject(value).person).map(filled);
	if (name === 'custom_fields') return customFieldsOf(value);
	if (name === 'line_items') return objectsOf(asObject(value).line).map(lineOf);
	if (name === 'invoices') return objectsOf(asObject(value).invoice).map(lineOf);
	if (name === 'date' || name.endsWith('_date')) return dayOf(value);
	if (amounts.has(name)) return numberOf(value) ?? value;
	return isObject(value) && '__rl' in value ? idFrom(value.value) : value;
}

/** The form gives every field of an address or person, most of them empty. */
function filled(values: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

/** A line; empty fields are left to Zoho. */
function lineOf(values: JsonObject): JsonObject {
	return filled(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(name, value)])));
}

/** Fields of the form by API name (cf_…) or id, as Zoho takes both; those that name no field are left out. */
export function customFieldsOf(value: unknown): JsonObject[] {
	return objectsOf(asObject(value).field).flatMap(({ api_name, value: content }) => {
		const name = idFrom(api_name);
		if (name === '') return [];
		return [{ [/^\d+$/.test(name) ? 'customfield_id' : 'api_name']: name, value: content }];
	});
}

/** `2026-01-31` of a date in whichever form n8n gives it; anything else stays. */
function dayOf(value: JsonValue | undefined): JsonValue | undefined {
	const words = isMoment(value) ? value.toISO() : text(value);
	return /^\d{4}-\d{2}-\d{2}/.test(words) ? words.slice(0, 10) : value;
}

/** n8n's DateTime, which expressions yield; its own time zone says which day it is. */
function isMoment(value: unknown): value is { toISO(): string } {
	return typeof value === 'object' && value !== null && 'toISO' in value && typeof value.toISO === 'function';
}

/** Ids given as a list, or as text with commas between them. */
export function idsFrom(value: unknown): string[] {
	const given = Array.isArray(value) ? asArray(value) : text(value).split(',');
	return given.map((one) => idFrom(one)).filter((id) => id !== '');
}

/** As `readRecord`, for operations that get the whole run. */
export function recordOfItem(context: IExecuteFunctions, index: number, own: OwnParameters): JsonObject {
	return readRecord((name, fallback) => context.getNodeParameter(name, index, fallback), own);
}

/** The record with its id: that of the form field where the form is shown, else its own. Without one when neither tells it. */
export function withId(context: IExecuteFunctions, index: number, record: JsonObject, idField: string, parameter: string): JsonObject {
	const isForm = context.getNodeParameter('inputMode', index, 'fields') === 'fields';
	const given = isForm ? context.getNodeParameter(parameter, index, '', { extractValue: true }) : record[idField];
	const id = idFrom(given);
	return id === '' ? record : { ...record, [idField]: id };
}
