/** The tags that a module has. Sources: CRM v8 "Tags", and Zoho's OpenAPI file for tags. */

import type { ZohoClient } from '../client';
import { refusal } from '../errors';
import { asObject, objectsOf, text } from '../json';
import type { HttpMethod, JsonObject, ZohoCall } from '../types';
import { crmRoot } from './read';
import { soleDetails } from './results';

/** A name has at most 25 characters and stands once in a module. */
export interface TagWish {
	name: string;
	/** `#F17574`; Zoho chooses none by itself. */
	color?: string;
}

const operations: Partial<Record<HttpMethod, string>> = { GET: 'READ', POST: 'CREATE', PUT: 'UPDATE', DELETE: 'DELETE' };

function callFor(method: HttpMethod, subject: string, more: Partial<ZohoCall> = {}): ZohoCall {
	return { method, path: `${crmRoot}/settings/tags`, subject, scope: `ZohoCRM.settings.tags.${operations[method]}`, ...more };
}

const bodyOf = ({ name, color }: TagWish): JsonObject => ({ name, ...(color && { color_code: color }) });

/** All tags of the module: `id`, `name`, `color_code`, who and when. */
export async function listTags(client: ZohoClient, module: string): Promise<JsonObject[]> {
	const { body } = await client.request(callFor('GET', `the tags of ${module}`, { query: { module } }));
	return objectsOf(asObject(body).tags);
}

/** @throws ZohoError, with intent `duplicate` when the module has a tag of that name */
export async function createTag(client: ZohoClient, module: string, wish: TagWish): Promise<JsonObject> {
	const call = callFor('POST', `tag "${wish.name}" of ${module}`, { query: { module }, body: { tags: [bodyOf(wish)] } });
	return soleDetails(await client.request(call), call, 'tags');
}

/** Gives a tag another name or colour, on all records that have it. @throws ZohoError */
export async function updateTag(client: ZohoClient, module: string, id: string, wish: TagWish): Promise<JsonObject> {
	const call = callFor('PUT', `tag ${id} of ${module}`, { query: { module }, body: { tags: [{ id, ...bodyOf(wish) }] } });
	return soleDetails(await client.request(call), call, 'tags');
}

/** Takes a tag away, from all records too. @throws ZohoError when there is no such tag (any more) */
export async function deleteTag(client: ZohoClient, id: string): Promise<void> {
	const call = callFor('DELETE', `tag ${id}`);
	const reply = await client.request({ ...call, path: `${call.path}/${encodeURIComponent(id)}` });
	if (reply.mayBeDone && text(asObject(reply.body).code) !== '') return;
	soleDetails(reply, call, 'tags');
}

/** The id of the module's tag of that name, whatever its case. @throws ZohoError when there is none */
export async function tagNamed(client: ZohoClient, module: string, name: string): Promise<string> {
	const wanted = name.trim().toLowerCase();
	const found = (await listTags(client, module)).find((tag) => text(tag.name).trim().toLowerCase() === wanted);
	if (found) return text(found.id);
	throw refusal(callFor('GET', `tag "${name}" of ${module}`), 'not-found', 'there is no tag of this name', 'Check its spelling and the module.');
}
