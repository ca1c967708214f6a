/** All templates, in the order in which people need them. */

import { booksContactsToCrm } from './booksContactsToCrm.mts';
import { booksInvoicesToCrm } from './booksInvoicesToCrm.mts';
import { booksPaymentsToCrm } from './booksPaymentsToCrm.mts';
import type { WorkflowSpec } from './builder.mts';
import { crmContactsToBooks } from './crmContactsToBooks.mts';
import { dealWonToBooks } from './dealWonToBooks.mts';
import { booksItemsToCrm, crmProductsToBooks } from './items.mts';
import { firstSyncFromBooks } from './firstSyncFromBooks.mts';
import { firstSyncFromCrm } from './firstSyncFromCrm.mts';
import { setUpSync } from './setUpSync.mts';
import { booksVendorsToCrm, crmVendorsToBooks } from './vendors.mts';

export const templates: readonly WorkflowSpec[] = [
	setUpSync,
	firstSyncFromBooks,
	firstSyncFromCrm,
	booksContactsToCrm,
	crmContactsToBooks,
	booksInvoicesToCrm,
	booksPaymentsToCrm,
	dealWonToBooks,
	booksItemsToCrm,
	crmProductsToBooks,
	booksVendorsToCrm,
	crmVendorsToBooks,
];
