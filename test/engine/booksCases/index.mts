import { bankAccount, chartOfAccount, expense, journal, project, vendorPayment } from './accounting.mts';
import type { Cases } from './case.mts';
import { contact, contactPerson } from './contacts.mts';
import { bill, creditNote, purchaseOrder, salesOrder, vendorCredit } from './documents.mts';
import { papers } from './papers.mts';
import { parts } from './parts.mts';
import { customerPayment, estimate, invoice } from './sales.mts';
import { user } from './users.mts';
import { currency, item, organization, tax, webhook, workflowRule } from './settings.mts';

const base: Record<string, Cases> = {
	bankAccount,
	bill,
	chartOfAccount,
	contact,
	contactPerson,
	creditNote,
	currency,
	customerPayment,
	estimate,
	expense,
	invoice,
	item,
	journal,
	organization,
	project,
	purchaseOrder,
	salesOrder,
	tax,
	user,
	vendorCredit,
	vendorPayment,
	webhook,
	workflowRule,
};

/** By resource. */
export const cases: Record<string, Cases> = Object.fromEntries(
	[...new Set([base, papers, parts].flatMap(Object.keys))].map((resource) => [resource, { ...base[resource], ...papers[resource], ...parts[resource] }]),
);
