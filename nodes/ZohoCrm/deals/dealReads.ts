/** Reading the Deals that invoices may belong to, in as few calls as possible. Always COQL: the search API's index lags behind. */

import type { ZohoClient } from '../../../zoho/client';
import { anyOf, coqlRows, inList, quote, valuesPerIn } from '../../../zoho/crm/coql';
import { getOrg, listFields } from '../../../zoho/crm/metadata';
import { isZohoId } from '../../../zoho/ids';
import { chunks, text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import { GivenError } from '../../shared/given';

export const ledgerField = 'Zoho_Books_Invoices';
export const totalFields = ['Amount_Invoiced', 'Amount_Paid', 'Balance_Due'] as const;

/** How the organization's Deals are read. */
export interface DealModule {
	fields: string[];
	/** Code of the currency that all Deals are in; '' where each tells its own. */
	currency: string;
}

/** Whose Deals to read. */
export interface DealWishes {
	ids: string[];
	/** Exact names of Deals. */
	names: string[];
	accountIds: string[];
	contactIds: string[];
	/** Deals in these stages are read only where invoices count towards them. */
	closedStages: string[];
}

/**
 * @throws GivenError where the Deals lack the fields that the set-up makes
 * @throws ZohoError
 */
export async function readDealModule(client: ZohoClient): Promise<DealModule> {
	const names = new Set((await listFields(client, 'Deals')).map((field) => text(field.api_name)));
	const missing = [ledgerField, ...totalFields].filter((name) => !names.has(name));
	if (missing.length > 0) {
		throw new GivenError(
			`The Deals in Zoho CRM lack the ${missing.length === 1 ? 'field' : 'fields'} ${missing.join(', ')}`,
			'Run the template "Set up the sync": it makes them.',
		);
	}
	const several = names.has('Currency');
	const usual = ['Deal_Name', 'Stage', 'Account_Name', 'Contact_Name', 'Modified_Time'];
	return {
		fields: [...usual, ledgerField, ...totalFields, ...(several ? ['Currency'] : [])],
		currency: several ? '' : await homeCurrency(client),
	};
}

/** By connection. An organization cannot change its home currency. */
const homeCurrencies = new Map<string, string>();

async function homeCurrency(client: ZohoClient): Promise<string> {
	const { key } = client.connection;
	const known = homeCurrencies.get(key);
	if (known !== undefined) return known;
	const code = text((await getOrg(client)).iso_code);
	if (code !== '') homeCurrencies.set(key, code);
	return code;
}

/** The Deals that any of the wishes names, by id. One call for 50 values of each kind; none when nothing is wished. */
export async function readDeals(client: ZohoClient, { fields }: DealModule, wishes: DealWishes): Promise<Map<string, JsonObject>> {
	const deals = new Map<string, JsonObject>();
	for (const condition of conditionsOf(wishes)) {
		for await (const rows of coqlRows(client, { module: 'Deals', fields, where: [condition] })) {
			for (const row of rows) deals.set(text(row.id), row);
		}
	}
	return deals;
}

/** One Deal as it is now; undefined when it does not exist (any more). */
export async function readDeal(client: ZohoClient, module: DealModule, id: string): Promise<JsonObject | undefined> {
	const none = { names: [], accountIds: [], contactIds: [], closedStages: [] };
	return (await readDeals(client, module, { ids: [id], ...none })).get(id);
}

/** Ids of records have 15 to 19 digits: a reference number that is a number is not taken for one. */
function isDealId(value: string): boolean {
	return isZohoId(value) && value.length >= 15;
}

/** The n-th condition asks for the n-th 50 values of every kind. */
function conditionsOf({ ids, names, accountIds, contactIds, closedStages }: DealWishes): string[] {
	const relevant = relevance(closedStages);
	const rounds: string[][] = [];
	const ask = (field: string, values: string[], and = '') => {
		chunks([...new Set(values)], valuesPerIn).forEach((some, round) => {
			const criterion = inList(field, some);
			(rounds[round] ??= []).push(and === '' ? criterion : `(${criterion} and ${and})`);
		});
	};
	ask('id', ids.filter(isDealId));
	ask('Deal_Name', names.filter((name) => name !== ''));
	ask('Account_Name', accountIds.filter(isZohoId), relevant);
	ask('Contact_Name', contactIds.filter(isZohoId), relevant);
	return rounds.map(anyOf);
}

/** An account may have thousands of Deals; those that are closed and have no invoices cannot be meant. The ledger itself cannot be asked for: COQL filters no text areas. */
function relevance(closedStages: string[]): string {
	if (closedStages.length === 0) return '';
	return `(${totalFields[0]} is not null or Stage not in (${closedStages.slice(0, valuesPerIn).map(quote).join(',')}))`;
}
