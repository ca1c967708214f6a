/** What to write: from the form, or as one JSON object. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { asArray, asObject, isObject, numberOf, objectsOf, text } from '../../zoho/json';
import type { JsonObject, JsonValue } from '../../zoho/types';
import type { ReadParameter } from '../shared/declarative';
import { GivenError, idFrom, jsonFrom, recordFrom } from '../shared/given';
import type { DescribedField } from './described';
import { idOfLocator } from './recordUrl';

/** The parameters of the form that stand beside the collection `fields`, by the field of Zoho they are for. */
export type OwnParameters = Record<string, string>;

/**
 * The record that the parameters of the item describe.
 * @param own parameters with a place of their own in the form; they are left out where they are empty
 * @param described what Zoho says about the fields; those it does not tell of are known by their names
 * @throws GivenError when JSON is not valid or not an object, or a number in it has lost digits
 */
export function readRecord(read: ReadParameter, own: OwnParameters, described: readonly DescribedField[] = []): JsonObject {
	if (read('inputMode', 'fields') === 'json') return recordFrom(read('record'));
	const fields = Object.entries(asObject(read('fields', {}))).map(([name, value]) => [name, plain(name, value, described)] as const);
	const others = Object.entries(own)
		.map(([field, parameter]) => [field, plain(field, read(parameter, '') as JsonValue, described)] as const)
		.filter(([, value]) => (isObject(value) ? Object.keys(value) : Array.isArray(value) ? value : text(value)).length > 0);
	return recordFrom(Object.fromEntries([...others, ...fields]));
}

/** As `readRecord`, for operations that have a form only. */
export function readForm(read: ReadParameter, own: OwnParameters): JsonObject {
	return readRecord((name, fallback) => (name === 'inputMode' ? 'fields' : read(name, fallback)), own);
}

/** Fields that the form has as text, so that they can be left empty. */
const amounts = new Set(['amount', 'amount_applied', 'quantity', 'rate']);

/** Collections of the form as Zoho takes them: an object for an address, a list for people, lines and custom fields; a day without its time. */
function plain(name: string, value: JsonValue | undefined, described: readonly DescribedField[]): JsonValue | undefined {
	const field = described.find((each) => each.name === name);
	if (name === 'custom_fields') return customFieldsOf(value);
	if (field?.type === 'json') return jsonOf(name, value);
	if (field?.type === 'day' || name === 'date' || name.endsWith('_date')) return dayOf(value);
	if (field?.type === 'number' || amounts.has(name)) return numberOf(value) ?? value;
	if (!isObject(value)) return value;
	if ('__rl' in value) return idOfLocator(value);
	const [entry] = Object.values(value);
	if (Array.isArray(entry)) return objectsOf(entry).map((each) => entryOf(each, field?.fields));
	if (isObject(entry)) return entryOf(entry, field?.fields);
	return field?.type === 'object' || name.endsWith('_address') ? {} : [];
}

/** The entry of a collection. The form gives every field of it, most of them empty: those are left to Zoho. */
function entryOf({ more, ...values }: JsonObject, described: readonly DescribedField[] = []): JsonObject {
	const given = Object.entries({ ...values, ...asObject(more) }).map(([name, value]) => [name, plain(name, value, described)] as const);
	return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

/** The entries of a collection that stands alone. */
export function plainRows(value: JsonValue): JsonObject[] {
	return objectsOf(Object.values(asObject(value))[0]).map((each) => entryOf(each));
}

function jsonOf(name: string, value: JsonValue | undefined): JsonValue | undefined {
	if (typeof value !== 'string' || value.trim() === '') return value;
	const content = jsonFrom(value);
	if (content !== undefined) return content as JsonValue;
	throw new GivenError(`"${name}" is not valid JSON`, 'Check quotes, commas and brackets; in an expression, give the object itself.');
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
export function recordOfItem(
	context: IExecuteFunctions,
	index: number,
	own: OwnParameters,
	described: readonly DescribedField[] = [],
): JsonObject {
	return readRecord((name, fallback) => context.getNodeParameter(name, index, fallback), own, described);
}

/** The record with its id: that of the form field where the form is shown, else its own. Without one when neither tells it. */
export function withId(context: IExecuteFunctions, index: number, record: JsonObject, idField: string, parameter: string): JsonObject {
	const isForm = context.getNodeParameter('inputMode', index, 'fields') === 'fields';
	const given = isForm ? context.getNodeParameter(parameter, index, '', { extractValue: true }) : record[idField];
	const id = idFrom(given);
	return id === '' ? record : { ...record, [idField]: id };
}
