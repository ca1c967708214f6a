/** Writes that take the whole run: one record per item, several at once, with a result for each. */

import type { IExecuteFunctions, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { ZohoClient } from '../../zoho/client';
import { text } from '../../zoho/json';
import type { JsonObject } from '../../zoho/types';
import { connect } from '../shared/connection';
import { toNodeError } from '../shared/errors';
import { failedItem } from '../shared/failedItem';
import { fewAtOnce } from '../shared/fewAtOnce';
import { Lanes } from '../shared/lanes';
import { tellFailed, tellWritten } from '../shared/written';
import { noteFailure } from '../shared/trigger/taken';
import { underWay } from '../shared/underWay';

export interface RecordWrite {
	/** For the sentence that says how many were written: `contacts`. */
	plural: string;
	/** What the item wants written. May throw a GivenError or a node error. */
	recordOf(index: number): JsonObject;
	/** Records of the same lane are written one after the other, in the order of the items. */
	laneOf(record: JsonObject): string;
	/** Resolves with what to put out; rejects with a ZohoError. */
	write(client: ZohoClient, record: JsonObject): Promise<JsonObject>;
}

type Outcome = { record: JsonObject } | { error: NodeApiError | NodeOperationError };

/** How many records are written side by side; as many as Books allows calls on its smallest plan. */
const workers = 5;

/** In order of arrival and several at once. Without "continue" on error, nothing new is begun after a failure. */
export async function writeEach(context: IExecuteFunctions, task: RecordWrite): Promise<INodeExecutionData[][]> {
	const outcomes: Outcome[] = [];
	const clients = new Map<string, Promise<ZohoClient>>();
	const lanes = new Lanes();
	let failed = false;

	const clientOf = async (index: number): Promise<ZohoClient> => {
		const organizationId = text(context.getNodeParameter('organizationId', index, ''));
		const client = clients.get(organizationId) ?? connect(context, 'books', { organizationId });
		clients.set(organizationId, client);
		return await client;
	};
	const writeOne = async (index: number): Promise<void> => {
		if (failed && !context.continueOnFail()) return;
		try {
			const record = task.recordOf(index);
			const write = async () => await task.write(await clientOf(index), record);
			const written = await lanes.run(task.laneOf(record), write);
			outcomes[index] = { record: written };
			tellWritten(context, index, written);
		} catch (error) {
			failed = true;
			tellFailed(context, index);
			noteFailure(context);
			outcomes[index] = { error: toNodeError(context.getNode(), error, index) };
		}
	};
	await underWay.whileAtWork(context.getExecutionId(), () => fewAtOnce([...context.getInputData().keys()], workers, writeOne));
	return [itemsOf(context, outcomes, task.plural)];
}

function itemsOf(context: IExecuteFunctions, outcomes: Outcome[], plural: string): INodeExecutionData[] {
	return outcomes.map((outcome, item): INodeExecutionData => {
		if ('record' in outcome) return { json: outcome.record as INodeExecutionData['json'], pairedItem: { item } };
		if (context.continueOnFail()) return failedItem(outcome.error, item);
		// What was written beside it would be hidden by the error.
		const written = outcomes.filter((one) => 'record' in one).length;
		const total = context.getInputData().length;
		outcome.error.description = `${outcome.error.description ?? ''} ${written} of ${total} ${plural} were written. Set "On Error" of this node to continue, and each item gets a result of its own.`;
		throw outcome.error;
	});
}
