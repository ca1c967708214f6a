import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { JsonObject } from '../../../zoho/types';
import { toNodeError } from '../errors';
import type { TriggerEvent } from './events';
import { fromItem, toItem } from './events';
import { readSettings } from './settings';
import { triggerName } from './keys';
import type { Fetched, TriggerSystem } from './system';
import { taken } from './taken';

/**
 * What a trigger does inside the execution (on a worker in queue mode): completes the items that webhook or
 * poll handed on with the records as they are now. A record that is gone meanwhile becomes a deleted one
 * where the workflow asks for those, else it is left out.
 *
 * n8n calls `execute()` before `poll()` and `webhook()` in a manual run too; without items of ours that run
 * gets the latest record.
 */
export async function complete(
	context: IExecuteFunctions,
	system: TriggerSystem,
): Promise<INodeExecutionData[][]> {
	const idField = system.idField(context);
	const events = context.getInputData().map((item) => fromItem(item, idField));
	if (context.getMode() === 'manual' && events.every((event) => event === undefined)) {
		return [await sample(context, system)];
	}
	const incomplete = events.flatMap((event, item) =>
		event && event.type !== 'deleted' && !event.record ? [{ event, item }] : [],
	);
	const fetched = new Map<number, Fetched>();
	if (incomplete.length > 0) {
		try {
			const client = await system.connect(context);
			const results = await system.fetch(
				context,
				client,
				incomplete.map(({ event }) => event),
			);
			incomplete.forEach(({ item }, index) => fetched.set(item, results[index] ?? { record: undefined }));
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error);
			incomplete.forEach(({ item }) => fetched.set(item, { error }));
		}
	}
	const tellDeleted = readSettings(context).events.includes('deleted');
	const items = events.flatMap((event, item) => {
		const made = event && itemOf(context, event, item, fetched.get(item), tellDeleted, idField);
		return made ? [{ ...made, pairedItem: { item } }] : [];
	});
	if (context.getMode() !== 'manual') noteTaken(context, system, events, fetched);
	return [items];
}

/** What the execution deals with is not for the next poll to read again. Where n8n does not tell when an execution ends, it is. */
function noteTaken(
	context: IExecuteFunctions,
	system: TriggerSystem,
	events: ReadonlyArray<TriggerEvent | undefined>,
	fetched: ReadonlyMap<number, Fetched>,
): void {
	const execution = context.getExecutionId();
	const isWhole = ![...fetched.values()].some((one) => 'error' in one);
	if (!context.onExecutionFinish || !isWhole) return;
	events.forEach((event, item) => {
		const found = fetched.get(item);
		const record = found && 'record' in found ? found.record : event?.record;
		const modified = record && system.modified(context, record);
		if (event && modified !== undefined) taken.take(execution, triggerName(context), event, modified);
	});
	// Whoever stops an execution, or a time limit does, leaves its records to the next poll.
	context.onExecutionCancellation(() => taken.failed(execution));
	context.onExecutionFinish(() => (hasFailed(context) ? taken.failed(execution) : taken.ended(execution)));
}

/** n8n keeps the data of the run on the context (n8n-core, `base-execute-context.d.ts`); n8n-workflow's type does not tell. */
function hasFailed(context: IExecuteFunctions): boolean {
	const { runExecutionData: run } = context as { runExecutionData?: { resultData?: { error?: unknown } } };
	return run?.resultData?.error !== undefined;
}

/** The record that was modified last, as an item of a manual run; none when the account has none. */
export async function sample(
	context: IExecuteFunctions,
	system: TriggerSystem,
): Promise<INodeExecutionData[]> {
	const idField = system.idField(context);
	try {
		const client = await system.connect(context);
		const latest = await system.latest(context, client);
		if (!latest) return [];
		const [found] = await system.fetch(context, client, [latest]);
		const item = found && itemOf(context, latest, 0, found, false, idField);
		return item ? [{ ...item, pairedItem: { item: 0 } }] : [];
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

function itemOf(
	context: IExecuteFunctions,
	event: TriggerEvent,
	item: number,
	fetched: Fetched | undefined,
	tellDeleted: boolean,
	idField: string,
): INodeExecutionData | undefined {
	if (!fetched) return toItem(event, idField);
	if ('error' in fetched) {
		const error = toNodeError(context.getNode(), fetched.error, item);
		if (!context.continueOnFail()) throw error;
		const { json } = toItem(event, idField);
		return { json: { ...json, error: error.message } };
	}
	const { record, readAt } = fetched;
	if (record) return toItem({ ...event, record: record satisfies JsonObject, ...(readAt !== undefined && { readAt }) }, idField);
	return tellDeleted ? toItem({ ...event, type: 'deleted' }, idField) : undefined;
}
