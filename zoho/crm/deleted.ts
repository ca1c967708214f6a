/** Records that were deleted. Source: CRM v8 "Get Deleted Records"; costs 2 credits a page. */

import type { ZohoClient } from '../client';
import { asObject, objectsOf } from '../json';
import type { JsonObject } from '../types';
import { crmRoot } from './read';

/** `recycle`: in the recycle bin, for 60 days; `permanent`: gone for good, and listed for 120 days. */
export type DeletedType = 'all' | 'recycle' | 'permanent';

export interface DeletedOptions {
	type?: DeletedType;
	/** Only what was deleted after this time, as `toCrmTime` writes it. */
	since?: string;
	/** Rows in all. */
	limit?: number;
}

const rowsPerPage = 200;

/** Rows page by page: `id`, `display_name`, `type`, `deleted_time`, `deleted_by`. No page tells their order. */
export async function* deletedPages(
	client: ZohoClient,
	module: string,
	{ type = 'all', since, limit = Number.POSITIVE_INFINITY }: DeletedOptions = {},
): AsyncGenerator<JsonObject[]> {
	const per_page = Math.min(rowsPerPage, limit);
	let left = limit;
	for (let page = 1; left > 0; page++) {
		const { body } = await client.request({
			method: 'GET',
			path: `${crmRoot}/${encodeURIComponent(module)}/deleted`,
			query: { type, page, per_page },
			...(since && { headers: { 'If-Modified-Since': since } }),
			subject: `deleted records of ${module}`,
			scope: `ZohoCRM.modules.${module}.READ`,
		});
		const rows = objectsOf(asObject(body).data).slice(0, left);
		left -= rows.length;
		if (rows.length > 0) yield rows;
		if (asObject(asObject(body).info).more_records !== true) return;
	}
}
