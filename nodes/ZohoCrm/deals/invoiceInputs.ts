/** What the items and parameters of *Record Invoice* say. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { parseZohoTime } from '../../../zoho/dates';
import { text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import { GivenError, idFrom, recordFrom } from '../../shared/given';
import { fieldList } from '../given';

/** By what the Deal of an invoice may be found, beside the Deal that has the invoice already. */
export const dealRules = ['crmLink', 'reference', 'onlyOpen'] as const;
export type DealRule = (typeof dealRules)[number];

/** What is to become of one invoice. */
export interface InvoiceWork {
	/** Positions of the input items that are about it. */
	indexes: number[];
	invoiceId: string;
	invoice: JsonObject;
	accountId: string;
	contactId: string;
	/** The Deal that has the invoice, where it is known. */
	dealId: string;
	findBy: DealRule[];
	closedStages: string[];
	leaveOutDrafts: boolean;
	/** It does not exist any more. */
	deleted: boolean;
}

const usualClosedStages = 'Closed Won, Closed Lost, Closed Lost to Competition';

/** @throws GivenError or an error of n8n for an item that cannot be used */
export function readWork(context: IExecuteFunctions, index: number): InvoiceWork {
	const id = (name: string) => idFrom(context.getNodeParameter(name, index, '', { extractValue: true }));
	const option = (name: string, fallback: unknown) => context.getNodeParameter(`options.${name}`, index, fallback) as unknown;
	const invoice = recordFrom(context.getNodeParameter('invoice', index));
	const invoiceId = idFrom(invoice.invoice_id);
	if (invoiceId === '') {
		throw new GivenError('The invoice has no "invoice_id"', 'Give an invoice as Zoho Books puts it out, for instance by the Zoho Books Trigger.');
	}
	const rules = fieldList(context.getNodeParameter('findBy', index, [...dealRules]));
	const deleted = context.getNodeParameter('deleted', index, false) === true;
	return {
		indexes: [index],
		invoiceId,
		invoice,
		accountId: id('accountId'),
		contactId: id('contactId'),
		dealId: id('dealId'),
		findBy: dealRules.filter((rule) => rules.includes(rule)),
		closedStages: fieldList(option('closedStages', usualClosedStages)),
		leaveOutDrafts: option('leaveOutDrafts', false) === true,
		deleted,
	};
}

/** One piece of work per invoice, in the order of the items: that of its newest state, and nothing is newer than its deletion. */
export function foldWork(all: readonly InvoiceWork[]): InvoiceWork[] {
	const byInvoice = new Map<string, InvoiceWork>();
	for (const work of all) {
		const earlier = byInvoice.get(work.invoiceId);
		const kept = earlier && isNewer(earlier, work) ? earlier : work;
		byInvoice.set(work.invoiceId, { ...kept, indexes: [...(earlier?.indexes ?? []), ...work.indexes] });
	}
	return [...byInvoice.values()];
}

function isNewer(one: InvoiceWork, other: InvoiceWork): boolean {
	if (one.deleted !== other.deleted) return one.deleted;
	return modifiedAt(one) > modifiedAt(other);
}

function modifiedAt({ invoice }: InvoiceWork): number {
	return parseZohoTime(text(invoice.last_modified_time)) ?? 0;
}
