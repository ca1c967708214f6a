/** Which Deal an invoice belongs to. */

import { getPath } from '../fields';
import type { Json, JsonObject } from '../types';
import { readLedger } from './ledger';
import { textOf } from './taxes';

/** A Deal with id, Deal_Name, Stage, Account_Name, Contact_Name and its ledger. */
export type DealRow = JsonObject;

export interface FindDealOptions {
	accountId: string;
	contactId: string;
	findBy: ReadonlyArray<'crmLink' | 'reference' | 'onlyOpen'>;
	closedStages: readonly string[];
}

export interface FoundDeal<Deal = DealRow> {
	deal?: Deal;
	/** How it was found; '' when it was not. */
	rule: string;
	/** Why none of several was taken. */
	doubt?: string;
}

/**
 * The link that Books has of itself, then the Deal that counts the invoice already, then the reference number (a Deal's id, or its whole name), then the customer's only
 * open Deal. Never one of several.
 */
export function findDeal<Deal extends DealRow>(
	invoice: JsonObject,
	deals: readonly Deal[],
	options: FindDealOptions,
): FoundDeal<Deal> {
	const { findBy } = options;
	const byId = (id: string) => (id === '' ? undefined : deals.find((deal) => textOf(deal.id) === id));
	const linked = findBy.includes('crmLink') ? byId(textOf(invoice.zcrm_potential_id)) : undefined;
	if (linked) return { deal: linked, rule: 'crmLink' };
	const holder = deals.find((deal) => textOf(invoice.invoice_id) in readLedger(deal.Zoho_Books_Invoices));
	if (holder) return { deal: holder, rule: 'ledger' };
	const reference = textOf(invoice.reference_number);
	if (findBy.includes('reference') && reference !== '') {
		const meant = byId(reference);
		if (meant) return { deal: meant, rule: 'reference' };
		const named = deals.filter((deal) => textOf(deal.Deal_Name) === reference);
		const ofCustomer = named.filter((deal) => isOf(deal, options));
		const [only, ...more] = ofCustomer.length > 0 ? ofCustomer : named;
		if (only && more.length === 0) return { deal: only, rule: 'reference' };
		if (only)
			return {
				rule: '',
				doubt: `Several Deals are named "${reference}". Write the ID of the right one into the invoice's reference number.`,
			};
	}
	if (!findBy.includes('onlyOpen')) return { rule: '' };
	const open = deals.filter(
		(deal) => isOf(deal, options) && !options.closedStages.includes(textOf(deal.Stage)),
	);
	const [only, ...more] = open;
	if (only && more.length === 0) return { deal: only, rule: 'onlyOpen' };
	return more.length > 0
		? {
				rule: '',
				doubt: `The customer has ${open.length} open Deals. Write the ID or name of the right one into the invoice's reference number.`,
			}
		: { rule: '' };
}

function isOf(deal: DealRow, { accountId, contactId }: FindDealOptions): boolean {
	return isId(getPath(deal, 'Account_Name'), accountId) || isId(getPath(deal, 'Contact_Name'), contactId);
}

function isId(value: Json, id: string): boolean {
	return id !== '' && textOf(value) === id;
}
