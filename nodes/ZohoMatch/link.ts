/** Operation Link: the written Books record in; link and mark are written to its CRM records. */

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { groupBy } from '../../sync/fold';
import { idFieldOf, isMatchResult, linkRecords } from '../../sync/link';
import { markField } from '../../sync/mark';
import type { JsonObject, MatchResult } from '../../sync/types';
import { connect } from '../shared/connection';
import { crmAccountOf } from '../shared/credentials';
import { objectFrom } from '../shared/given';
import { nameOf, underWay } from '../shared/underWay';
import { problem } from './items';
import { writeLinks, type Link } from './linkWrites';
import { Outcomes } from './outcomes';

const linkedOutput = 0;
const reviewOutput = 1;

interface Wanted extends Link {
	inputIndex: number;
	match: MatchResult;
}

/** Output 0: `{ module, record }` for each CRM record that was linked. Output 1: what cannot be linked without guessing. */
export async function executeLink(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const outcomes = new Outcomes(context, 2, reviewOutput);
	const wanted = outcomes.readInputs((index) => linksOf(context, outcomes, index)).flat();
	for (const [module, group] of groupBy(wanted, ({ link }) => link.module)) {
		const indexes = [...new Set(group.map(({ inputIndex }) => inputIndex))];
		await outcomes.guard(indexes, async () => {
			await writeLinks(context, await connect(context, 'crm'), module, group, {
				written: ({ inputIndex }, record) => outcomes.put(linkedOutput, inputIndex, { module, record }),
				refused: ({ inputIndex }, error) => outcomes.fail(inputIndex, error),
				doubtful: ({ inputIndex, match }, reason) => putReview(context, outcomes, inputIndex, match, reason),
			});
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
	const scope = crmAccountOf(context);
	for (const { module, record, before } of plan.links) {
		const name = nameOf(module, record.id);
		underWay.link(execution, name, record, before);
		// What executions before this one have learned, and CRM may not show yet, is in its mark as well.
		const own = underWay.linkOf(scope, name);
		if (own && own.record[markField] === record[markField]) before.learned = own.learned;
	}
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
