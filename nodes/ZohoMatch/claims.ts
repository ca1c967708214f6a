/** What is about to get a Books record is claimed, so that no other execution of this process makes a second one of it. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { isBlank } from '../../sync/fields';
import { linkField, markField } from '../../sync/mark';
import type { CrmItem, Lookup, PlanEntry } from '../../sync/plan';
import type { JsonObject } from '../../sync/types';
import { crmCredentialType } from '../shared/credentials';
import { underWay } from '../shared/underWay';
import type { BooksInput } from './items';

/**
 * Runs the plan for records of which no other execution is making a Books record; what others have linked meanwhile is told to the plan. What
 * the plan gives to the outputs stays claimed until it is linked (operation Link) or its write has failed.
 */
export async function withClaims<Plan extends { entries: PlanEntry[] }>(
	context: IExecuteFunctions,
	inputs: BooksInput[],
	makePlan: () => Promise<Plan>,
): Promise<Plan> {
	const execution = context.getExecutionId();
	const scope = scopeOf(context);
	// In the editor a step is tried again and again, and nothing may come after it.
	const wanted = context.getMode() === 'manual' ? [] : inputs.flatMap(unlinked);
	await underWay.claim(execution, scope, wanted);
	const names = new Set(wanted);
	try {
		addLinks(inputs, scope);
		const plan = await makePlan();
		for (const name of plan.entries.flatMap(awaited)) names.delete(name);
		return plan;
	} finally {
		underWay.release(execution, [...names]);
	}
}

/** The CRM account, as the node's credential names it. */
function scopeOf(context: IExecuteFunctions): string {
	const { credentials = {}, parameters } = context.getNode();
	return credentials[crmCredentialType(parameters)]?.id ?? '';
}

export const nameOf = (module: string, id: unknown): string => `${module} ${String(id)}`;

/** The record, and its company: its Books contact may be made for the person. */
function unlinked({ item: { module, source, account } }: BooksInput): string[] {
	if (!isBlank(source[linkField])) return [];
	const company = account && account.link === '' ? [nameOf('Accounts', account.id)] : [];
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
		const own = isBlank(source[linkField]) ? underWay.linkOf(scope, nameOf(module, source.id)) : undefined;
		if (own) item.source = { ...source, [linkField]: own[linkField], [markField]: own[markField] };
		const company = account?.link === '' ? underWay.linkOf(scope, nameOf('Accounts', account.id)) : undefined;
		if (account && company) account.link = String(company[linkField]);
	}
}

/** CRM records for which this process has just made these Books records, by id: CRM may not show their link yet. */
export function linksOf(context: IExecuteFunctions, module: string, items: CrmItem[]): Map<string, JsonObject> {
	const ids = new Set(items.map(({ link }) => link).filter((link) => link !== ''));
	return new Map(underWay.linkedWith(scopeOf(context), module, ids).map((record) => [String(record.id), record]));
}

/** Reads them, too, whatever they are called by now. */
export function lookupsFor(links: ReadonlyMap<string, JsonObject>): Lookup[] {
	return links.size === 0 ? [] : [{ kind: 'recordId', field: 'id', values: [...links.keys()] }];
}

/** The records as they will be in a moment, with the links that are on their way. */
export function withLinks(records: JsonObject[], links: ReadonlyMap<string, JsonObject>): JsonObject[] {
	return records.map((record) => (isBlank(record[linkField]) ? { ...record, ...links.get(String(record.id)) } : record));
}
