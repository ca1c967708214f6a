import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { ZohoClient } from '../../../zoho/client';
import { mostSubRequests, sendComposite, subRequestOf, SubRequestError, type CompositeMode, type SubRequest, type SubResult } from '../../../zoho/crm/composite';
import { ZohoError } from '../../../zoho/errors';
import { chunks, isObject } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import { toNodeError } from '../../shared/errors';
import { failedItem } from '../../shared/failedItem';
import { GivenError, jsonFrom, recordFrom, withWholeNumbers } from '../../shared/given';
import type { CrmResource } from '../operation';

const show = { resource: ['compositeRequest'], operation: ['send'] };
const example = '{ "method": "POST", "uri": "/crm/v8/Contacts", "body": { "data": [{ "Last_Name": "Osei" }] } }';

function checked(given: JsonObject): SubRequest {
	try {
		return subRequestOf(given);
	} catch (error) {
		throw error instanceof SubRequestError ? new GivenError(`A sub-request cannot be sent: ${error.message}`, `Give an object such as ${example}.`) : error;
	}
}

/** The sub-requests of an item: itself, or the list that it holds. */
function requestsOf(context: IExecuteFunctions, index: number): SubRequest[] {
	if (context.getNodeParameter('source', index) === 'items') return [checked(recordFrom(context.getNodeParameter('request', index)))];
	const given: unknown = context.getNodeParameter('requests', index);
	const list: unknown = typeof given === 'string' ? jsonFrom(given) : given;
	if (!Array.isArray(list) || list.length === 0 || !list.every(isObject)) throw new GivenError('"Sub-Requests" is not a JSON list of objects', `Give a list such as [${example}].`);
	if (list.length > mostSubRequests) throw tooMany(list.length);
	return withWholeNumbers(list).map(checked);
}

function tooMany(count: number): GivenError {
	return new GivenError(`There are ${count} sub-requests; Zoho CRM takes ${mostSubRequests} together`, 'Send fewer, or let them not be rolled back together.');
}

type Outcome = { records: IDataObject[] } | { error: unknown };

interface Sending {
	/** The input item of each sub-request. */
	items: number[];
	requests: SubRequest[];
}

/** Lists go by themselves; items five by five, or all together where they are to be rolled back together. */
function sendingsOf(all: ReadonlyArray<{ index: number; requests: SubRequest[] }>, fromItems: boolean, mode: CompositeMode): Sending[] {
	if (!fromItems) return all.map(({ index, requests }) => ({ items: requests.map(() => index), requests }));
	if (mode === 'rollback' && all.length > mostSubRequests) throw tooMany(all.length);
	return chunks(all, mostSubRequests).map((some) => ({ items: some.map(({ index }) => index), requests: some.flatMap(({ requests }) => requests) }));
}

async function send(context: IExecuteFunctions, client: ZohoClient): Promise<Outcome[]> {
	const indexes = [...context.getInputData().keys()];
	const outcomes: Outcome[] = indexes.map(() => ({ records: [] }));
	const all: Array<{ index: number; requests: SubRequest[] }> = [];
	for (const index of indexes) {
		try {
			all.push({ index, requests: requestsOf(context, index) });
		} catch (error) {
			outcomes[index] = { error };
			if (!context.continueOnFail()) return outcomes;
		}
	}
	if (all.length === 0) return outcomes;
	const mode = context.getNodeParameter('execution', 0) as CompositeMode;
	const fromItems = context.getNodeParameter('source', 0) === 'items';
	for (const { items, requests } of sendingsOf(all, fromItems, mode)) {
		const results = await sendComposite(client, requests, mode).catch((error: unknown) => ({ error }));
		items.forEach((index, place) => {
			const outcome = 'error' in results ? results : outcomeOf(requests[place] as SubRequest, results[place]);
			const shown = fromItems || !context.continueOnFail() ? outcome : asRecord(context, outcome, index);
			outcomes[index] = joined(outcomes[index], shown);
		});
		if (outcomes.some((outcome) => 'error' in outcome) && !context.continueOnFail()) return outcomes;
	}
	return outcomes;
}

function outcomeOf({ method, uri }: SubRequest, result: SubResult | undefined): Outcome {
	if (result && !('fault' in result)) return { records: [{ ...result } as IDataObject] };
	const fault = result?.fault;
	return { error: fault ? new ZohoError([fault], { method, path: uri, subject: `${method} ${uri}` }) : new Error('there is no result') };
}

/** Of a list, each sub-request has an item of its own, one that failed too. */
function asRecord(context: IExecuteFunctions, outcome: Outcome, index: number): Outcome {
	return 'error' in outcome ? { records: [failedItem(toNodeError(context.getNode(), outcome.error, index), index).json] } : outcome;
}

/** Of a list, the first failure stands for its item. */
function joined(before: Outcome | undefined, next: Outcome): Outcome {
	if (!before || 'error' in before || 'error' in next) return before && 'error' in before ? before : next;
	return { records: [...before.records, ...next.records] };
}

/** Several calls in one, for what no other operation does, or what must happen together. */
export const compositeRequest: CrmResource = {
	name: 'Composite Request',
	value: 'compositeRequest',
	operations: [
		{
			name: 'Send',
			value: 'send',
			description: 'Send up to five calls of the Zoho CRM API as one, together or not at all',
			action: 'Send a composite request',
			runAll: send,
		},
	],
	properties: [
		{
			displayName: 'Sub-Requests From',
			name: 'source',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Items', value: 'items', description: 'Each item is a sub-request; five go in one call, and each gets its own result' },
				{ name: 'JSON', value: 'json', description: 'Each item holds a list of up to five; an item comes out for each result' },
			],
			default: 'items',
			displayOptions: { show },
		},
		{
			displayName: 'Sub-Request',
			name: 'request',
			type: 'json',
			default: '={{ $json }}',
			required: true,
			placeholder: `e.g. ${example}`,
			description: 'An object with method, uri (a path below /crm/v8), and where needed params, body, headers and sub_request_id',
			displayOptions: { show: { ...show, source: ['items'] } },
		},
		{
			displayName: 'Sub-Requests',
			name: 'requests',
			type: 'json',
			default: '[]',
			required: true,
			placeholder: `e.g. [${example}]`,
			description: 'A list of up to five such objects. A later one can refer to what an earlier one brought, as Zoho CRM\'s page "Composite API" shows.',
			displayOptions: { show: { ...show, source: ['json'] } },
		},
		{
			displayName: 'Execution',
			name: 'execution',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'All or None', value: 'rollback', description: 'When one fails, what the others wrote is taken back' },
				{ name: 'In Parallel', value: 'parallel', description: 'Those that do not refer to each other run at the same time' },
				{ name: 'One After the Other', value: 'sequence' },
			],
			default: 'parallel',
			displayOptions: { show },
		},
	],
};
