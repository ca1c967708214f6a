import { type Exact, exact, minus, percent, plus, rounded, sum } from '../crm/exact.mts';
import type { Account } from './accounts.mts';
import type { Contact } from './contacts.mts';
import { invalid, refuse } from './errors.mts';
import type { TaxInfo } from './taxes.mts';
import { isObject, type Json, readText, readValue } from './values.mts';

export type Side = 'debit' | 'credit';

export interface JournalLine {
	id: string;
	accountId: string;
	side: Side;
	amount: Exact;
	description: string;
	/** A customer or a vendor. */
	contactId: string;
	/** As it was when the line was written. */
	tax: TaxInfo | undefined;
	projectId: string;
}

/** What lines of journals and expenses need of the organization. */
export interface LineSurroundings {
	newId(): string;
	/** The account that a field names; refuses one that is not there, or inactive. */
	account(field: string, value: unknown, before?: string): Account;
	contactOf(id: string): Contact | undefined;
	taxOf(id: string): TaxInfo | undefined;
}

/** An amount of money that must be more than nothing. */
export function readAmount(name: string, value: unknown, places: number): Exact {
	const number = readValue(name, { kind: 'number' }, value);
	return typeof number === 'number' && number > 0 ? rounded(exact(number), places) : invalid(name);
}

export function readTaxId(value: unknown, org: LineSurroundings): TaxInfo | undefined {
	const id = readText('tax_id', value);
	return id === '' ? undefined : (org.taxOf(id) ?? refuse(404, 1002, 'Tax does not exist.'));
}

/** The lines that a body names; they are the whole list from then on. @param places decimals of the journal's currency */
export function readJournalLines(
	value: unknown,
	before: readonly JournalLine[],
	places: number,
	org: LineSurroundings,
): JournalLine[] {
	const list = readValue('line_items', { kind: 'list' }, value) as unknown[];
	if (list.length < 2) invalid('line_items');
	const lines = list.map((entry) =>
		isObject(entry) ? readLine(entry, before, places, org) : invalid('line_items'),
	);
	refuseUnbalanced(lines, places);
	return lines;
}

function readLine(
	entry: Json,
	before: readonly JournalLine[],
	places: number,
	org: LineSurroundings,
): JournalLine {
	const lineId = readText('line_id', entry['line_id']);
	const known = before.find(({ id }) => id === lineId);
	const account = org.account('account_id', entry['account_id'], known?.accountId);
	const contactId = readText('customer_id', entry['customer_id']);
	const contact = contactId === '' ? undefined : org.contactOf(contactId);
	if (contactId !== '' && !contact) refuse(404, 1002, 'Contact does not exist.');
	refuseNobody(account, contact);
	const side = entry['debit_or_credit'];
	return {
		id: known?.id ?? org.newId(),
		accountId: account.id,
		side: side === 'debit' || side === 'credit' ? side : invalid('debit_or_credit'),
		amount: readAmount('amount', entry['amount'], places),
		description: readText('description', entry['description']),
		contactId,
		tax: readTaxId(entry['tax_id'], org),
		projectId: readText('project_id', entry['project_id']),
	};
}

/** What is owed is owed by or to somebody: public clients say that a customer is required for receivables, and a vendor for payables. */
function refuseNobody({ type, name }: Account, contact: Contact | undefined): void {
	const party =
		type === 'accounts_receivable' ? 'customer' : type === 'accounts_payable' ? 'vendor' : undefined;
	if (party !== undefined && contact?.type !== party)
		refuse(400, 13003, `Select a ${party} for the account "${name}".`);
}

/** Taxes of a line, each rounded: assumed. They are booked on the line's side. */
export const taxesOf = ({ amount, tax }: JournalLine, places: number) =>
	(tax?.parts ?? []).map((part) => ({
		tax: part,
		amount: rounded(percent(amount, exact(part.percentage)), places),
	}));

/** All that is booked on one side, with taxes. */
export const sideTotal = (lines: readonly JournalLine[], side: Side, places: number): Exact =>
	sum(
		lines
			.filter((line) => line.side === side)
			.map((line) => plus(line.amount, sum(taxesOf(line, places).map(({ amount }) => amount)))),
	);

function refuseUnbalanced(lines: readonly JournalLine[], places: number): void {
	const difference = minus(sideTotal(lines, 'debit', places), sideTotal(lines, 'credit', places));
	if (difference.units !== 0n) refuse(400, 13001, 'Please ensure that the debits and credits are equal.');
}
