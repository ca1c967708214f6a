/**
 * The taxes of a CRM organization, by whose names the lines of Invoices and Quotes are taxed. Sources: `GET /org/taxes` and `PUT /org/taxes` of Zoho's
 * own SDKs for CRM v6 to v8; `POST /org/taxes` of those for v2.
 */

import type { ZohoClient } from '../client';
import { ZohoError, faultsOfItem, refusal } from '../errors';
import { asArray, asObject, isObject, numberOf, objectsOf, text } from '../json';
import type { HttpMethod, JsonObject, ZohoCall, ZohoReply } from '../types';
import { crmRoot } from './read';

/** A tax as lines of Invoices and Quotes name it. */
export interface NamedTax {
	name: string;
	percentage: number;
}

export interface EnsuredTax extends NamedTax {
	id: string;
	state: 'existed' | 'created';
	/** What is wrong with the tax as it stands, for people; empty when it is as asked. */
	problems: string[];
}

const path = `${crmRoot}/org/taxes`;
/** Codes by which CRM says that an address does not take a method. */
const unknownMethod = new Set(['INVALID_REQUEST_METHOD', 'INVALID_URL_PATTERN', 'NOT_SUPPORTED']);

/** The taxes as CRM returns them: `id`, `name`, `display_label`, `value` (per cent), `sequence_number`. */
export async function listTaxes(client: ZohoClient): Promise<JsonObject[]> {
	const call: ZohoCall = { method: 'GET', path, subject: 'the taxes', scope: 'ZohoCRM.settings.taxes.READ' };
	return objectsOf(asObject(asObject((await client.request(call)).body).org_taxes).taxes);
}

/** A row of `listTaxes` as lines name it; a tax without a readable value counts as 0 per cent. */
export function namedTax(row: JsonObject): NamedTax {
	return { name: text(row.name), percentage: numberOf(row.value) ?? 0 };
}

/** Two taxes are the same for CRM when their names are, whatever their case: it allows a name once. */
export function taxKey(name: string): string {
	return name.trim().toLowerCase();
}

/** The wanted taxes that are not among these, each once. */
export function missingTaxes(wanted: readonly NamedTax[], rows: readonly Named[]): NamedTax[] {
	const known = byName(rows);
	const missing = wanted.filter(({ name }) => !known.has(taxKey(name)));
	return [...new Map(missing.map((tax) => [taxKey(tax.name), tax])).values()];
}

/**
 * Makes taxes, after those that there are (`before`), and lists them all anew.
 * @throws ZohoError when CRM refuses any of them; not when another run has just made the same
 */
export async function createTaxes(
	client: ZohoClient,
	taxes: readonly NamedTax[],
	before: readonly JsonObject[],
): Promise<JsonObject[]> {
	const refused = await tryToCreate(client, taxes, before);
	if (refused && refused.intent !== 'duplicate') throw refused;
	const rows = await listTaxes(client);
	const [unlisted] = missingTaxes(taxes, rows);
	if (unlisted) throw refused ?? notListed(unlisted.name);
	return rows;
}

/** Undefined, or why CRM did not make them all. */
async function tryToCreate(
	client: ZohoClient,
	taxes: readonly NamedTax[],
	existing: readonly JsonObject[],
): Promise<ZohoError | undefined> {
	const last = Math.max(0, ...existing.map((row) => numberOf(row.sequence_number) ?? 0));
	const rows = taxes.map(({ name, percentage }, place) => ({
		name,
		value: percentage,
		sequence_number: last + place + 1,
	}));
	const refused = await send(client, 'POST', rows);
	// The later SDKs know only PUT, which takes new taxes beside those that it changes.
	const tryPut = refused && (unknownMethod.has(refused.fault.code) || refused.status === 405);
	return tryPut ? await send(client, 'PUT', rows) : refused;
}

async function send(
	client: ZohoClient,
	method: HttpMethod,
	taxes: JsonObject[],
): Promise<ZohoError | undefined> {
	const names = taxes.map(({ name }) => `"${text(name)}"`).join(', ');
	const call: ZohoCall = {
		method,
		path,
		body: { org_taxes: { taxes } },
		subject: `the tax ${names}`,
		scope: 'ZohoCRM.settings.taxes.ALL',
	};
	const { reply, error } = await client.attempt(call);
	return error ?? refusedIn(reply, call);
}

/** The answer tells of all taxes together, or of each. */
function refusedIn({ body, status }: ZohoReply, call: ZohoCall): ZohoError | undefined {
	const { org_taxes: told } = asObject(body);
	const items =
		isObject(told) && Array.isArray(told.taxes) ? told.taxes : isObject(told) ? [told] : asArray(told);
	const faults = items.flatMap((item, index) => faultsOfItem(item, status, index));
	return faults.length > 0 ? new ZohoError(faults, call, status) : undefined;
}

/**
 * Makes sure that the organization has these taxes. One that it has is never changed: a different percentage is a problem of the result. One call when
 * none is missing, else three.
 * @throws ZohoError when taxes cannot be made, or are not listed afterwards
 */
export async function ensureTaxes(client: ZohoClient, wanted: readonly NamedTax[]): Promise<EnsuredTax[]> {
	const before = await listTaxes(client);
	const missing = missingTaxes(wanted, before);
	const after = missing.length > 0 ? await createTaxes(client, missing, before) : before;
	const known = byName(before);
	const now = byName(after);
	return wanted.map(({ name, percentage }) => {
		const row: JsonObject = now.get(taxKey(name)) ?? {};
		const value = namedTax(row).percentage;
		return {
			id: text(row.id),
			name: text(row.name),
			percentage: value,
			state: known.has(taxKey(name)) ? 'existed' : 'created',
			problems: value === percentage ? [] : [`it is ${value} per cent in CRM, not ${percentage}`],
		};
	});
}

interface Named {
	name?: unknown;
}

function byName<Row extends Named>(rows: readonly Row[]): Map<string, Row> {
	return new Map(rows.map((row) => [taxKey(text(row.name)), row]));
}

function notListed(name: string): ZohoError {
	const call: ZohoCall = { method: 'GET', path, subject: `the tax "${name}"` };
	return refusal(
		call,
		'tax-not-listed',
		'the tax was made, but Zoho CRM does not list it',
		'Look at the taxes under Setup > Customization > Modules > Products in Zoho CRM, then run this again.',
	);
}
