/** What an operation of the Zoho CRM node is, and how all of them are run. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { ZohoClient } from '../../zoho/client';
import { text } from '../../zoho/json';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/errors';
import { failedItem } from '../shared/failedItem';
import { idFrom, limitFrom } from '../shared/given';
import { instantOf } from '../shared/instants';
import { noteFailure } from '../shared/trigger/taken';

/** What became of one input item: records to put out (items, where files belong to them), or why not. */
export type Outcome = { records: IDataObject[] } | { items: INodeExecutionData[] } | { error: unknown };

/** Does something for one input item. */
type ForItem<Result> = (context: IExecuteFunctions, client: ZohoClient, index: number) => Promise<Result>;

export type CrmOperation = Omit<INodePropertyOptions, 'value' | 'action'> & {
	value: string;
	action: string;
} & (
		| { /** Item by item. */ run: ForItem<IDataObject[]> }
		| { /** Item by item, with files. */ runFiles: ForItem<INodeExecutionData[]> }
		| { /** All items together; one outcome per item, in order. */ runAll(context: IExecuteFunctions, client: ZohoClient): Promise<Outcome[]> }
	);

export interface CrmResource {
	name: string;
	value: string;
	operations: CrmOperation[];
	/** Each with `displayOptions` that show it for this resource. */
	properties: INodeProperties[];
}

/** Runs the chosen operation; puts out one group of items per input item, in order, each paired with its input. */
export async function runOperation(context: IExecuteFunctions, operation: CrmOperation): Promise<INodeExecutionData[][]> {
	const client = await connect(context, 'crm').catch((error: unknown) => Promise.reject(toNodeError(context.getNode(), error)));
	const outcomes = 'runAll' in operation ? await operation.runAll(context, client) : await runEach(context, client, outcomeOf(operation));
	const items = outcomes.flatMap((outcome, index): INodeExecutionData[] => {
		const pairedItem = { item: index };
		if ('records' in outcome) return outcome.records.map((json) => ({ json, pairedItem }));
		if ('items' in outcome) return outcome.items.map((item) => ({ ...item, pairedItem }));
		noteFailure(context);
		const error = toNodeError(context.getNode(), outcome.error, index);
		if (!context.continueOnFail()) throw 'runAll' in operation ? withTally(error, outcomes) : error;
		return [failedItem(error, index)];
	});
	return [items];
}

/** A failure that stops the run hides what was written beside it: the description tells, so that nobody sends it again. */
function withTally<Failure extends NodeApiError | NodeOperationError>(error: Failure, outcomes: Outcome[]): Failure {
	const written = outcomes.filter((outcome) => 'records' in outcome && outcome.records.length > 0).length;
	const failed = outcomes.filter((outcome) => 'error' in outcome).length;
	error.description = `${error.description ?? ''} Of ${outcomes.length} records ${written} were written and ${failed} failed. Set "On Error" of this node to continue, and each gets a result of its own.`;
	return error;
}

function outcomeOf(operation: Exclude<CrmOperation, { runAll: unknown }>): ForItem<Outcome> {
	return 'run' in operation
		? async (...item) => ({ records: await operation.run(...item) })
		: async (...item) => ({ items: await operation.runFiles(...item) });
}

async function runEach(context: IExecuteFunctions, client: ZohoClient, run: ForItem<Outcome>): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	for (const index of context.getInputData().keys()) {
		const outcome = await run(context, client, index).catch((error: unknown): Outcome => ({ error }));
		outcomes.push(outcome);
		if ('error' in outcome && !context.continueOnFail()) break;
	}
	return outcomes;
}

/** How many rows Return All and Limit of the item ask for. */
export function limitOf(context: IExecuteFunctions, index: number): number {
	return limitFrom(context.getNodeParameter('returnAll', index, false), context.getNodeParameter('limit', index, 50));
}

/** The time that a date field or an expression gives; without an offset it is in the workflow's time zone. Epoch milliseconds. */
export function timeOf(context: IExecuteFunctions, value: unknown, displayName: string, index: number): number {
	const time = instantOf(value, context.getTimezone());
	if (time !== undefined) return time;
	throw new NodeOperationError(context.getNode(), `"${text(value)}" is not a time`, {
		itemIndex: index,
		description: `${displayName} takes a date and time such as 2026-11-01T10:00:00+01:00.`,
	});
}

export async function gather(pages: AsyncGenerator<object[]>): Promise<IDataObject[]> {
	const rows: IDataObject[] = [];
	for await (const page of pages) rows.push(...(page as IDataObject[]));
	return rows;
}

/** The chosen module's API name. */
export function moduleOf(context: IExecuteFunctions, index: number): string {
	const module = text(context.getNodeParameter('module', index, '', { extractValue: true })).trim();
	if (module !== '') return module;
	throw new NodeOperationError(context.getNode(), 'No module is chosen', {
		itemIndex: index,
		description: 'Choose one in the field Module, or check what its expression yields.',
	});
}

/** What the field Record says, as an id. */
export function chosenId(context: IExecuteFunctions, index: number): string {
	return idFrom(context.getNodeParameter('recordId', index, '', { extractValue: true }));
}

/** The same, where nothing can be done without one. */
export function neededId(context: IExecuteFunctions, index: number): string {
	const id = chosenId(context, index);
	if (id !== '') return id;
	throw new NodeOperationError(context.getNode(), 'No record is chosen', {
		itemIndex: index,
		description: 'Choose one in the field Record, or check what its expression yields for this item.',
	});
}

/** The text of a field that must not be empty. */
export function neededText(context: IExecuteFunctions, name: string, displayName: string, index: number): string {
	return filled(context, context.getNodeParameter(name, index, ''), displayName, index);
}

/** The same of a field that is chosen from a list, or given by id or name. */
export function neededChoice(context: IExecuteFunctions, name: string, displayName: string, index: number): string {
	return filled(context, idFrom(context.getNodeParameter(name, index, '', { extractValue: true })), displayName, index);
}

function filled(context: IExecuteFunctions, value: unknown, displayName: string, index: number): string {
	const given = text(value).trim();
	if (given !== '') return given;
	throw new NodeOperationError(context.getNode(), `The field ${displayName} is empty`, {
		itemIndex: index,
		description: 'Fill it in, or check what its expression yields for this item.',
	});
}
