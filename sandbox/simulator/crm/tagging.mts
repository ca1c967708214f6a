import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { CrmRefusal, fault } from './errors.mts';
import type { ModuleState } from './org.mts';
import { longestTag, newTag, type Tag, withTags } from './tags.mts';
import { isObject, type Json } from './values.mts';
import type { Change } from './writer.mts';

/**
 * Tags put on records and taken off. Source: Zoho's OpenAPI file for the actions of tags and its examples (repository zoho/crm-oas, v8.0/tags_actions);
 * https://www.zoho.com/crm/developer/docs/api/v8/add-tags.html (500 records a call); what an unknown record gives: the page of version 2.
 */

const mostRecords = 500;
/** Of one record. */
const mostTags = 10;

const refuseField = (name: string, details: Json = {}, message = 'invalid data'): never => {
	throw new CrmRefusal(400, fault('INVALID_DATA', message, { ...details, api_name: name, json_path: `$.${name}` }));
};

/** The records: of the path, else `ids`, a list or the text of one. */
function recordsOf(call: CrmCall, only: string | undefined): string[] {
	if (only !== undefined) return [only];
	const { ids } = call.json();
	const list: unknown = typeof ids === 'string' ? parsed(ids) : ids;
	if (!Array.isArray(list) || list.length === 0) return refuseField('ids', { expected_data_type: 'jsonarray' });
	if (list.length > mostRecords) return refuseField('ids', { maximum_length: mostRecords });
	return list.map(String);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

interface Wanted {
	name: string;
	color: string | null;
	id: string | undefined;
}

function wantedOf(call: CrmCall): Wanted[] {
	const { tags } = call.json();
	if (tags === undefined || tags === null)
		throw new CrmRefusal(400, fault('MANDATORY_NOT_FOUND', 'required field not found', { api_name: 'tags', json_path: '$.tags' }));
	if (!Array.isArray(tags) || tags.length === 0) return refuseField('tags', { expected_data_type: 'jsonarray' });
	if (tags.length > mostTags) return refuseField('tags', { maximum_length: mostTags });
	return tags.map((tag: unknown) => {
		const { name, id, color_code: color } = isObject(tag) ? tag : {};
		if (typeof name !== 'string' || name.trim() === '') return refuseTag({ api_name: 'name', expected_data_type: 'text' }, 'Invalid data type');
		if (name.trim().length > longestTag) return refuseTag({ api_name: 'name', maximum_length: longestTag }, 'Invalid data');
		return { name, color: typeof color === 'string' ? color : null, id: typeof id === 'string' ? id : undefined };
	});
}

const refuseTag = (details: Json, message: string): never => {
	throw new CrmRefusal(400, fault('INVALID_DATA', message, { ...details, json_path: '$.tags[*].name' }), 'tags');
};

const shown = ({ name, id, color }: Tag) => ({ name, id, color_code: color });

/** An item for each record; what its tags become is up to `change`. */
function onRecords(
	call: CrmCall,
	module: ModuleState,
	ids: string[],
	change: (tags: string[]) => { tags: string[]; left?: Tag[] },
): Json[] {
	const { org } = call;
	const changes: Change[] = [];
	const items = ids.map((id): Json => {
		const record = module.store.get(id);
		if (!record) return { ...fault('FAILURE', 'tags not updated successfully', { id }) };
		const { tags, left = [] } = change([...((record.values['Tag'] ?? []) as string[])]);
		org.writer.tag(module, id, tags, call.user, changes);
		const details = {
			...{ id, tags: tags.map((tag) => org.tags.get(tag)).filter((tag) => tag !== undefined).map(shown) },
			...(left.length > 0 && { not_added_tags: left.map(shown) }),
		};
		return { code: 'SUCCESS', details, message: 'tags updated successfully', status: 'success' };
	});
	org.publish(changes, 'api');
	return items;
}

const counted = (items: Json[]) => ({ data: items, locked_count: '0' });

/** `POST /{module}/actions/add_tags` or `POST /{module}/{id}/actions/add_tags`: unknown names become new tags; a record takes ten. */
export function addTags(call: CrmCall, state: ModuleState, only?: string): SimResponse {
	const { org } = call;
	const module = withTags(org, state.spec.name);
	const ids = recordsOf(call, only);
	const wanted = wantedOf(call).map(
		({ name, color, id }) => org.tags.get(id ?? '') ?? org.tags.named(module.spec.name, name) ?? newTag(call, module.spec.name, name, color),
	);
	const replaces = call.json()['over_write'] === true;
	const items = onRecords(call, module, ids, (before) => {
		const all = [...new Set([...(replaces ? [] : before), ...wanted.map((tag) => tag.id)])];
		const tags = all.slice(0, mostTags);
		return { tags, left: wanted.filter((tag) => !tags.includes(tag.id)) };
	});
	return { status: 200, json: counted(items) };
}

/** `POST /{module}/actions/remove_tags` or `POST /{module}/{id}/actions/remove_tags`; a tag that the record does not have is no failure. */
export function removeTags(call: CrmCall, state: ModuleState, only?: string): SimResponse {
	const { org } = call;
	const module = withTags(org, state.spec.name);
	const ids = recordsOf(call, only);
	const tags = wantedOf(call).map(({ id, name }) => org.tags.get(id ?? '') ?? org.tags.named(module.spec.name, name));
	if (tags.includes(undefined)) refuseField('tags');
	const items = onRecords(call, module, ids, (before) => ({ tags: before.filter((id) => !tags.some((tag) => tag?.id === id)) }));
	return { status: 200, json: counted(items) };
}
