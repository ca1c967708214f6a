/** Words of the money that goes from Books to CRM and back. */

import type { JsonObject } from '../types';

/** A tax as CRM must know it. */
export interface NamedTax {
	name: string;
	percentage: number;
}

/** A line of a CRM Invoice or Quote. Source: line items of CRM v8 "Insert Records". */
export interface CrmLine {
	[key: string]: JsonObject[string];
	Product_Name: { id: string };
	Quantity: number;
	List_Price: number;
	/** An amount, not a percentage. */
	Discount: number;
	Description: string;
	Line_Tax: Array<{ name: string; percentage: number }>;
}

/** What CRM is to be told of a Books invoice's money. */
export interface ConvertedInvoice {
	fields: { Invoiced_Items: CrmLine[]; Discount: number; Adjustment: number };
	/** What CRM must arrive at; the Books invoice's total. */
	grandTotal: number;
	/** Part of Adjustment that only makes up for rounding, in the invoice's currency. */
	rounding: number;
	/** Non-empty: do not write, put before a person. Plain sentences. */
	problems: string[];
}

/** One Books invoice of a Deal. One that counts no more (void, a draft that is left out) has no amounts, and stays so that a late, older state of it is known for one. */
export interface LedgerEntry {
	number: string;
	total: number;
	paid: number;
	balance: number;
	currency: string;
	status: string;
	/** Units of Books' base currency for one of the invoice's; 0 when it does not tell. */
	base: number;
	/** Books' `last_modified_time`. */
	modified: string;
}

/** By invoice_id. */
export type Ledger = Record<string, LedgerEntry>;

export interface DealTotals {
	Amount_Invoiced: number;
	Amount_Paid: number;
	Balance_Due: number;
}
