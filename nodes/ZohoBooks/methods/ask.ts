/** What the methods behind lists and dropdowns have in common. */

import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { booksRoot, needsOf } from '../../../zoho/books/read';
import type { BooksResource } from '../../../zoho/books/resource';
import type { ZohoClient } from '../../../zoho/client';
import { asObject, text } from '../../../zoho/json';
import type { JsonObject, QueryValues } from '../../../zoho/types';
import { connect } from '../../shared/connection';
import { toNodeError } from '../../shared/errors';
import { resources } from '../resources';

/** Failures come as n8n shows them. */
export async function ask<Result>(context: ILoadOptionsFunctions, read: (client: ZohoClient) => Promise<Result>): Promise<Result> {
	return await connect(context, 'books', { organizationId: text(context.getCurrentNodeParameter('organizationId')) })
		.then(read)
		.catch((error: unknown) => Promise.reject(toNodeError(context.getNode(), error)));
}

/** One page of a list. */
export async function pageOf(client: ZohoClient, resource: BooksResource, query: QueryValues, path = resource.path): Promise<JsonObject> {
	const reply = await client.request({
		method: 'GET',
		path: booksRoot + path,
		query: { ...resource.everything, per_page: 200, ...query },
		subject: `the list of ${resource.label.toLowerCase()}s`,
		...needsOf(resource, 'READ'),
	});
	return asObject(reply.body);
}

/** The resource that the node works on. */
export function chosenResource(context: ILoadOptionsFunctions): BooksResource | undefined {
	const name = text(context.getCurrentNodeParameter('resource'));
	return resources.find(({ value }) => value === name)?.books;
}

/** What people know a record by. */
export const words = (...parts: unknown[]): string => parts.map(text).filter(Boolean).join(' · ');
