import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { refuse } from './errors.mts';
import type { CrmOrg, DeletedRecord, ModuleState } from './org.mts';
import { renderUser } from './render.mts';
import { writeTime } from './times.mts';

/** Source: https://www.zoho.com/crm/developer/docs/api/v8/get-deleted-records.html and Zoho's OpenAPI file for records. */

const day = 24 * 3_600_000;
/** In the recycle bin; after that a record is gone for good, and still listed. */
const inBin = 60 * day;
const listedFor = 120 * day;

const types = ['all', 'recycle', 'permanent'] as const;

function shown(org: CrmOrg, record: DeletedRecord, isPermanent: boolean): Record<string, unknown> {
	return {
		deleted_by: isPermanent ? null : { name: record.by.name, id: record.by.id },
		id: record.id,
		display_name: isPermanent ? null : record.name,
		type: isPermanent ? 'permanent' : 'recycle',
		created_by: isPermanent ? null : renderUser(org, record.createdBy, false),
		deleted_time: writeTime(record.at, org.timeZone),
	};
}

/** `GET /{module}/deleted`: the latest first. */
export function listDeleted(call: CrmCall, module: ModuleState): SimResponse {
	const { org } = call;
	const { page, perPage } = call.paging();
	const type = call.query('type') ?? 'all';
	if (!types.some((known) => known === type)) refuse(400, 'INVALID_DATA', 'invalid data', { param_name: 'type', supported_values: types });
	const since = call.time('if-modified-since') ?? -Infinity;
	const isPermanent = (record: DeletedRecord) => record.at < org.now() - inBin;
	const all = module.deleted
		.filter((record) => record.at > since && record.at >= org.now() - listedFor)
		.filter((record) => type === 'all' || isPermanent(record) === (type === 'permanent'))
		.reverse();
	const part = all.slice((page - 1) * perPage, page * perPage);
	if (part.length === 0) return { status: Number.isFinite(since) ? 304 : 204 };
	return {
		status: 200,
		json: {
			data: part.map((record) => shown(org, record, isPermanent(record))),
			info: { per_page: perPage, count: part.length, page, more_records: all.length > page * perPage },
		},
	};
}
