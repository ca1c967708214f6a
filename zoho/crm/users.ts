/** The users of a CRM organization. Source: CRM v8 "Get Users", and Zoho's OpenAPI file for users. */

import type { ZohoClient } from '../client';
import { asObject, objectsOf, text } from '../json';
import type { JsonObject, QueryValues, ZohoCall } from '../types';
import { crmRoot } from './read';

const rowsPerPage = 200;

function callFor(subject: string, id?: string, query?: QueryValues): ZohoCall {
	return { method: 'GET', path: `${crmRoot}/users${id === undefined ? '' : `/${encodeURIComponent(id)}`}`, query, subject, scope: 'ZohoCRM.users.READ' };
}

/** Users of a kind that Zoho knows, such as `ActiveUsers`, page by page. */
export async function* userPages(client: ZohoClient, type: string, limit = Number.POSITIVE_INFINITY): AsyncGenerator<JsonObject[]> {
	const per_page = Math.min(rowsPerPage, limit);
	let left = limit;
	for (let page = 1; left > 0; page++) {
		const { body } = await client.request(callFor('the users', undefined, { type, page, per_page }));
		const rows = objectsOf(asObject(body).users).slice(0, left);
		left -= rows.length;
		if (rows.length > 0) yield rows;
		if (asObject(asObject(body).info).more_records !== true) return;
	}
}

/** Undefined when there is no such user. */
export async function getUser(client: ZohoClient, id: string): Promise<JsonObject | undefined> {
	const reply = await client.requestIfThere(callFor(`user ${id}`, id));
	return objectsOf(asObject(reply?.body).users).find((user) => text(user.id) === id);
}
