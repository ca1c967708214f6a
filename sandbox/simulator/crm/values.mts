import { type CrmFault, fault, faults } from './errors.mts';
import type { FieldSpec } from './modules.mts';
import type { LineTax, Value } from './store.mts';
import { isDay, readTime } from './times.mts';

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What checking a value needs to know of the rest of the org. */
export interface ValueContext {
	exists(module: string, id: string): boolean;
	isUser(id: string): boolean;
	/** A tax of the organization. */
	tax(name: string): { id: string; name: string; value: number } | undefined;
	newId(): string;
}

/** Read from what a caller sent: either the value to keep, or Zoho's complaint. */
export type Checked = { value: Value } | { fault: CrmFault };

const ok = (value: Value): Checked => ({ value });

/** Patterns of Zoho's OpenAPI file for organization and users (`primary_email`, `phone`, `website`), shortened where equal for our use. */
const emailPattern =
	/^[+\-\p{L}\p{M}\p{N}_]([\p{L}\p{M}\p{N}!#$%&'*+\-/=?^_`{|}~.]*)@(?=.{4,256}$)(([\p{L}\p{N}\p{M}]+)(([\-_]*[\p{L}\p{M}\p{N}])*)[.])+[\p{L}\p{M}]{2,22}$/u;
const phonePattern = /^[+]?([0-9A-Za-z().\-\s,;#]){1,30}$/;
const websitePattern = /^(https?:\/\/|ftp:\/\/)?[^\s/]+\.[^\s/.]{2,}([/?#]\S*)?$/i;
const idPattern = /^\d{1,19}$/;

function checkText(field: FieldSpec, value: unknown, path: string): Checked {
	const expected = field.type === 'textarea' ? 'text' : field.type;
	if (typeof value !== 'string') return { fault: faults.type(expected, field.name, path) };
	const text = value.trim();
	if (text === '') return ok(null);
	if (text.length > field.length) return { fault: faults.tooLong(field.length, field.name, path) };
	const pattern = { email: emailPattern, phone: phonePattern, website: websitePattern }[field.type as string];
	return pattern && !pattern.test(text) ? { fault: faults.type(expected, field.name, path) } : ok(text);
}

function checkNumber(field: FieldSpec, value: unknown, path: string): Checked {
	const whole = field.type === 'integer' || field.type === 'bigint';
	const number =
		field.type === 'bigint' && typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number) || (whole && !Number.isInteger(number))) {
		return { fault: faults.type(field.type, field.name, path) };
	}
	if (field.positive && number <= 0)
		return { fault: fault('INVALID_DATA', 'invalid data', { api_name: field.name, json_path: path }) };
	if (String(Math.trunc(Math.abs(number))).length > field.length)
		return { fault: faults.tooLong(field.length, field.name, path) };
	return ok(field.type === 'bigint' ? String(value) : number);
}

/** Lookups take `{"id": "…"}` or the bare id. */
function checkLookup(field: FieldSpec, value: unknown, path: string, context: ValueContext): Checked {
	const id = isObject(value) ? value['id'] : value;
	const at = isObject(value) ? `${path}.id` : path;
	if (isObject(value) && id === undefined) return { fault: faults.mandatory('id', `${path}.id`) };
	const text = typeof id === 'number' ? String(id) : id;
	if (typeof text !== 'string' || !idPattern.test(text))
		return { fault: faults.type('bigint', field.name, at) };
	const known =
		field.type === 'ownerlookup' ? context.isUser(text) : context.exists(field.lookup ?? '', text);
	return known ? ok(text) : { fault: faults.badId({ api_name: field.name, json_path: at }) };
}

function checkChoices(field: FieldSpec, value: unknown, path: string): Checked {
	if (!Array.isArray(value) || value.some((choice) => typeof choice !== 'string')) {
		return { fault: faults.type('jsonarray', field.name, path) };
	}
	return ok(value.length ? (value as string[]) : null);
}

/** `{"module":{"api_name":"Deals"},"id":"…"}` */
function checkParent(field: FieldSpec, value: unknown, path: string, context: ValueContext): Checked {
	const module = isObject(value) && isObject(value['module']) ? value['module']['api_name'] : undefined;
	const id = isObject(value) ? value['id'] : undefined;
	const bad = (at: string) => ({ fault: faults.badId({ api_name: field.name, json_path: `${path}.${at}` }) });
	if (typeof module !== 'string') return bad('module');
	return typeof id === 'string' && context.exists(module, id) ? ok(id) : bad('id');
}

/** An amount, or a share of the line as `10%`. */
function checkDiscount(field: FieldSpec, value: unknown, path: string): Checked {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string' || !/^\d+(\.\d+)?(e-\d+)?%?$/.test(text.trim()))
		return { fault: faults.type('double', field.name, path) };
	return ok(text.trim().endsWith('%') ? text.trim() : Number(text));
}

/** `[{"name":"VAT","percentage":19}]`: taxes of the organization, as they stand there. */
function checkTaxes(field: FieldSpec, value: unknown, path: string, context: ValueContext): Checked {
	if (!Array.isArray(value)) return { fault: faults.type('jsonarray', field.name, path) };
	const taxes: LineTax[] = [];
	for (const [index, entry] of value.entries()) {
		const name = isObject(entry) ? entry['name'] : undefined;
		const tax = typeof name === 'string' ? context.tax(name) : undefined;
		if (!tax || !isObject(entry) || entry['percentage'] !== tax.value || (entry['id'] ?? tax.id) !== tax.id)
			return {
				fault: fault('INVALID_DATA', 'invalid data', {
					api_name: field.name,
					json_path: `${path}[${index}]`,
				}),
			};
		taxes.push({ id: tax.id, name: tax.name, percentage: tax.value, value: 0 });
	}
	return ok(taxes);
}

/**
 * Checks one value that a caller sent for a field and brings it into the form it is stored in: text trimmed, lookups as ids,
 * date-times as epoch milliseconds, '' and null as null.
 */
export function checkValue(field: FieldSpec, value: unknown, path: string, context: ValueContext): Checked {
	if (value === undefined || value === null || value === '') return ok(null);
	switch (field.type) {
		case 'text':
		case 'textarea':
		case 'email':
		case 'phone':
		case 'website':
			return checkText(field, value, path);
		case 'picklist': {
			// An option outside the list is taken: Zoho's pages name no error for it.
			const checked = checkText(field, value, path);
			if ('value' in checked && field.closed && !field.values?.includes(String(checked.value)))
				return { fault: fault('INVALID_DATA', 'invalid data', { api_name: field.name, json_path: path }) };
			return 'value' in checked && checked.value === '-None-' ? ok(null) : checked;
		}
		case 'multiselectpicklist':
			return checkChoices(field, value, path);
		case 'integer':
		case 'bigint':
		case 'double':
		case 'currency':
		case 'percent':
			return checkNumber(field, value, path);
		case 'boolean':
			return typeof value === 'boolean' ? ok(value) : { fault: faults.type('boolean', field.name, path) };
		case 'date':
			return isDay(value) ? ok(value) : { fault: faults.type('date', field.name, path) };
		case 'datetime': {
			const at = readTime(value);
			return at === undefined ? { fault: faults.type('datetime', field.name, path) } : ok(at);
		}
		case 'lookup':
		case 'ownerlookup':
			return checkLookup(field, value, path, context);
		case 'parentlookup':
			return checkParent(field, value, path, context);
		case 'discount':
			return checkDiscount(field, value, path);
		case 'linetax':
			return checkTaxes(field, value, path, context);
		// Rows of a subform are read by checkRows, which needs those that are there.
		case 'subform':
		case 'autonumber':
		case 'formula':
		case 'tags':
			return ok(null);
	}
}
