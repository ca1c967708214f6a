import { minus, type Exact, sum, toNumber } from '../crm/exact.mts';
import type { SimResponse } from '../types.mts';
import { type Share } from './creditBook.mts';
import { type CreditSide, creditSides, shownRefund, shownShare } from './creditRender.mts';
import { noted } from './documentCalls.mts';
import type { Document } from './documentBody.mts';
import { kinds } from './documentKinds.mts';
import { paymentOfBill } from './documentPayments.mts';
import { below } from './documentRoutes.mts';
import { invalid, refuse } from './errors.mts';
import { type BooksCall, type BooksRoute, id, page, paging, success } from './route.mts';
import { isObject, type Json, readText, readValue } from './values.mts';

/** Credits that pay documents, and what is paid back of them: Books v3 "Credit to an invoice", "Apply credits to a bill", "Refund credit note" and the like. */

const applied = (status: number) => success({}, 'The credits have been applied.', status);
const takenBack = () => success({}, 'The applied credit has been deleted.');

/** The rows of a list in a body; none where the body has no such list. */
function rows(body: Json, name: string): Json[] {
	const list = readValue(name, { kind: 'list' }, body[name]) as unknown[];
	return list.map((entry) => (isObject(entry) ? entry : invalid(name)));
}

/** One credit, shared out: `POST /creditnotes/{id}/invoices`, `POST /vendorcredits/{id}/bills`. */
function shareOut(call: BooksCall, { kind, target, answer }: CreditSide): SimResponse {
	const { documents } = call.org;
	const body = call.body();
	const credit = documents.get(id(call), kind);
	const { list, idField } = kinds[target];
	const given = rows(body, list);
	// Of credit notes the file has one invoice beside the list, too.
	const named = given.length > 0 || !(idField in body) ? given : [body];
	if (named.length === 0) invalid(list);
	const shares = named.map((row): Share => {
		const document = documents.get(readText(idField, row[idField]) || invalid(idField), target);
		return {
			credit,
			document,
			amount: documents.credits.amount(credit, 'amount_applied', row['amount_applied']),
		};
	});
	documents.credits.apply(shares);
	noted(call, credit);
	for (const { document } of shares) noted(call, document, 'update', 'effect');
	return applied(answer);
}

/** An advance is as good as a credit: the same contact and currency, and not more than is left of it. */
function checkAdvances(
	document: Document,
	advances: ReadonlyArray<{ paymentId: string; amount: Exact }>,
	call: BooksCall,
	side: CreditSide,
): void {
	const payers = call.org.payersOf(side.target);
	for (const { paymentId } of advances) {
		const { contactId, currencyId, left } = payers.advance(paymentId);
		if (contactId !== document.customerId || currencyId !== document.currencyId)
			refuse(400, 12003, `The payment does not fit ${document.number}.`);
		const wanted = sum(advances.filter((one) => one.paymentId === paymentId).map(({ amount }) => amount));
		if (minus(wanted, left).units > 0n)
			refuse(400, 12005, 'The amount is more than what is left of the payment.');
	}
}

/** One document, paid from several credits and advances, all or nothing: `POST /invoices/{id}/credits`, `POST /bills/{id}/credits`. */
function payFromCredits(call: BooksCall, side: CreditSide): SimResponse {
	const { documents } = call.org;
	const body = call.body();
	const document = documents.get(id(call), side.target);
	const amountOf = (row: Json) => documents.credits.amount(document, 'amount_applied', row['amount_applied']);
	const idOf = (row: Json, name: string) => readText(name, row[name]) || invalid(name);
	const creditId = kinds[side.kind].idField;
	const shares = rows(body, side.creditsList).map((row): Share => ({
		credit: documents.get(idOf(row, creditId), side.kind),
		document,
		amount: amountOf(row),
	}));
	const advances = rows(body, side.paymentsList).map((row) => ({
		paymentId: idOf(row, 'payment_id'),
		amount: amountOf(row),
	}));
	if (shares.length + advances.length === 0) invalid(side.creditsList);
	if (document.status === 'void') refuse(400, 12002, `${document.number} is void.`);
	checkAdvances(document, advances, call, side);
	if (
		minus(sum([...shares, ...advances].map(({ amount }) => amount)), documents.balance(document)).units > 0n
	)
		refuse(400, 12006, `The amount is more than the balance due of ${document.number}.`);
	documents.credits.apply(shares);
	for (const { paymentId, amount } of advances)
		call.org.payersOf(side.target).apply(paymentId, document, amount);
	noted(call, document);
	for (const { credit } of shares) noted(call, credit, 'update', 'effect');
	return applied(side.answer);
}

