/** Reads from CRM what a Deal sells: the lines of its newest Quote, else its Products. */

import type { JsonObject } from '../../sync/types';
import type { ZohoClient } from '../../zoho/client';
import { coqlRows, inList, valuesPerIn } from '../../zoho/crm/coql';
import { getRecord } from '../../zoho/crm/read';
import { relatedRecords } from '../../zoho/crm/related';
import { parseZohoTime } from '../../zoho/dates';
import { ZohoError } from '../../zoho/errors';
import { asObject, chunks, text } from '../../zoho/json';

/** Of Products without a Quote. */
const productFields = ['Product_Name', 'Unit_Price', 'Description'];

export interface DealLines {
	quote?: JsonObject;
	products: JsonObject[];
}

/**
 * By Deal id, for those that have a Quote or Products. One COQL call for 50 Deals, then one call for each Deal: only the single Quote brings its lines. An edition without Quotes
 * or Products has none.
 * @throws ZohoError
 */
export async function readDealLines(client: ZohoClient, dealIds: string[]): Promise<Map<string, DealLines>> {
	const newest = await newestQuotes(client, dealIds);
	const lines = new Map<string, DealLines>();
	for (const id of new Set(dealIds)) {
		const quoteId = newest.get(id);
		const quote = quoteId === undefined ? undefined : await getRecord(client, 'Quotes', quoteId);
		const products = quote ? [] : await productsOf(client, id);
		lines.set(id, { products, ...(quote && { quote }) });
	}
	return lines;
}

/** A related list that the account hides or lacks is answered as wrong data. */
async function productsOf(client: ZohoClient, dealId: string): Promise<JsonObject[]> {
	const read = relatedRecords(client, 'Deals', dealId, 'Products', productFields);
	return await noneIf(read, (error) => isLacking(error) || error.fault.code === 'INVALID_DATA');
}

/** Deal id → id of the Quote that was made last. */
async function newestQuotes(client: ZohoClient, dealIds: string[]): Promise<Map<string, string>> {
	const newest = new Map<string, { id: string; made: number }>();
	for (const some of chunks([...new Set(dealIds)], valuesPerIn)) {
		const select = {
			module: 'Quotes',
			fields: ['Deal_Name', 'Created_Time'],
			where: [inList('Deal_Name', some)],
		};
		const rows = await noneIf(allRows(client, select), isLacking);
		for (const row of rows) {
			const deal = text(asObject(row.Deal_Name).id);
			const made = parseZohoTime(text(row.Created_Time)) ?? 0;
			// Rows come in the order of their ids, so a later one of the same second is the newer.
			if (made >= (newest.get(deal)?.made ?? 0)) newest.set(deal, { id: text(row.id), made });
		}
	}
	return new Map([...newest].map(([deal, { id }]) => [deal, id]));
}

async function allRows(client: ZohoClient, select: Parameters<typeof coqlRows>[1]): Promise<JsonObject[]> {
	const all: JsonObject[] = [];
	for await (const rows of coqlRows(client, select)) all.push(...rows);
	return all;
}

/** Not in the edition. A missing permission is an error: other lines than those that were sold would be invoiced. */
function isLacking({ intent, fault }: ZohoError): boolean {
	return intent === 'unavailable' && fault.code !== 'NO_PERMISSION';
}

async function noneIf(
	read: Promise<JsonObject[]>,
	isNone: (error: ZohoError) => boolean,
): Promise<JsonObject[]> {
	return await read.catch((error: unknown) => {
		if (error instanceof ZohoError && isNone(error)) return [];
		throw error;
	});
}
