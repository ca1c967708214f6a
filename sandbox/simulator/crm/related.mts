import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { CrmRefusal, fault, faults, refuse } from './errors.mts';
import type { ModuleState } from './org.mts';
import { checkId, fieldsOf } from './reads.mts';
import { render } from './render.mts';
import { compareIds } from './store.mts';
import { type Item, recordsOf, statusOf } from './writes.mts';

/**
 * Related lists of a record. Source: Zoho's OpenAPI file for related records and its examples; which modules can be put on which:
 * https://www.zoho.com/crm/developer/docs/api/v2.1/update-related-records.html
 */

const mostAtOnce = 100;

interface RelatedList {
	target: ModuleState;
	/** Lookup of the target that points to the parent; undefined where records are put onto the list one by one. */
	lookup: string | undefined;
}

function listOf(call: CrmCall, module: ModuleState, id: string, list: string): RelatedList {
	checkId(id);
	const byLookup = module.spec.related.find(([name]) => name === list);
	const linked = module.spec.linked.find(([name]) => name === list);
	const target = call.org.modules.get((byLookup ?? linked)?.[1] ?? '');
	if (!target)
		return refuse(400, 'INVALID_DATA', 'the related list name given seems to be invalid', {
			resource_path_index: 2,
		});
	if (!module.store.get(id)) throw new CrmRefusal(400, faults.badId({ resource_path_index: 1 }));
	return { target, lookup: byLookup?.[2] };
}

/** `GET /{module}/{id}/{related list}`. */
export function listRelated(call: CrmCall, module: ModuleState, id: string, list: string): SimResponse {
	const fields = fieldsOf(call);
	const { page, perPage } = call.paging();
	const { target, lookup } = listOf(call, module, id, list);
	const ids = lookup === undefined ? call.org.links.of(id) : target.store.equal(lookup, id);
	const all = [...ids]
		.map((one) => target.store.get(one))
		.filter((record) => record !== undefined)
		.sort((a, b) => compareIds(b.id, a.id));
	const part = all.slice((page - 1) * perPage, page * perPage);
	if (part.length === 0) return { status: 204 };
	return {
		status: 200,
		json: {
			data: part.map((record) => render(call.org, target, record, fields)),
			info: { per_page: perPage, count: part.length, page, more_records: all.length > page * perPage },
		},
	};
}

const done = (id: string, message: string): Item => ({
	code: 'SUCCESS',
	details: { id },
	message,
	status: 'success',
});

/** Lists that records are put on; those of a lookup change with the lookup. */
function linkedList(call: CrmCall, module: ModuleState, id: string, list: string): ModuleState {
	const { target, lookup } = listOf(call, module, id, list);
	return lookup === undefined
		? target
		: refuse(400, 'NOT_SUPPORTED', 'the relation cannot be changed by this list', { resource_path_index: 2 });
}

/** `PUT /{module}/{id}/{related list}`: puts records on the list; once is enough. With `only` it is the one of the path. */
export function linkRecords(
	call: CrmCall,
	module: ModuleState,
	id: string,
	list: string,
	only?: string,
): SimResponse {
	const target = linkedList(call, module, id, list);
	if (only !== undefined && !target.store.get(only))
		throw new CrmRefusal(400, faults.badId({ resource_path_index: 3 }));
	const records = recordsOf(call);
	const items = (only === undefined ? records : records.slice(0, 1)).map((record, index): Item => {
		const path = `$.data[${index}].id`;
		const other = only ?? record['id'];
		if (other === undefined || other === null || other === '') return { ...faults.mandatory('id', path) };
		if (typeof other !== 'string' || !target.store.get(other))
			return { ...faults.badId({ api_name: 'id', json_path: path }) };
		call.org.links.add(id, other);
		return done(other, 'record updated');
	});
	return { status: statusOf(items, 200), json: { data: items } };
}

/** `DELETE /{module}/{id}/{related list}?ids=`: takes records off the list; they stay as they are. */
export function unlinkRecords(
	call: CrmCall,
	module: ModuleState,
	id: string,
	list: string,
	only?: string,
): SimResponse {
	linkedList(call, module, id, list);
	if (only !== undefined) {
		if (!call.org.links.remove(id, only))
			refuse(400, 'INVALID_DATA', 'relation not found', { resource_path_index: 3 });
		return { status: 200, json: { data: [done(only, 'relation removed')] } };
	}
	const text = call.query('ids');
	if (text === undefined)
		return refuse(400, 'MANDATORY_NOT_FOUND', 'One of the expected parameter is missing', {
			param_name: 'ids',
		});
	const ids = text.split(',').map((one) => one.trim());
	if (ids.length > mostAtOnce) {
		refuse(400, 'LIMIT_EXCEEDED', `Limit Exceeded, You cannot give more than ${mostAtOnce} record ids`, {
			limit: String(mostAtOnce),
			param_name: 'ids',
		});
	}
	const items = ids.map((other): Item =>
		call.org.links.remove(id, other)
			? done(other, 'relation removed')
			: { ...fault('INVALID_DATA', 'relation not found', { id: other }) },
	);
	return { status: statusOf(items, 200), json: { data: items } };
}
