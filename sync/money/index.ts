/** Money between Books and CRM: pure, exact, in plain values. */

export { convertInvoice, neededTaxes, productKeys } from './convertInvoice';
export type { KnownOfCrm } from './crmLine';
export {
	convertQuote,
	productLines,
	quoteLines,
	type BooksTax,
	type KnownOfBooks,
	type QuoteLine,
} from './convertQuote';
export { findDeal, type DealRow, type FindDealOptions, type FoundDeal } from './findDeal';
export { dealTotals } from './dealTotals';
export { applyInvoice, readLedger, writeLedger } from './ledger';
export type { ConvertedInvoice, CrmLine, DealTotals, Ledger, LedgerEntry, NamedTax } from './types';
