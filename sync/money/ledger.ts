/** The ledger of a Deal: which Books invoices count for it, kept as JSON in the field `Zoho_Books_Invoices`. */

import { isObject } from '../fields';
import { isFromPayload } from '../fold';
import { parseInstant } from '../normalise';
import type { Json, JsonObject } from '../types';
import { decimalOf, numberFrom, toAmount, type Decimal } from './decimal';
import { textOf } from './taxes';
import type { Ledger, LedgerEntry } from './types';

/** Longest text of CRM's large multi-line field. */
const longest = 32_000;
/** States in which an invoice asks nobody for money. */
const worthless = new Set(['void', 'deleted']);
/** No currency has more decimals. */
const places = 4;

/** Whatever is not a ledger of ours is an empty one; never throws. */
export function readLedger(text: unknown): Ledger {
	if (typeof text !== 'string' || text.trim() === '') return {};
	try {
		const value: unknown = JSON.parse(text);
		if (!isObject(value)) return {};
		return Object.fromEntries(
			Object.entries(value).flatMap(([id, entry]) => (isEntry(entry) ? [[id, entry]] : [])),
		);
	} catch {
		return {};
	}
}

function isEntry(value: unknown): value is JsonObject & LedgerEntry {
	return (
		isObject(value) &&
		['number', 'currency', 'status', 'modified'].every((key) => typeof value[key] === 'string') &&
		['total', 'paid', 'balance', 'base'].every((key) => typeof value[key] === 'number')
	);
}

/**
 * Equal ledgers give equal text. Where there is too much of it, invoices that count no more are left out.
 * @throws Error when it is longer than the field takes
 */
export function writeLedger(ledger: Ledger): string {
	const whole = textOfLedger(ledger);
	const text =
		whole.length > longest
			? textOfLedger(Object.fromEntries(Object.entries(ledger).filter(([, entry]) => counts(entry))))
			: whole;
	if (text.length <= longest) return text;
	throw new Error(
		`The Deal has more Books invoices (${Object.keys(ledger).length}) than its field Zoho_Books_Invoices can hold. Divide it into several Deals.`,
	);
}

function textOfLedger(ledger: Ledger): string {
	const entries = Object.entries(ledger).sort(([a], [b]) => (a < b ? -1 : 1));
	return JSON.stringify(Object.fromEntries(entries.map(([id, entry]) => [id, ordered(entry)])));
}

function ordered({
	number,
	total,
	paid,
	balance,
	currency,
	status,
	base,
	modified,
}: LedgerEntry): LedgerEntry {
	return { number, total, paid, balance, currency, status, base, modified };
}

/** Has it an amount? */
export function counts({ total, paid, balance }: LedgerEntry): boolean {
	return [total, paid, balance].some((amount) => amount !== 0);
}

/**
 * The ledger with the invoice as Books tells it. Repeats and late, older states change nothing, so the order in which states arrive does not matter. Of two states of the
 * same second the later one to arrive wins, but none that came inside a webhook: what Books was asked for since is newer. A void or deleted invoice counts nothing from then on.
 * @param leaveOutDrafts drafts count nothing, too
 * @throws Error when the invoice does not tell its total
 */
export function applyInvoice(ledger: Ledger, invoice: JsonObject, leaveOutDrafts = false): Ledger {
	const id = textOf(invoice.invoice_id);
	const before = Object.hasOwn(ledger, id) ? ledger[id] : undefined;
	const modified = textOf(invoice.last_modified_time);
	if (id === '' || (before && isOlder(modified, before.modified, isFromPayload(invoice)))) return ledger;
	const status = textOf(invoice.status);
	const isLeftOut = worthless.has(status) || (leaveOutDrafts && status === 'draft');
	const amounts = isLeftOut ? { total: 0, paid: 0, balance: 0 } : amountsOf(invoice);
	const entry: LedgerEntry = {
		number: textOf(invoice.invoice_number) || (before?.number ?? ''),
		...amounts,
		currency: textOf(invoice.currency_code),
		status,
		base: Number(decimalOf(invoice.exchange_rate) === undefined ? 0 : invoice.exchange_rate),
		modified: modified || (before?.modified ?? ''),
	};
	return { ...ledger, [id]: entry };
}

function isOlder(one: string, other: string, orEqual: boolean): boolean {
	const [a, b] = [parseInstant(one), parseInstant(other)];
	return a !== undefined && b !== undefined && (a < b || (orEqual && a === b));
}

/** A row of a list tells only total and balance; what is written off is neither paid nor due. */
function amountsOf(invoice: JsonObject): Pick<LedgerEntry, 'total' | 'paid' | 'balance'> {
	const total = decimalOf(invoice.total);
	if (total === undefined) {
		throw new Error(
			`The invoice ${textOf(invoice.invoice_number) || textOf(invoice.invoice_id)} does not tell its total. Give it whole, as Zoho Books returns it.`,
		);
	}
	const [made, credits, writtenOff, balance] = [
		invoice.payment_made,
		invoice.credits_applied,
		invoice.write_off_amount,
		invoice.balance,
	].map((value: Json) => decimalOf(value));
	const paid =
		made === undefined && balance !== undefined
			? total - balance - (writtenOff ?? 0n)
			: (made ?? 0n) + (credits ?? 0n);
	return {
		total: shown(total),
		paid: shown(paid),
		balance: shown(balance ?? total - paid - (writtenOff ?? 0n)),
	};
}

function shown(value: Decimal): number {
	return numberFrom(toAmount(value, places), places);
}