/** @param by whose id the path has: the credit's, or the paid document's */
function takeBack(call: BooksCall, side: CreditSide, by: 'creditId' | 'documentId'): SimResponse {
	const { documents } = call.org;
	documents.get(id(call), by === 'creditId' ? side.kind : side.target);
	const { creditId, documentId } = documents.credits.unapply(id(call, 1), by, id(call));
	noted(call, documents.get(creditId, side.kind), 'update', by === 'creditId' ? 'api' : 'effect');
	noted(call, documents.get(documentId, side.target), 'update', by === 'documentId' ? 'api' : 'effect');
	return takenBack();
}

function refundRoutes({ kind, refund: { key, account, answer } }: CreditSide): BooksRoute[] {
	const fields = [
		'date',
		'refund_mode',
		'payment_form',
		'reference_number',
		'amount',
		'exchange_rate',
		'description',
		account,
	];
	const find = (call: BooksCall) => call.org.documents.get(id(call), kind);
	const one = (call: BooksCall, refundId: string, message?: string, status?: number) => {
		const refund = call.org.documents.credits.refund(id(call), refundId);
		return success({ [key]: shownRefund(call.org, find(call), refund) }, message, status);
	};
	const save = (call: BooksCall, refundId: string | undefined, status: number) => {
		const saved = call.org.documents.credits.saveRefund(find(call), account, call.body(), refundId);
		noted(call, find(call));
		return one(call, saved.id, 'The refund has been saved.', status);
	};
	return [
		{
			...below(kind, 'GET', '/refunds', (call) => {
				const all = call.org.documents.credits.refundsOf(find(call).id);
				const { rows: shown, page_context } = page(call, all);
				return success({
					[`${key}s`]: shown.map((refund) => shownRefund(call.org, find(call), refund)),
					page_context: { ...page_context, report_name: 'Refunds', sort_column: 'date' },
				});
			}),
			query: paging,
		},
		below(kind, 'POST', '/refunds', (call) => save(call, undefined, answer), fields),
		below(kind, 'GET', '/refunds/{}', (call) => one(call, id(call, 1))),
		below(kind, 'PUT', '/refunds/{}', (call) => save(call, id(call, 1), 200), fields),
		below(kind, 'DELETE', '/refunds/{}', (call) => {
			call.org.documents.credits.removeRefund(find(call), id(call, 1));
			noted(call, find(call));
			return success({}, 'The refund has been deleted.');
		}),
	];
}

function sideRoutes(side: CreditSide): BooksRoute[] {
	const { kind, target, listKey, creditsList, paymentsList } = side;
	const { list, idField } = kinds[target];
	const path = `/${list}`;
	return [
		below(kind, 'GET', path, (call) => {
			const { documents } = call.org;
			const shares = documents.credits.from(documents.get(id(call), kind).id);
			return success({ [listKey]: shares.map((share) => shownShare(call.org, share)) });
		}),
		below(kind, 'POST', path, (call) => shareOut(call, side), [list, idField, 'amount_applied']),
		below(kind, 'DELETE', `${path}/{}`, (call) => takeBack(call, side, 'creditId')),
		below(target, 'POST', '/credits', (call) => payFromCredits(call, side), [creditsList, paymentsList]),
		...refundRoutes(side),
	];
}

/** Takes a payment off what it pays. */
export const paymentRemoval = (kind: 'bill' | 'invoice'): BooksRoute =>
	below(kind, 'DELETE', '/payments/{}', (call) => {
		const document = call.org.documents.get(id(call), kind);
		const known = call.org.payersOf(kind).of(document.id);
		if (!known.some((payment) => payment.id === id(call, 1)))
			refuse(404, 1002, 'The payment does not exist.');
		call.org.payersOf(kind).unapply(document.id, id(call, 1));
		noted(call, call.org.documents.get(document.id, kind));
		return success({}, 'The payment has been deleted.');
	});

export const creditRoutes: readonly BooksRoute[] = [
	...creditSides.flatMap(sideRoutes),
	below('invoice', 'GET', '/creditsapplied', (call) => {
		const { documents } = call.org;
		const credits = documents.credits.of(documents.get(id(call), 'invoice').id).map((share) => ({
			creditnote_id: share.creditId,
			creditnotes_invoice_id: share.id,
			creditnotes_number: documents.get(share.creditId, 'creditnote').number,
			credited_date: share.date,
			amount_applied: toNumber(share.amount),
		}));
		return success({ credits });
	}),
	below('invoice', 'DELETE', '/creditsapplied/{}', (call) => {
		const [side] = creditSides;
		return takeBack(call, side, 'documentId');
	}),
	below('bill', 'GET', '/payments', (call) => {
		const bill = call.org.documents.get(id(call), 'bill');
		const payments = call.org.payersOf('bill').of(bill.id);
		return success({ payments: payments.map((payment) => paymentOfBill(call.org, bill, payment)) });
	}),
	paymentRemoval('bill'),
];
