/** From the details of a bulk write job that is done to the result of each row. */

import type { ZohoClient } from '../../client';
import { dataCentreOfApiDomain } from '../../dataCentres';
import { ZohoError } from '../../errors';
import { asObject, numberOf, objectsOf, text } from '../../json';
import type { JsonObject, ZohoCall, ZohoFault } from '../../types';
import { linesOf } from './files';
import { pairedResults, type RowResult } from './results';
import type { Table } from './tables';

export interface DoneJob {
	id: string;
	/** As "Bulk Write Job Details" tells. */
	details: JsonObject;
}

/**
 * The results of the rows, in order, with the job's id in their details. Where the file with them cannot be had, the counts of the job tell: when none was skipped, all
 * were written.
 * @param call for what fails
 */
export async function resultsOfJob(client: ZohoClient, { id, details }: DoneJob, table: Table, call: ZohoCall): Promise<RowResult[]> {
	const url = text(asObject(details.result).download_url);
	const download = downloadCall(client.connection.apiDomain, url);
	const results = download ? await readResults(client, { ...call, ...download, wantsFile: true }, table) : undefined;
	const known = results ?? resultsByCount(details, table, url);
	return known.map((result) => (result.ok ? { ...result, details: { job_id: id } } : result));
}

/**
 * The pages show a path on the API host, recorded answers an address on another one. A token goes to the latter only where the table has that host for the data centre.
 */
export function downloadCall(apiDomain: string, address: string): Pick<ZohoCall, 'path' | 'host'> | undefined {
	const isPath = (path: string) => /^\/[\w-][\w./-]*\.zip$/.test(path) && !path.includes('..') && !path.includes('//');
	if (isPath(address)) return { path: address };
	const { downloads } = dataCentreOfApiDomain(apiDomain) ?? {};
	const path = downloads && address.startsWith(`${downloads}/`) ? address.slice(downloads.length) : '';
	return isPath(path) ? { path, host: 'downloads' } : undefined;
}

/** Undefined when the file cannot be had or read: the records are written all the same. */
async function readResults(client: ZohoClient, call: ZohoCall, table: Table): Promise<RowResult[] | undefined> {
	const fetched = client.request(call).then(async (reply) => pairedResults(table, await linesOf(reply, call)));
	return await fetched.catch((reason: unknown) => (reason instanceof ZohoError ? undefined : Promise.reject(reason as Error)));
}

function resultsByCount(details: JsonObject, { rows }: Table, url: string): RowResult[] {
	const file = asObject(objectsOf(details.resource)[0]?.file);
	const [added, updated, skipped, total] = ['added_count', 'updated_count', 'skipped_count', 'total_count'].map((name) => numberOf(file[name]) ?? 0) as [number, number, number, number];
	const allWritten = skipped === 0 && total === rows.length && added + updated === total;
	const action = added === total ? 'insert' : updated === total ? 'update' : undefined;
	if (allWritten) return rows.map(() => ({ ok: true, ...(action && { action }) }));
	const fault: ZohoFault = {
		intent: 'invalid',
		code: 'result-not-reachable',
		message: `${added + updated} of ${rows.length} records were written; the file that tells which cannot be fetched`,
		remedy: url === '' ? 'Look at the import history in Zoho CRM before you send them again.' : `It is at ${url} for who is signed in to Zoho. Look at it before you send them again.`,
		outcomeUnknown: true,
	};
	return rows.map(() => ({ ok: false, fault }));
}
