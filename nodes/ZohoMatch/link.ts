/** Operation Link: the written Books record in, CRM records with link and mark out. */

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { groupBy } from '../../sync/fold';
import { idFieldOf, isMatchResult, keepingAnnouncements, linkRecords, mayLink, type LinkRecord } from '../../sync/link';
import { linkField, markField } from '../../sync/mark';
import type { JsonObject, MatchResult } from '../../sync/types';
import { connect } from '../shared/connection';
import { objectFrom } from '../shared/given';
import { nameOf, underWay } from '../shared/underWay';
import { readRecords } from './candidates';
import { problem } from './items';
import { Outcomes } from './outcomes';

const linksOutput = 0;
const reviewOutput = 1;

interface Wanted {
	inputIndex: number;
	match: MatchResult;
	link: LinkRecord;
	/** See the option "Longest Sync Mark". */
	limit: number | undefined;
}

/**
 * Output 0: `{ module, record }` for each CRM record to update. Output 1: what cannot be linked without guessing. Reads what the CRM records hold by now, 200 a call.
 */
export async function executeLink(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const outcomes = new Outcomes(context, 2, reviewOutput);
	const wanted = outcomes.readInputs((index) => linksOf(context, outcomes, index)).flat();
	for (const [module, group] of groupBy(wanted, ({ link }) => link.module)) {
		const indexes = [...new Set(group.map(({ inputIndex }) => inputIndex))];
		await outcomes.guard(indexes, async () => {
			const ids = group.map(({ link }) => String(link.record.id));
			const client = await connect(context, 'crm');
			const found = await readRecords(client, module, [{ kind: 'recordId', field: 'id', values: ids }], [linkField, markField]);
			const byId = new Map(found.map((record) => [String(record.id), record]));
			for (const { inputIndex, match, link, limit } of group) {
				const held = byId.get(String(link.record.id));
				const verdict = mayLink(link, held);
				if (verdict === true) outcomes.put(linksOutput, inputIndex, { module, record: keepingAnnouncements(link.record, held, limit) });
				else if (verdict !== 'overtaken') putReview(context, outcomes, inputIndex, match, verdict.problem);
			}
		});
	}
	return outcomes.sorted();
}

/** The links of an item; from now on other executions of this process know them. */
function linksOf(context: IExecuteFunctions, outcomes: Outcomes, inputIndex: number): Wanted[] {
	const options = context.getNodeParameter('options', inputIndex, {});
	const limit = typeof options.markLimit === 'number' ? options.markLimit : undefined;
	const match = readMatch(context, inputIndex);
	const json = context.getInputData()[inputIndex]?.json as JsonObject;
	const plan = linkRecords(match, writtenRecord(match, json), limit);
	const execution = context.getExecutionId();
	for (const { module, record, before } of plan.links) underWay.link(execution, nameOf(module, record.id), record, before.seen);
	underWay.release(execution, (match.sources ?? []).map(({ module, id }) => nameOf(module, id)));
	for (const reason of plan.problems) putReview(context, outcomes, inputIndex, match, reason);
	return plan.links.map((link) => ({ inputIndex, match, link, limit }));
}

function putReview(context: IExecuteFunctions, outcomes: Outcomes, inputIndex: number, { id }: MatchResult, reason: string): void {
	const record = context.getInputData()[inputIndex]?.json;
	outcomes.put(reviewOutput, inputIndex, { record, match: { action: 'review', id, reason } });
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
