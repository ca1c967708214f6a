/** Lists of a CRM record (subforms such as the lines of an invoice). No query reads them: only the sync mark knows what they were. */

import { getPath, isObject } from './fields';
import { hashOf } from './hash';
import type { Unread } from './merge';
import type { Fields, Json, JsonObject } from './types';

/** Is this mapped value a list that COQL cannot read? Tags are a list of objects, too, but a field like any other. */
export function isSubform(field: string, value: Json): boolean {
	return field !== 'Tag' && Array.isArray(value) && value.some(isObject);
}

/** A total that shows whether the lists of a record are right. */
export interface Check {
	field: string;
	/** What CRM is to arrive at. */
	expected: Json;
	/** Only where CRM's value is neither that nor the one last agreed on: somebody changed the lists. */
	found?: Json;
}

/** What the totals named in `names` say of a CRM record; nothing where the mapping brings no list. */
export function checksOf(
	mapped: JsonObject,
	names: readonly string[] = [],
	present?: JsonObject,
	agreed: Record<string, string> = {},
): Check[] {
	if (!Object.entries(mapped).some(([field, value]) => isSubform(field, value))) return [];
	return names.flatMap((field): Check[] => {
		const expected = getPath(mapped, field);
		if (expected === undefined || expected === null) return [];
		const found = present && getPath(present, field);
		const holds = [hashOf(expected, field), agreed[field]].includes(hashOf(found, field));
		return [{ field, expected, ...(present && !holds ? { found: found ?? null } : {}) }];
	});
}

/** Which of the proposed fields cannot be compared by value: lists of objects, and empty lists that were not read. */
export function unreadFields(proposed: Fields, present: JsonObject, checks: Check[]): Unread {
	const fields = Object.entries(proposed).filter(
		([field, value]) =>
			isSubform(field, value) || (Array.isArray(value) && value.length === 0 && !Object.hasOwn(present, field)),
	);
	return { fields: new Set(fields.map(([field]) => field)), moved: checks.some(isOff) };
}

/** The totals as the mark remembers them: where CRM still has one of these, nobody has changed the lists there. */
export function agreedChecks(checks: Check[]): Record<string, string> {
	return Object.fromEntries(checks.map(({ field, expected }) => [field, hashOf(expected, field)]));
}

function isOff(check: Check): boolean {
	return 'found' in check;
}

/** `Grand_Total is 90 in CRM, not 100`. */
export function describeChecks(checks: Check[]): string {
	return checks
		.filter(isOff)
		.map(({ field, expected, found }) => `${field} is ${String(found ?? 'empty')} in CRM, not ${String(expected)}`)
		.join('; ');
}
