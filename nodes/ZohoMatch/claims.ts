/** What is about to be carried over to Books is claimed: no other execution of this process does it at the same time. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { isBlank } from '../../sync/fields';
import { readAtOf } from '../../sync/fold';
import { keepingWhatOthersKnow } from '../../sync/link';
import { linkField, markField } from '../../sync/mark';
import { compareTimes, outranks } from '../../sync/overtaken';
import type { CrmItem, Lookup, PlanEntry } from '../../sync/plan';
import type { JsonObject } from '../../sync/types';
import { text } from '../../zoho/json';
import { crmAccountOf } from '../shared/credentials';
import { nameOf, underWay, type Carried } from '../shared/underWay';
import type { BooksInput, MatchSettings } from './items';

/**
 * Runs the plan for records that no other execution is carrying over; what others have written meanwhile is told to the plan. What
 * the plan gives to the outputs stays claimed until it is linked (operation Link), its write has failed, or the execution has ended.
 */
export async function withClaims(
	context: IExecuteFunctions,
	inputs: BooksInput[],
	{ dryRun }: Pick<MatchSettings, 'dryRun'>,
	makePlan: () => Promise<PlanEntry[]>,
): Promise<void> {
	const execution = context.getExecutionId();
	const scope = crmAccountOf(context);
	const names = new Set(dryRun ? [] : inputs.flatMap(namesOf));
	context.onExecutionFinish?.(() => underWay.ended(execution));
	await underWay.claim(execution, scope, [...names]);
	try {
		addLinks(inputs, scope);
		for (const name of (await makePlan()).flatMap(awaited)) names.delete(name);
	} finally {
		underWay.release(execution, [...names]);
		underWay.decided(execution);
	}
}

/** The record, and its company where that may get its Books contact for the person's sake. */
function namesOf({ item: { module, source, account } }: BooksInput): string[] {
	const company = account && account.link === '' && isBlank(source[linkField]) ? [nameOf('Accounts', account.id)] : [];
	return [nameOf(module, source.id), ...company];
}

/** Those of which the next nodes write or link a Books record. */
function awaited({ output, match }: PlanEntry): string[] {
	if (output === 'review') return [];
	return (match.sources ?? []).filter(({ write }) => write).map(({ module, id }) => nameOf(module, id));
}

/** The record was read before the link was written: the link comes from the execution that made it. */
function addLinks(inputs: BooksInput[], scope: string): void {
	for (const { item } of inputs) {
		const { module, source, account } = item;
		item.source = asKnownHere(scope, module, source);
		const company = account?.link === '' ? underWay.linkOf(scope, nameOf('Accounts', account.id)) : undefined;
		if (account && company) account.link = String(company.record[linkField]);
	}
}

/** A CRM record with the link and mark that this process has made for it, where CRM does not show them yet. */
export function asKnownHere(scope: string, module: string, shown: JsonObject): JsonObject {
	return withOwn(underWay.linkOf(scope, nameOf(module, shown.id)), shown);
}

/** What is announced on the record stays, and what it knows of other fields: another execution may be on its way with it, or has just written it. */
function withOwn(own: Carried | undefined, shown: JsonObject): JsonObject {
	return own && isAhead(own, shown) ? { ...shown, ...keepingWhatOthersKnow(own.record, own.learned, shown) } : shown;
}

/** Does it say more than what CRM shows: the link, or a mark of the same link that counts more? What CRM shows since it has taken them is the truth. */
function isAhead({ record, landed }: Carried, shown: JsonObject): boolean {
	if (compareTimes(text(shown.Modified_Time), landed) > 0) return false;
	return isBlank(shown[linkField]) || (shown[linkField] === record[linkField] && outranks(record[markField], shown[markField]));
}

/** CRM records that this process has just carried over to these Books records, by id: CRM may not show their link and mark yet. */
export function linksOf(context: IExecuteFunctions, module: string, items: CrmItem[]): Map<string, Carried> {
	const ids = new Set(items.map(({ link }) => link).filter((link) => link !== ''));
	return new Map(underWay.linkedWith(crmAccountOf(context), module, ids).map((carried) => [String(carried.record.id), carried]));
}

/** Was the Books record of the item read before this process had written it? The mark on its way knows more then. */
export function wasReadBefore({ source, link }: CrmItem, links: ReadonlyMap<string, Carried>): boolean {
	const readAt = readAtOf(source);
	return readAt !== undefined && [...links.values()].some(({ at, record }) => record[linkField] === link && readAt < at);
}

/** Reads them, too, whatever they are called by now. */
export function lookupsFor(links: ReadonlyMap<string, Carried>): Lookup[] {
	return links.size === 0 ? [] : [{ kind: 'recordId', field: 'id', values: [...links.keys()] }];
}

/** The records as they will be in a moment, with the links that are on their way. */
export function withLinks(records: JsonObject[], links: ReadonlyMap<string, Carried>): JsonObject[] {
	return records.map((record) => withOwn(links.get(String(record.id)), record));
}
