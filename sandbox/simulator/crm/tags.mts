import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { CrmRefusal, fault, type CrmFault } from './errors.mts';
import type { CrmOrg, ModuleState } from './org.mts';
import { renderUser } from './render.mts';
import { writeTime } from './times.mts';
import { isObject, type Json } from './values.mts';

/**
 * The tags that a module has. Source: Zoho's OpenAPI file for tags and its examples (repository zoho/crm-oas, v8.0/tags).
 */

export interface Tag {
	id: string;
	module: string;
	name: string;
	color: string | null;
	created: number;
	modified: number;
	by: string;
}

export const longestTag = 25;
/** Tags of one module; no page tells the numbers of the editions. */
const mostTags = 100;

/** The tags of an organization; a name stands once in a module, whatever its case. */
export class TagBook {
	readonly #tags = new Map<string, Tag>();

	get(id: string): Tag | undefined {
		return this.#tags.get(id);
	}

	of(module: string): Tag[] {
		return [...this.#tags.values()].filter((tag) => tag.module === module);
	}

	named(module: string, name: string): Tag | undefined {
		return this.of(module).find((tag) => tag.name.toLowerCase() === name.trim().toLowerCase());
	}

	put(tag: Tag): Tag {
		this.#tags.set(tag.id, tag);
		return tag;
	}

	remove(id: string): Tag | undefined {
		const tag = this.#tags.get(id);
		this.#tags.delete(id);
		return tag;
	}
}

const tagJson = (org: CrmOrg, tag: Tag) => ({
	created_time: writeTime(tag.created, org.timeZone),
	modified_time: writeTime(tag.modified, org.timeZone),
	name: tag.name,
	modified_by: renderUser(org, tag.by, false),
	id: tag.id,
	created_by: renderUser(org, tag.by, false),
	color_code: tag.color,
});

/** The module of `?module=`; notes have no tags. */
function taggable(call: CrmCall): ModuleState {
	const name = call.query('module');
	if (name === undefined)
		throw new CrmRefusal(400, fault('REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', { param: 'module' }));
	return withTags(call.org, name);
}

export function withTags(org: CrmOrg, name: string): ModuleState {
	const module = org.modules.get(name);
	if (!module) throw new CrmRefusal(400, fault('INVALID_MODULE', 'the module name given seems to be invalid'));
	if (module.fields.has('Tag')) return module;
	throw new CrmRefusal(400, fault('INVALID_MODULE', 'the given module is not supported for this api'));
}

/** `GET /settings/tags?module=`. */
export function listTags(call: CrmCall): SimResponse {
	const tags = call.org.tags.of(taggable(call).spec.name);
	return {
		status: 200,
		json: { tags: tags.map((tag) => tagJson(call.org, tag)), info: { count: tags.length, allowed_count: mostTags } },
	};
}

const item = (org: CrmOrg, tag: Tag, done: string) => ({
	code: 'SUCCESS',
	details: tagJson(org, tag),
	message: `tags ${done} successfully`,
	status: 'success',
});
const wrong = (name: string, path: string, details: Json = {}, message = 'invalid data') =>
	fault('INVALID_DATA', message, { ...details, api_name: name, json_path: path });

/** What is wrong with the name and colour of a tag. */
function problemOf(input: unknown, path: string): CrmFault | undefined {
	const { name, color_code: color = null } = isObject(input) ? input : {};
	if (name === undefined || name === null || name === '')
		return fault('MANDATORY_NOT_FOUND', 'required field not found', { api_name: 'name', json_path: `${path}.name` });
	if (typeof name !== 'string') return wrong('name', `${path}.name`, { expected_data_type: 'text' }, 'Invalid data type');
	if (name.trim().length > longestTag) return wrong('name', `${path}.name`, { maximum_length: longestTag });
	if (color === null) return undefined;
	if (typeof color !== 'string') return wrong('color_code', `${path}.color_code`, { expected_data_type: 'text' }, 'Invalid data type');
	if (color.length > 7) return wrong('color_code', `${path}.color_code`, { maximum_length: 7 });
	return /^#[0-9a-f]{6}$/i.test(color) ? undefined : wrong('color_code', `${path}.color_code`, {}, 'special characters found in the given name');
}

type Item = Json | CrmFault;

interface Input {
	id?: string;
	name: string;
	color_code?: string | null;
}

/** What becomes of each tag in the body; those with a mistake are told of it. */
function eachInput(call: CrmCall, write: (input: Input, path: string) => Item): Item[] {
	const { tags } = call.json();
	if (!Array.isArray(tags) || tags.length === 0)
		throw new CrmRefusal(400, fault('MANDATORY_NOT_FOUND', 'required field not found', { api_name: 'tags', json_path: '$.tags' }));
	return (tags as unknown[]).map((input, index) => {
		const path = `$.tags[${index}]`;
		return problemOf(input, path) ?? write(input as Input, path);
	});
}

function answer(items: Item[], success: number): SimResponse {
	const failed = items.filter((one) => one.status === 'error').length;
	return { status: failed === 0 ? success : failed < items.length ? 207 : 400, json: { tags: items } };
}

const duplicate = (tag: Tag, path: string) => fault('DUPLICATE_DATA', 'duplicate data', { api_name: 'name', json_path: `${path}.name`, id: tag.id });

/** A new tag of the module. */
export function newTag(call: CrmCall, module: string, name: string, color: string | null): Tag {
	const { org, user } = call;
	const at = org.now();
	return org.tags.put({ id: org.newId(), module, name: name.trim(), color, created: at, modified: at, by: user.id });
}

/** `POST /settings/tags?module=`. */
export function createTags(call: CrmCall): SimResponse {
	const { org } = call;
	const module = taggable(call).spec.name;
	const items = eachInput(call, ({ name, color_code: color = null }, path) => {
		const known = org.tags.named(module, name);
		if (known) return duplicate(known, path);
		if (org.tags.of(module).length >= mostTags) return fault('LICENSE_LIMIT_EXCEEDED', 'tags edition limit exceeded');
		return item(org, newTag(call, module, name, color), 'created');
	});
	return answer(items, 201);
}

/** `PUT /settings/tags?module=` with ids in the body, or `PUT /settings/tags/{id}?module=`. */
export function updateTags(call: CrmCall, only?: string): SimResponse {
	const { org } = call;
	const module = taggable(call).spec.name;
	const items = eachInput(call, ({ id, name, color_code: color }, path) => {
		const tag = org.tags.get(only ?? id ?? '');
		if (!tag || tag.module !== module) return wrong('id', `${path}.id`, {}, 'invalid tag id');
		const other = org.tags.named(module, name);
		if (other && other.id !== tag.id) return duplicate(other, path);
		const changed = { ...tag, name: name.trim(), color: color === undefined ? tag.color : color, modified: org.now() };
		return item(org, org.tags.put(changed), 'updated');
	});
	return answer(items, 200);
}

/** `DELETE /settings/tags/{id}`. */
export function deleteTag(call: CrmCall, id: string): SimResponse {
	if (!call.org.tags.remove(id)) throw new CrmRefusal(400, fault('INVALID_DATA', 'tags not found', { id }));
	return { status: 200, json: { tags: [{ code: 'SUCCESS', details: { id }, message: 'tags deleted successfully', status: 'success' }] } };
}
