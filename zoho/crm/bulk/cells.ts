/**
 * Values of fields as cells of a table. Sources: CRM v8 "Create Bulk Write Job" (dates, lookups), "Download Bulk Read Result", and Zoho's "Kaizen #13: Bulk Write API"
 * (formats by kind of field).
 */

import { parseZohoTime, toCrmTime } from '../../dates';
import { isObject, numberOf, text } from '../../json';
import type { JsonObject, JsonValue } from '../../types';

/** What is known of a field: `data_type` of its metadata. */
export type FieldKinds = ReadonlyMap<string, string>;

export function kindsOf(fields: readonly JsonObject[]): FieldKinds {
	return new Map(fields.map((field) => [text(field.api_name), text(field.data_type)]));
}

/** Which records a cell can name by their id. */
export const lookups: ReadonlySet<string> = new Set(['lookup', 'ownerlookup', 'userlookup']);
const numbers = new Set(['currency', 'double', 'integer', 'percent']);
/** What does not fit into one cell of the record's own table. */
const unfit = new Set(['fileupload', 'imageupload', 'linetax', 'multiselectlookup', 'multiuserlookup', 'profileimage', 'subform']);
/** As Zoho's pages write patterns; both are ISO 8601. */
export const formats: Readonly<Record<string, string>> = { date: 'yyyy-MM-dd', datetime: "yyyy-MM-dd'T'HH:mm:ssXXX" };

/** The value cannot stand in a table. */
export class CellError extends Error {
	readonly field: string;

	constructor(field: string, message: string) {
		super(message);
		this.field = field;
	}
}

/** The value of a cell as Get Many gives it, but for lookups, of which the table tells the id only. */
export function valueOf(cell: string, kind: string | undefined): JsonValue {
	if (cell === '') return null;
	if (kind === 'boolean') return /^(true|false)$/i.test(cell) ? cell.toLowerCase() === 'true' : cell;
	if (kind === 'multiselectpicklist') return cell.split(';').map((choice) => choice.trim());
	if (kind !== undefined && lookups.has(kind)) return /^\d+$/.test(cell) ? { id: cell } : cell;
	if (kind === undefined || !numbers.has(kind)) return cell;
	const number = numberOf(cell);
	// More digits than a number holds stay text.
	return number === undefined || cell.replace(/\D/g, '').length > 15 ? cell : number;
}

/**
 * The cell of a value; '' for none.
 * @throws CellError
 */
export function cellOf(name: string, value: JsonValue | undefined, kind: string | undefined): string {
	if (value === undefined || value === null || value === '') return '';
	if (name.startsWith('$')) throw new CellError(name, 'such keys cannot be given in bulk');
	if (kind !== undefined && unfit.has(kind)) throw new CellError(name, 'fields of this kind cannot be written in bulk');
	if (kind === 'multiselectpicklist') return choicesOf(name, value);
	if (name === 'Layout' || (kind !== undefined && lookups.has(kind))) return idOf(name, value);
	if (isObject(value) || Array.isArray(value)) throw new CellError(name, 'the value is no text, number or boolean');
	return kind === 'datetime' ? instantOf(name, text(value)) : text(value);
}

function idOf(name: string, value: JsonValue): string {
	const id = text(isObject(value) ? value.id : value);
	if (/^\d+$/.test(id)) return id;
	throw new CellError(name, 'a record must be named by its id');
}

function choicesOf(name: string, value: JsonValue): string {
	const choices = Array.isArray(value) ? value.map(text) : [text(value)];
	if (Array.isArray(value) && choices.some((choice) => choice.includes(';'))) throw new CellError(name, 'a choice with a semicolon cannot be written in bulk');
	return choices.join(';');
}

function instantOf(name: string, value: string): string {
	const instant = parseZohoTime(value);
	if (instant !== undefined) return toCrmTime(instant);
	throw new CellError(name, `"${value}" is not a time with an offset, such as 2026-11-01T10:00:00+01:00`);
}
