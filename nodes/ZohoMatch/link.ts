/** Operation Link: the written Books record in, CRM records with link and mark out. */

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { idFieldOf, isMatchResult, linkRecords } from '../../sync/link';
import type { JsonObject, MatchResult } from '../../sync/types';
import { toNodeError } from '../shared/errors';
import { failedItem } from '../shared/failedItem';
import { objectFrom } from '../shared/given';
import { underWay } from '../shared/underWay';
import { nameOf } from './claims';
import { problem } from './items';

/** Output 0: `{ module, record }` for each CRM record to update. Output 1: what cannot be linked without guessing. */
export function executeLink(context: IExecuteFunctions): INodeExecutionData[][] {
	const links: INodeExecutionData[] = [];
	const review: INodeExecutionData[] = [];
	context.getInputData().forEach(({ json }, index) => {
		const pairedItem = { item: index };
		try {
			const options = context.getNodeParameter('options', index, {});
			const limit = typeof options.markLimit === 'number' ? options.markLimit : undefined;
			const match = readMatch(context, index);
			const plan = linkRecords(match, writtenRecord(match, json as JsonObject), limit);
			for (const { module, record } of plan.links) {
				underWay.link(context.getExecutionId(), nameOf(module, record.id), record);
				links.push({ json: { module, record }, pairedItem });
			}
			underWay.release(context.getExecutionId(), (match.sources ?? []).map(({ module, id }) => nameOf(module, id)));
			for (const reason of plan.problems) {
				review.push({
					json: { record: json, match: { action: 'review', id: match.id, reason } },
					pairedItem,
				});
			}
		} catch (error) {
			const failure = toNodeError(context.getNode(), error, index);
			if (!context.continueOnFail()) throw failure;
			review.push(failedItem(failure, index));
		}
	});
	return [links, review];
}

/** The item is the contact or other record as Books returned it; after Unchanged nothing was written, so there is none. */
function writtenRecord({ sources = [] }: MatchResult, json: JsonObject): JsonObject | undefined {
	return sources.some((source) => typeof json[idFieldOf(source)] === 'string') ? json : undefined;
}

function readMatch(context: IExecuteFunctions, index: number): MatchResult {
	const match = objectFrom(context.getNodeParameter('match', index));
	if (match && isMatchResult(match)) return match;
	throw problem(
		context,
		index,
		'"Match Result" gives no result of Zoho Match for this item',
		"Use an expression such as {{ $('Match Books contacts').item.json.match }} with the name of your Match node.",
	);
}
