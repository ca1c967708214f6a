import { exact, sum } from '../crm/exact.mts';
import type { CreditRefund } from './creditBook.mts';
import type { Document } from './documentBody.mts';
import { kinds } from './documentKinds.mts';
import { type Entry, moved, negative, type Posting } from './ledgerEntry.mts';
import type { BooksOrg } from './org.mts';

const zero = exact(0);

/** What is owed is booked on receivables or payables; a discount on the whole takes what is left over. */
export function ofDocument(org: BooksOrg, document: Document): Entry[] {
	const { party, money, issued, name, idField } = kinds[document.kind];
	if (money === 'order' || document.status !== issued) return [];
	const isSale = party === 'customer';
	const totals = org.documents.totals(document);
	const usual = isSale ? org.accountIds.sales : org.accountIds.goods;
	const adjustment = exact(document.adjustment);
	const lines = document.lines.map((line, index): Posting => [
		line.accountId || usual,
		negative(totals.lines[index]?.net ?? zero),
	]);
	const made = (account: string) => org.accounts.idOf(account);
	const booked: Posting[] = [
		[isSale ? org.accountIds.receivable : org.accountIds.payable, totals.total],
		...lines,
		[made('Tax Payable'), negative(totals.taxTotal)],
		[made('Shipping Charge'), negative(totals.shipping.net)],
		[made(isSale ? 'Other Charges' : 'Other Expenses'), negative(adjustment)],
	];
	const rest = sum(booked.map(([, amount]) => amount));
	const all: Posting[] = [...booked, [made(isSale ? 'Discount' : 'Purchase Discounts'), negative(rest)]];
	const turned = isSale === (money === 'owed');
	return [
		{
			recordId: document.id,
			type: idField.replace(/_id$/, ''),
			name: name.replace(/\b./g, (first) => first.toUpperCase()),
			date: document.date,
			reference: document.reference,
			contactId: document.customerId,
			currencyId: document.currencyId,
			rate: document.rate,
			postings: [
				...all.map(([account, amount]): Posting => [account, turned ? amount : negative(amount)]),
				[made('Bad Debt'), document.writtenOff],
				[org.accountIds.receivable, negative(document.writtenOff)],
			],
		},
	];
}

export function ofCreditRefund(org: BooksOrg, credit: Document, refund: CreditRefund): Entry {
	const isSale = credit.kind === 'creditnote';
	const other = isSale ? org.accountIds.receivable : org.accountIds.payable;
	return {
		recordId: refund.id,
		type: `${kinds[credit.kind].key}_refund`,
		name: `${isSale ? 'Credit Note' : 'Vendor Credit'} Refund`,
		date: refund.date,
		reference: refund.reference,
		contactId: credit.customerId,
		currencyId: credit.currencyId,
		rate: refund.rate,
		postings: moved(refund.accountId, other, isSale ? negative(refund.amount) : refund.amount),
	};
}
