/** *Deal: Record Invoice*: which Books invoices count towards which Deal, and what they add up to. Pure decisions are in `sync/money`. */

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { applyInvoice, findDeal, readLedger, type DealTotals, type Ledger } from '../../../sync/money';
import type { JsonObject as Plain } from '../../../sync/types';
import type { ZohoClient } from '../../../zoho/client';
import { asObject, text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import type { Outcome } from '../operation';
import { ledgerField, readDealModule, readDeals, type DealWishes } from './dealReads';
import { changeDeal, type DealWriting } from './dealWrites';
import { foldWork, readWork, type InvoiceWork } from './invoiceInputs';

/** An invoice with the Deals that it is about. */
interface Decided {
	work: InvoiceWork;
	/** Where it is to count. */
	target?: JsonObject;
	rule?: string;
	doubt?: string;
	/** Where it counts now, and is not to. */
	holders: JsonObject[];
	totals?: DealTotals;
	error?: unknown;
}

/**
 * One outcome per input item, in order: the item with `deal` (`{ id, name, rule }`, or null) and `totals`; `doubt` says why no Deal was chosen where several could be
 * meant. Of several items for one invoice the newest counts. Deals are read in batches and written one by one, only where something changed.
 */
export async function recordInvoices(context: IExecuteFunctions, client: ZohoClient): Promise<Outcome[]> {
	const items = context.getInputData();
	const outcomes: Outcome[] = [];
	const given: InvoiceWork[] = [];
	for (const index of items.keys()) {
		try {
			given.push(readWork(context, index));
		} catch (error) {
			outcomes[index] = { error };
			// Without "continue on fail" nothing may be written once an item is known to be wrong.
			if (!context.continueOnFail()) return items.map((_, at) => outcomes[at] ?? { records: [] });
		}
	}
	const all = foldWork(given);
	const decided = await decideAndWrite(context, client, all).catch((error: unknown) => all.map((work): Decided => ({ work, holders: [], error })));
	for (const one of decided) {
		for (const index of one.work.indexes) {
			outcomes[index] = one.error === undefined ? { records: [outputOf(items[index]?.json ?? {}, one)] } : { error: one.error };
		}
	}
	return outcomes;
}

function outputOf(item: IDataObject, { target, rule, doubt, totals }: Decided): IDataObject {
	const deal = target ? { id: text(target.id), name: text(target.Deal_Name), rule: rule ?? '' } : null;
	return { ...item, deal, totals: totals ? { ...totals } : null, ...(doubt && { doubt }) };
}

async function decideAndWrite(context: IExecuteFunctions, client: ZohoClient, all: InvoiceWork[]): Promise<Decided[]> {
	const wishes = wishesOf(all);
	const nothingToFind = [wishes.ids, wishes.names, wishes.accountIds, wishes.contactIds].every((list) => list.length === 0);
	if (nothingToFind) return all.map((work) => ({ work, holders: [] }));
	const module = await readDealModule(client);
	const at = client.surroundings.now();
	const deals = [...(await readDeals(client, module, wishes)).values()];
	const { trigger, booksCurrency = '' } = context.getNodeParameter('options', 0, {}) as { trigger?: string[]; booksCurrency?: string };
	const writing: DealWriting = { client, module, booksCurrency, ...(trigger && { trigger }) };
	const decided = all.map((work) => decide(work, deals));
	const change = async (deal: JsonObject, those: Decided[], step: (ledger: Ledger, work: InvoiceWork) => Ledger) =>
		await changeDeal(writing, { record: deal, at }, (ledger) => those.reduce((so, one) => stepOf(so, one, step), ledger));
	// First onto the new Deal, then off the old one: what fails in between counts twice until the next time, and is not lost.
	await forEachDeal(decided, targetOf, async (deal, those) => {
		const totals = await change(deal, those, (ledger, { invoice, leaveOutDrafts }) => applyInvoice(ledger, invoice as Plain, leaveOutDrafts));
		for (const one of those) one.totals = totals;
	});
	await forEachDeal(decided, ({ holders }) => holders, async (deal, those) => {
		const totals = await change(deal, those, without);
		for (const one of those.filter(({ target }) => target === deal)) one.totals = totals;
	});
	return decided;
}

function targetOf({ work, target }: Decided): JsonObject[] {
	return target && !work.deleted ? [target] : [];
}

/** One invoice that cannot be read stops none of the others of its Deal. */
function stepOf(ledger: Ledger, one: Decided, step: (ledger: Ledger, work: InvoiceWork) => Ledger): Ledger {
	try {
		return one.error === undefined ? step(ledger, one.work) : ledger;
	} catch (error) {
		one.error = error;
		return ledger;
	}
}

function without(ledger: Ledger, { invoiceId }: InvoiceWork): Ledger {
	return Object.fromEntries(Object.entries(ledger).filter(([id]) => id !== invoiceId));
}

/** All Deals at once; what fails is the error of the invoices of that Deal. */
async function forEachDeal(
	decided: Decided[],
	dealsOf: (one: Decided) => JsonObject[],
	run: (deal: JsonObject, those: Decided[]) => Promise<void>,
): Promise<void> {
	const byDeal = new Map<JsonObject, Decided[]>();
	for (const one of decided.filter(({ error }) => error === undefined)) {
		for (const deal of dealsOf(one)) byDeal.set(deal, [...(byDeal.get(deal) ?? []), one]);
	}
	await Promise.all(
		[...byDeal].map(async ([deal, those]) => {
			await run(deal, those).catch((error: unknown) => {
				for (const one of those) one.error = error;
			});
		}),
	);
}

/** Whose Deals are needed to decide. Stages are taken for closed where all items say so. */
function wishesOf(all: InvoiceWork[]): DealWishes {
	const references = all.filter(({ deleted, findBy }) => !deleted && findBy.includes('reference')).map(({ invoice }) => text(invoice.reference_number).trim());
	const links = all.filter(({ deleted, findBy }) => !deleted && findBy.includes('crmLink')).map(({ invoice }) => text(invoice.zcrm_potential_id).trim());
	const filled = (values: string[]) => [...new Set(values)].filter((value) => value !== '');
	return {
		ids: filled([...all.map(({ dealId }) => dealId), ...links, ...references]),
		names: filled(references),
		accountIds: filled(all.map(({ accountId }) => accountId)),
		contactIds: filled(all.map(({ contactId }) => contactId)),
		closedStages: all[0]?.closedStages.filter((stage) => all.every(({ closedStages }) => closedStages.includes(stage))) ?? [],
	};
}

function decide(work: InvoiceWork, deals: JsonObject[]): Decided {
	const holders = deals.filter((deal) => work.invoiceId in readLedger(deal[ledgerField]));
	if (work.deleted) {
		const [target] = holders;
		return { work, holders, ...(target && { target, rule: 'ledger' }) };
	}
	const { invoice, accountId, contactId, findBy, closedStages } = work;
	const considered = deals.filter((deal) => holders.includes(deal) || isAbout(deal, work));
	const { deal: target, rule, doubt } = findDeal(invoice as Plain, considered as Plain[], { accountId, contactId, findBy, closedStages });
	if (!target) return { work, holders: [], ...(doubt && { doubt }) };
	return { work, target: target as JsonObject, rule, holders: holders.filter((deal) => deal !== target) };
}

/** Was this Deal read because of this invoice? Others were because of other items. */
function isAbout(deal: JsonObject, { invoice, accountId, contactId }: InvoiceWork): boolean {
	const reference = text(invoice.reference_number).trim();
	const isOf = (field: string, id: string) => id !== '' && text(asObject(deal[field]).id) === id;
	const named = [text(invoice.zcrm_potential_id).trim(), reference].includes(text(deal.id));
	const called = reference !== '' && text(deal.Deal_Name).trim().toLowerCase() === reference.toLowerCase();
	return named || called || isOf('Account_Name', accountId) || isOf('Contact_Name', contactId);
}
