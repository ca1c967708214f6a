/**
 * CRM records by the time of their last change. COQL has no index lag, and rows in the order of their ids
 * cannot shift between pages.
 */

import type { ZohoClient } from '../../zoho/client';
import { coqlRows, quote } from '../../zoho/crm/coql';
import { deletedPages } from '../../zoho/crm/deleted';
import { parseZohoTime, toCrmTime } from '../../zoho/dates';
import { text } from '../../zoho/json';
import type { JsonObject } from '../../zoho/types';
import { ClockedClient } from '../../zoho/clockedClient';
import type { TriggerEvent } from '../shared/trigger/events';
import type { Scan, ScanRow } from '../shared/trigger/sweep';

const timeFields = ['Created_Time', 'Modified_Time'];

export function modifiedScan(client: ZohoClient, module: string): Scan {
	return {
		key: module,
		resource: module,
		serverTime: async () => await serverTime(client, module),
		read: async (from) => {
			const clocked = new ClockedClient(client);
			const where = [`Modified_Time >= ${quote(toCrmTime(from))}`];
			const rows: ScanRow[] = [];
			for await (const page of coqlRows(clocked, { module, fields: timeFields, where })) {
				rows.push(...page.flatMap(scanRow));
			}
			return { rows, serverTime: clocked.serverTime };
		},
	};
}

/** Records that were deleted: `Modified_Time` never shows those. Source: CRM v8 "Get Deleted Records". */
export function deletedScan(client: ZohoClient, module: string): Scan {
	return {
		key: `${module} deleted`,
		resource: module,
		isSeldom: true,
		serverTime: async () => await serverTime(client, module),
		read: async (from) => {
			const clocked = new ClockedClient(client);
			return { rows: await deletedRows(clocked, module, from), serverTime: clocked.serverTime };
		},
	};
}

/** The record of these modules that was modified last. */
export async function latestRecord(
	client: ZohoClient,
	modules: readonly string[],
): Promise<TriggerEvent | undefined> {
	const events: TriggerEvent[] = [];
	for (const module of modules) {
		const select = { module, fields: timeFields, orderBy: 'Modified_Time desc' };
		for await (const rows of coqlRows(client, select, { limit: 1 })) {
			const found = rows.flatMap(scanRow);
			events.push(
				...found.map(({ id, modified }): TriggerEvent => {
					return { type: 'updated', resource: module, id, delivery: 'polling', at: modified };
				}),
			);
		}
	}
	return events.sort((a, b) => (b.at ?? 0) - (a.at ?? 0))[0];
}

async function serverTime(client: ZohoClient, module: string): Promise<number> {
	const clocked = new ClockedClient(client);
	await coqlRows(clocked, { module, fields: ['id'] }, { limit: 1 }).next();
	return clocked.serverTime;
}

async function deletedRows(client: ZohoClient, module: string, from: number): Promise<ScanRow[]> {
	const rows: ScanRow[] = [];
	for await (const page of deletedPages(client, module, { since: toCrmTime(from) })) rows.push(...page.flatMap(deletedRow));
	return rows;
}

function deletedRow(row: JsonObject): ScanRow[] {
	const id = text(row.id);
	const modified = parseZohoTime(text(row.deleted_time));
	return id === '' || modified === undefined ? [] : [{ id, modified, deleted: true }];
}

function scanRow(row: JsonObject): ScanRow[] {
	const id = text(row.id);
	const modified = parseZohoTime(text(row.Modified_Time));
	const created = parseZohoTime(text(row.Created_Time));
	return id === '' || modified === undefined
		? []
		: [{ id, modified, ...(created === undefined ? {} : { created }) }];
}
