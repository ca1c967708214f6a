/** Addresses of contacts. Source: Books v3 "Update a contact", which does not say what becomes of parts that a request leaves out. */

import { asObject, isObject, text } from '../json';
import type { JsonObject } from '../types';

const addresses = ['billing_address', 'shipping_address'];
const parts = ['attention', 'address', 'street2', 'city', 'state', 'zip', 'country', 'phone', 'fax'];

function isPartial(address: unknown): boolean {
	return isObject(address) && parts.some((part) => address[part] === undefined);
}

/** Does one of the addresses to write lack a part? */
export function hasPartialAddress(fields: JsonObject): boolean {
	return addresses.some((name) => isPartial(fields[name]));
}

/** The fields with each partial address completed from the contact as it is in Books. */
export function withWholeAddresses(fields: JsonObject, present: JsonObject): JsonObject {
	const whole = addresses
		.filter((name) => isPartial(fields[name]))
		.map((name) => [name, complete(asObject(fields[name]), asObject(present[name]))]);
	return { ...fields, ...(Object.fromEntries(whole) as JsonObject) };
}

function complete(sent: JsonObject, present: JsonObject): JsonObject {
	const kept = Object.fromEntries(parts.map((part) => [part, text(present[part])]));
	// The code belongs to the state: it must not outlive a change of it.
	const code = sent.state === undefined && text(present.state_code) !== '' ? { state_code: text(present.state_code) } : {};
	return { ...kept, ...code, ...sent };
}
