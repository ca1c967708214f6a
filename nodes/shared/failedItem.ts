import type { INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

/**
 * What stands for a failed item when the node is set to continue: `{ error, details }`, paired. n8n sends such items to the error output
 * with the input's fields added; with an error object beside it, it would keep the message only and the remedy would be lost.
 */
export function failedItem(error: NodeApiError | NodeOperationError, item: number): INodeExecutionData {
	return { json: { error: error.message, details: error.description ?? '' }, pairedItem: { item } };
}
