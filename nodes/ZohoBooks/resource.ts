/** What a resource of the Zoho Books node is, and the kinds of answers that its operations have in common. */

import type { IExecuteFunctions, INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { bookPages, booksRoot, scopeOf } from '../../zoho/books/read';
import type { BooksResource } from '../../zoho/books/resource';
import { asObject, isObject, objectsOf } from '../../zoho/json';
import type { HttpMethod, JsonObject } from '../../zoho/types';
import { routed, type RoutedOperation } from '../shared/declarative';

export type BooksOperation = Pick<INodePropertyOptions, 'name' | 'description'> & {
	value: string;
	action: string;
} & (
		| { /** One call per item, or a list page by page. */ routing: Routing }
		| { /** What takes more than one call. */ run(this: IExecuteFunctions): Promise<INodeExecutionData[][]> }
	);

export interface BooksNodeResource {
	books: BooksResource;
	name: string;
	value: string;
	operations: BooksOperation[];
	/** Each with `displayOptions` that show it for this resource. */
	properties: INodeProperties[];
}

const accesses: Record<HttpMethod, 'READ' | 'CREATE' | 'UPDATE' | 'DELETE'> = {
	GET: 'READ',
	POST: 'CREATE',
	PUT: 'UPDATE',
	PATCH: 'UPDATE',
	DELETE: 'DELETE',
};

/** The scope that Zoho's files tell for a call about the resource. */
function scopeOfCall({ path: list, scope, otherScopes = {} }: BooksResource, method: HttpMethod, path: string): string | undefined {
	const below = path.startsWith(list) ? path.slice(list.length).replace(/^\/\{\w+\}/, '').replaceAll(/\{\w+\}/g, '{}') : '';
	return otherScopes[`${method} ${below}`] ?? scopeOf(scope, accesses[method]);
}

type Routing = INodePropertyOptions['routing'];
type Details = Partial<Omit<RoutedOperation, 'product' | 'method' | 'path' | 'label' | 'scope'>>;

/** Routing of one call about the resource; by default it puts out the record in the answer. `path` is below `/books/v3`. */
export function callTo(resource: BooksResource, method: HttpMethod, path: string, details: Details = {}): Routing {
	return routed({
		product: 'books',
		method,
		path: booksRoot + path,
		label: resource.label.toLowerCase(),
		scope: scopeOfCall(resource, method, path),
		...(resource.plan && { plan: resource.plan }),
		answer: recordOf(resource),
		...details,
	});
}

/** Routing of *Get Many*: as few pages as the limit allows. */
export function listOf(resource: BooksResource, path = resource.path, details: Details = {}): Routing {
	return callTo(resource, 'GET', path, {
		answer: async (client, call, limit) => {
			const rows: JsonObject[] = [];
			const list = { ...resource, path: call.path.slice(booksRoot.length) };
			for await (const page of bookPages(client, list, call.query, limit)) rows.push(...page);
			return rows;
		},
		...details,
	});
}

/** The record in the answer; Zoho's description has a list of one where some answers have an object. */
export function recordOf({ recordKey }: BooksResource): RoutedOperation['answer'] {
	return async (client, call) => {
		const reply = await client.request(call);
		const record = asObject(reply.body)[recordKey];
		return isObject(record) ? [record] : objectsOf(record);
	};
}

/** For calls that Zoho answers without a record. */
export function says(output: JsonObject): RoutedOperation['answer'] {
	return async (client, call) => {
		await client.request(call);
		return [output];
	};
}
