/** What becomes of the items of a run: each goes to an output, or fails by itself. */

import type { IExecuteFunctions, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { linkField, markField } from '../../sync/mark';
import type { JsonObject } from '../../sync/types';
import { ZohoError } from '../../zoho/errors';
import { toNodeError } from '../shared/errors';
import { failedItem } from '../shared/failedItem';
import { problem } from './items';
import { noteFailure } from '../shared/trigger/taken';

/** The outputs of an operation, and what puts items there. */
export class Outcomes {
	readonly outputs: INodeExecutionData[][];
	private readonly context: IExecuteFunctions;
	private readonly failedTo: number;

	/** Failed items leave through output `failedTo`, where n8n takes them to the error output if the node has one. */
	constructor(context: IExecuteFunctions, count: number, failedTo: number) {
		this.context = context;
		this.failedTo = failedTo;
		this.outputs = Array.from({ length: count }, () => []);
	}

	put(output: number, inputIndex: number, json: object): void {
		this.outputs[output]?.push({
			json: JSON.parse(JSON.stringify(json)),
			pairedItem: { item: inputIndex },
		});
	}

	/** As Match puts out what a person must decide. */
	putReview(output: number, inputIndex: number, reason: string): void {
		const record = this.context.getInputData()[inputIndex]?.json ?? {};
		this.put(output, inputIndex, { record, match: { action: 'review', reason } });
	}

	/** Throws, unless the node is set to go on after a failure. */
	fail(inputIndex: number, cause: unknown): void {
		noteFailure(this.context);
		const error = explained(this.context, inputIndex, cause);
		if (!this.context.continueOnFail()) throw error;
		this.outputs[this.failedTo]?.push(failedItem(error, inputIndex));
	}

	/** What `read` makes of each input item; an item that it cannot read fails. */
	readInputs<Input>(read: (inputIndex: number) => Input): Input[] {
		return this.context.getInputData().flatMap((_, index) => {
			try {
				return [read(index)];
			} catch (error) {
				this.fail(index, error);
				return [];
			}
		});
	}

	/** When the work fails, all items that wait for it fail: none is lost. */
	async guard(inputIndexes: number[], work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			for (const index of inputIndexes) this.fail(index, error);
		}
	}

	/** The items in the order of the input, in every output. */
	sorted(): INodeExecutionData[][] {
		const place = ({ pairedItem }: INodeExecutionData) =>
			typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : 0;
		return this.outputs.map((list) => list.sort((one, other) => place(one) - place(other)));
	}
}

/** COQL refuses a query that names a field which the module does not have; for those of the sync there is a remedy. */
function explained(
	context: IExecuteFunctions,
	inputIndex: number,
	cause: unknown,
): NodeApiError | NodeOperationError {
	const isSetUpMissing =
		cause instanceof ZohoError && [linkField, markField].some((field) => cause.fault.message.includes(field));
	return isSetUpMissing
		? problem(
				context,
				inputIndex,
				cause.message,
				'Run the template "Set up the sync" once: it makes this field.',
			)
		: toNodeError(context.getNode(), cause, inputIndex);
}

/** The item itself, to put out again with something added. */
export function inputOf(context: IExecuteFunctions, inputIndex: number): JsonObject {
	return structuredClone(context.getInputData()[inputIndex]?.json ?? {}) as JsonObject;
}
