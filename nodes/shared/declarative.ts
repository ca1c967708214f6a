/**
 * Declarative operations through the one request path. n8n's routing engine builds a request out of the description and hands it to
 * the function in `operations.pagination`; that function sends it through `exchange`, with the engine's own `makeRoutingRequest` as
 * the way to the network, so that the request options of the node hold (batching, proxy, timeout, allowed domains).
 */

import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodePropertyRouting,
} from 'n8n-workflow';

import type { ZohoClient } from '../../zoho/client';
import { asObject, text } from '../../zoho/json';
import type { HttpMethod, JsonObject, QueryValues, ZohoCall, ZohoProduct } from '../../zoho/types';
import { connect } from './connection';
import { downloaded, withFile } from './declarativeFiles';
import { toNodeError } from './errors';
import { failedItem } from './failedItem';
import { GivenError, idFrom, limitFrom } from './given';
import { Lanes } from './lanes';
import { noteFailure } from './trigger/taken';

/** The value of a node parameter for the item at hand. */
export type ReadParameter = (name: string, fallback?: unknown) => unknown;

/** One operation, as the description of a node gives it to `routed`. */
export interface RoutedOperation {
	product: ZohoProduct;
	method: HttpMethod;
	/** From the API domain on: `/books/v3/contacts/{contactId}`; `{contactId}` is the parameter of that name. It must not be empty. */
	path: string;
	/** What the call is about, for error messages: `contact`. */
	label: string;
	/** The OAuth scope that it needs, for the message when Zoho refuses it. */
	scope?: string;
	/** The lowest plan of Zoho that has it, for the same message. */
	plan?: string;
	/** Books: works without an organization. */
	anyOrganization?: boolean;
	/** A POST that does no more when it is sent twice. */
	repeatable?: boolean;
	/** `idOf` gives the checked id that a parameter holds, as in the path. */
	body?(read: ReadParameter, idOf: (name: string) => string): JsonObject;
	/** The part of a form that a file of the item is sent as; see `inputFileField`. */
	upload?: string;
	/** Zoho answers with a file, which is put out in place of records; see `outputFileField`. */
	download?: boolean;
	/** Beside what `routing.send` of the properties gives. */
	query?(read: ReadParameter, idOf: (name: string) => string): QueryValues;
	headers?(read: ReadParameter): Record<string, string>;
	/**
	 * Sends the call, as often as the records take, and resolves with the records to put out.
	 * @param limit how many records are wanted: the parameters `returnAll` and `limit`
	 */
	answer(client: ZohoClient, call: ZohoCall, limit: number): Promise<JsonObject[]>;
	/** What is put out of each record; all of it where this is absent. */
	shown?(read: ReadParameter): (record: JsonObject) => JsonObject;
}

/** The `routing` of an operation. Query parameters come from `routing.send` of the properties that are visible with it. */
export function routed(operation: RoutedOperation): INodePropertyRouting {
	return {
		request: { method: operation.method, url: operation.path },
		send: { paginate: true },
		operations: {
			async pagination(this: IExecutePaginationFunctions, request: DeclarativeRestApiSettings.ResultOptions) {
				return await run(this, operation, request);
			},
		},
		output: { postReceive: [keepResponse] },
	};
}

/** The last response of each item's context: `makeRoutingRequest` itself gives items only. */
const responses = new WeakMap<object, IN8nHttpFullResponse>();

async function keepResponse(
	this: IExecuteSingleFunctions,
	items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	responses.set(this, response);
	return items;
}

/** The engine starts all items at once; writes to the same record wait for one another. */
const lanes = new Lanes();

async function run(
	context: IExecutePaginationFunctions,
	operation: RoutedOperation,
	request: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const item = context.getItemIndex();
	try {
		const call = await withFile(context, operation, callOf(context, operation, request));
		const limit = limitFrom(context.getNodeParameter('returnAll', false), context.getNodeParameter('limit', 50));
		const send = async () => {
			const client = await connect(context, operation.product, {
				organizationId: text(context.getNodeParameter('organizationId', '')),
				anyOrganization: operation.anyOrganization,
				transport: transportOf(context, request),
			});
			if (operation.download) return [await downloaded(context, client, call)];
			const records = await operation.answer(client, call, limit);
			const shown = operation.shown?.(readerOf(context));
			return (shown ? records.map(shown) : records).map(itemOf);
		};
		const changesRecord = call.method !== 'GET' && call.path !== operation.path;
		const items = changesRecord ? await lanes.run(call.path, send) : await send();
		return items.map((one) => ({ ...one, pairedItem: { item } }));
	} catch (error) {
		noteFailure(context);
		const nodeError = toNodeError(context.getNode(), error, item);
		if (context.continueOnFail()) return [failedItem(nodeError, item)];
		throw nodeError;
	}
}

const readerOf =
	(context: IExecutePaginationFunctions): ReadParameter =>
	(name, fallback) =>
		context.getNodeParameter(name, fallback as object);

const itemOf = (json: JsonObject): INodeExecutionData => ({ json: json as INodeExecutionData['json'] });

/** Sends with the engine's own request function; what it was told about the connection (proxy, timeout, …) stays, the address does not. */
function transportOf(context: IExecutePaginationFunctions, request: DeclarativeRestApiSettings.ResultOptions) {
	const { proxy, timeout, skipSslCertificateValidation, allowedDomains } = request.options;
	const kept = { proxy, timeout, skipSslCertificateValidation, allowedDomains };
	// The context that `postReceive` functions get.
	const single = Object.getPrototypeOf(context) as object;
	return async (options: IHttpRequestOptions): Promise<unknown> => {
		await context.makeRoutingRequest({ ...request, options: { ...kept, ...options } });
		return responses.get(single);
	};
}

function callOf(
	context: IExecutePaginationFunctions,
	operation: RoutedOperation,
	request: DeclarativeRestApiSettings.ResultOptions,
): ZohoCall {
	const ids: string[] = [];
	const path = operation.path.replace(/\{(\w+)\}/g, (_place, name: string) => {
		ids.push(idOf(context, name, operation.label));
		return encodeURIComponent(ids.at(-1) ?? '');
	});
	const filled = Object.entries(asObject(request.options.qs)).filter(([, value]) => text(value) !== '');
	const read = readerOf(context);
	const checkedId = (name: string) => idOf(context, name, operation.label);
	const body = operation.body?.(read, checkedId);
	const name = text(body?.contact_name) && `"${text(body?.contact_name)}"`;
	return {
		method: operation.method,
		path,
		query: { ...(Object.fromEntries(filled) as QueryValues), ...operation.query?.(read, checkedId) },
		...(body && { body }),
		...(operation.headers && { headers: operation.headers(read) }),
		subject: [operation.label, ids.at(-1) ?? name].filter(Boolean).join(' '),
		scope: operation.scope,
		...(operation.plan && { plan: operation.plan }),
		...(operation.repeatable && { repeatable: true }),
	};
}

/** An id, from a resource locator or as text. An empty one would address the whole collection. */
function idOf(context: IExecutePaginationFunctions, name: string, label: string): string {
	const id = idFrom(context.getNodeParameter(name, '', { extractValue: true }));
	if (id !== '') return id;
	throw new GivenError(
		`No ID is given (${name}, for ${label})`,
		'Choose a record, or check what the expression of the field yields for this item.',
	);
}
