/** Failures as n8n shows them: a message for the item, a description that says what to do. */

import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { ZohoError } from '../../zoho/errors';
import type { ErrorIntent, ZohoFault } from '../../zoho/types';
import { GivenError } from './given';

type Failure = NonNullable<NonNullable<ConstructorParameters<typeof NodeApiError>[2]>['failure']>;

/**
 * The error to throw or to put on an item. Errors that are n8n's already pass unchanged. The message names the record, Zoho's words and the
 * field; the description Zoho's code and the remedy.
 */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof GivenError) return new NodeOperationError(node, error.message, { itemIndex, description: error.remedy });
	if (!(error instanceof ZohoError)) {
		return new NodeOperationError(node, error instanceof Error ? error : String(error), { itemIndex });
	}
	const { faults, fault, call, status } = error;
	const codes = [...new Set(faults.map(({ code }) => code))].join(', ');
	return new NodeApiError(node, { message: error.message, faults } as unknown as JsonObject, {
		message: faultMessage(faults, call.subject),
		description: `${[...new Set(faults.map(({ remedy }) => remedy))].join(' ')} (Zoho code ${codes}, ${call.method} ${call.path})`,
		httpCode: status === undefined ? undefined : String(status),
		itemIndex,
		failure: failureOf(fault),
	});
}

/** `Contacts "Ada": required field not found (field Last_Name)`. */
function faultMessage(faults: readonly ZohoFault[], subject?: string): string {
	// Some of Zoho's sentences end with a full stop; what shows message and description together sets one itself.
	const words = faults.map(({ message, field }) => ({ message: message.replace(/\.$/, ''), field }));
	const spelled = words.map(({ message, field }) => (field ? `${message} (field ${field})` : message)).join('; ');
	return subject ? `${subject}: ${spelled}` : spelled;
}

/** Tells n8n which failures pass by themselves; its durable poller waits accordingly. */
function failureOf({ intent, retryAfter, resetsAt }: ZohoFault): Failure | undefined {
	const causes: Partial<Record<ErrorIntent, Failure>> = {
		retry: { cause: 'rate-limited', ...(retryAfter !== undefined && { retryAfterMs: retryAfter }) },
		quota: { cause: 'quota-exhausted', ...(resetsAt !== undefined && { resetsAtEpochMs: resetsAt }) },
		reauthorise: { cause: 'credential-invalid' },
	};
	return causes[intent];
}
