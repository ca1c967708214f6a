/** What became of a Books record that Zoho Match had planned: told at once, not only when the whole batch is written and linked. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { isMatchResult, linkRecords } from '../../sync/link';
import { isObject } from '../../sync/fields';
import { markField } from '../../sync/mark';
import type { JsonObject, MatchResult } from '../../sync/types';
import { crmAccountOf } from './credentials';
import { nameOf, underWay } from './underWay';

/** Its CRM records are linked with it from now on, although CRM gets the links later. */
export function tellWritten(context: IExecuteFunctions, index: number, written: object): void {
	const execution = context.getExecutionId();
	const match = matchOf(context, index);
	if (!match) return;
	for (const { module, record, before } of linkRecords(match, written as JsonObject).links)
		underWay.link(execution, nameOf(module, record.id), record, before);
}

/** CRM has taken link and mark of a record. @param modified CRM's `Modified_Time` of the write */
export function tellLanded(context: IExecuteFunctions, module: string, record: JsonObject, modified: unknown): void {
	if (markField in record && typeof modified === 'string') underWay.landed(crmAccountOf(context), nameOf(module, record.id), modified);
}

/** Nobody has to wait for it any longer. */
export function tellFailed(context: IExecuteFunctions, index: number): void {
	const sources = matchOf(context, index)?.sources ?? [];
	underWay.release(
		context.getExecutionId(),
		sources.map(({ module, id }) => nameOf(module, id)),
	);
}

/** As Match put it out beside the record. */
function matchOf(context: IExecuteFunctions, index: number): MatchResult | undefined {
	const match = context.getInputData()[index]?.json.match;
	return isObject(match as JsonObject) && isMatchResult(match as JsonObject) ? (match as MatchResult & JsonObject) : undefined;
}
