/** Operations of Zoho Books that the node does not reach, and why. The first that fits counts. */

import type { LeftOut } from '../judge.mts';

/** n8n offers it in every node with such a credential: an HTTP Request node that takes the credential. */
const customCall = "n8n's Custom API Call with the credential of the node";

/** Files of the resources that the node is for. */
export const namedInBooks: readonly string[] = [
	'bank-accounts',
	'bills',
	'chart-of-accounts',
	'contact-persons',
	'contacts',
	'credit-notes',
	'currency',
	'customer-payments',
	'estimates',
	'expenses',
	'invoices',
	'items',
	'journals',
	'organizations',
	'projects',
	'purchase-order',
	'sales-order',
	'taxes',
	'vendor-credits',
	'vendor-payments',
];

const another = (files: string, what: string): LeftOut => ({ operations: new RegExp(`^(${files}) `), why: `another resource: ${what}`, instead: customCall });
/** Several records in one call; @param tails what their addresses end with. */
const atOnce = (files: string, tails: string, instead: string): LeftOut => ({
	operations: new RegExp(`^(${files}) (POST|PUT|DELETE) /[a-z]+(${tails})$`),
	why: 'many records in one call, which answers for all of them together; the node does it record by record, with a result for each',
	instead,
});
const rarely = (files: string, tails: string, why: string, instead = customCall): LeftOut => ({ operations: new RegExp(`^(${files}) [A-Z]+ \\S*${tails}`), why, instead });
/** Zoho names the operation, but neither what it takes nor what it answers. */
const untold = (files: string, tails: string, instead = customCall): LeftOut => rarely(files, tails, 'the file tells neither what it takes nor what it answers', instead);

export const leftOutOfBooks: readonly LeftOut[] = [
	another('bank-rules|bank-transactions', 'banking from day to day'),
	another('base-currency-adjustment|opening-balance|transaction-locking', 'work of an accountant at the end of a period'),
	another('custom-modules', 'modules of the account'),
	another('delivery-challans|sales-receipt', 'documents that few organizations have'),
	another('fixed-assets', 'fixed assets'),
	another('locations|pricelists|registers|reporting-tags', 'settings of the organization'),
	another('recurring-bills|recurring-expenses|recurring-invoices|retainer-invoices', 'documents that Books makes of a schedule, or before the sale'),
	another('tasks|time-entries', 'tasks and hours'),
	{ operations: /^integration /, why: "part of Zoho's own Books–CRM integration, which the templates replace", instead: customCall },
	{ operations: /^expenses \S+ \/employees?\b/, why: 'another resource: employees', instead: customCall },
	{ operations: /^journals \S+ \/recurringjournals\b/, why: 'another resource: journals of a schedule', instead: customCall },

	atOnce('chart-of-accounts', '/active|/inactive|/bulkdelete', '`Chart of Account: Mark Active`, `Chart of Account: Mark Inactive`, `Chart of Account: Delete`'),
	atOnce('contacts', '', '`Contact: Delete`; `Contact: Create or Update`, which finds by ID or name'),
	atOnce('contacts', '/owner', '`Contact: Update` with owner_id'),
	atOnce('contacts', '/track1099', '`Contact: Track 1099`'),
	atOnce('credit-notes', '/approve|/submit', '`Credit Note: Approve`, `Credit Note: Submit for Approval`'),
	atOnce('customer-payments', '', '`Customer Payment: Delete`'),
	atOnce('estimates', '/email', '`Estimate: Email`'),
	atOnce('invoices', '', '`Invoice: Delete`'),
	atOnce('invoices', '/email', '`Invoice: Email`'),
	atOnce('invoices', '/approve|/submit', '`Invoice: Approve`, `Invoice: Submit for Approval`'),
	atOnce('invoices', '/status/(void|sent)', '`Invoice: Mark Void`, `Invoice: Mark Sent`'),
	atOnce('invoices', '/writeoff', '`Invoice: Write Off`'),
	atOnce('invoices', '/paymentreminder', '`Invoice: Send Reminder`'),
	atOnce('items', '', '`Item: Create or Update`, which finds by ID, SKU or name'),
	atOnce('items', '/addtoportal', '`Item: Add to Portal`'),
	atOnce('journals', '/submit|/approve', '`Journal: Submit for Approval`, `Journal: Approve`'),
	atOnce('journals', '/status/publish|/bulkdelete', '`Journal: Mark Published`, `Journal: Delete`'),
	atOnce('vendor-payments', '', '`Vendor Payment: Delete`'),

	rarely('credit-notes|estimates|invoices|purchase-order|sales-order|vendor-payments', '/(email|mailcontent)$', 'the text of an email before it is sent, for a screen', 'Email of the same resource, with subject and text of your own: `Invoice: Email`'),
	rarely('invoices', '\\{invoice_id\\}/paymentreminder$', 'the text of a reminder before it is sent, for a screen', '`Invoice: Send Reminder`'),
	rarely('contacts', '/(clientreviews|paymentmethod|vendorstatements)/email$', 'emails with a text that Zoho gives', '`Contact: Email`'),
	rarely('contacts', '/(statements/)?email$', 'the text of an email before it is sent, for a screen', '`Contact: Email`, `Contact: Email Statement`'),
	rarely('credit-notes', '/emailhistory$', 'what was sent is in the history', '`Credit Note: Get Comments`'),
	rarely('estimates|invoices|sales-order', '/pdf$', 'many documents in one file', '`Invoice: Get PDF`, `Estimate: Get PDF`, `Sales Order: Get PDF`'),
	rarely('credit-notes|estimates|invoices|sales-order', '/print$', 'for a printer', '`Invoice: Get PDF`, `Credit Note: Get PDF`, `Estimate: Get PDF`, `Sales Order: Get PDF`'),
	rarely('invoices', '/mailpdf$', 'email with a text that Zoho gives', '`Invoice: Email`, which brings the PDF'),
	rarely('credit-notes|invoices', '/customfields$', 'the whole record has them', '`Invoice: Get`, `Credit Note: Get`'),
	rarely('contacts|invoices', '/reference/', 'finds by what another application noted with the record', '`Contact: Get Many`, `Invoice: Get Many` with a filter'),
	rarely('contacts', '/\\{contact_id\\}/owner$', 'one field of the contact', '`Contact: Update` with owner_id'),
	rarely('contacts', '/unpaidinvoices$', 'a list that another operation gives', '`Invoice: Get Many` with customer and status'),
	rarely('contacts', '/(unusedcredits|unusedretainerpayments)$', 'what is unused is in the records themselves', '`Credit Note: Get Many`, `Customer Payment: Get Many`'),
	rarely('contacts', '/paymentrefunds$', 'a list that another operation gives', '`Customer Payment: Get Refunds`'),
	rarely('credit-notes|vendor-credits', '/refunds(/\\{refund_id\\})?$', 'refunds of all records together', '`Credit Note: Get Refunds`, `Credit Note: Get Refund`, `Vendor Credit: Get Refunds`'),
	rarely('contacts', '/contactpersons/\\{contactperson_id\\}$', 'the same person by another address', '`Contact Person: Get`'),
	rarely('contacts', '/contacts/address$', 'addresses of all contacts together', '`Contact: Get Addresses`'),
	rarely('contacts', '/statements$', 'a page for the screen; it can be sent', '`Contact: Email Statement`'),
	rarely('invoices', '/lineitems/', 'one line of the invoice', '`Invoice: Update` with the lines that are to stay'),
	rarely('invoices', '/invoices/expenses/', 'a file of the expense', '`Expense: Delete Receipt`'),
	rarely('invoices', '/pricebooks/', 'one field of the invoice', '`Invoice: Update` with pricebook_id in JSON'),
	rarely('invoices', '/status/cancel$', 'void is the same for an invoice of most countries', '`Invoice: Mark Void`'),
	rarely('invoices', '/(mapwithorder|unmap/salesorders)$', 'links that the conversion makes', '`Sales Order: Convert to Invoice`'),
	rarely('organizations', '/organizations/user$', 'the organizations of the user under another address', '`Organization: Get Many`'),
	rarely('credit-notes|invoices', '/documents/\\{document_id\\}(/upload)?$', 'a place for a file, not a file', '`Invoice: Add Attachment`, `Credit Note: Add Attachment`'),
	rarely('contacts', '/documents/(\\{document_id\\}|restore)$', 'a place for a file, not a file', '`Contact: Add Attachment`'),

	rarely('invoices|credit-notes', '(/einvoices?\\b|/readytopush$|/cfdi/)', 'electronic invoices of single countries'),
	rarely('contacts', '(/einvoice/|/trnstatus$|/taxinfo)', 'tax numbers and electronic invoices of single countries'),
	rarely('invoices|credit-notes', '/dsign', 'digital signatures, a service of its own'),
	rarely('contacts|invoices', '/(sms|sendretrysms|snailmail|senddunningnotifications)', 'text messages and letters, services of their own'),
	rarely('contacts', '/(bankaccounts?|cards?|cardcount)\\b', 'bank accounts and cards of people, which a workflow had better not hold'),
	rarely('invoices', '/(onlinepayments|forcepay)\\b', 'charges cards and accounts: a payment page is the safer way', '`Invoice: Create Payment Link`'),
	rarely('invoices', '/qrcode$', 'for a payment page', '`Invoice: Create Payment Link`'),
	rarely('contacts', '/address/(\\{address_id\\}/)?verify$', 'a service of its own that checks addresses'),
	rarely('contacts', '/(incomeandexpense|profitandloss|inventorysummary|openingbalances)$', 'figures for a screen'),
	rarely('bank-accounts', '/(overview|insights|balances?|statementsummary|preferences|subaccounts|encryptionkey)$', 'figures and settings for a screen; the balance is in the account', '`Bank Account: Get`'),
	rarely('bank-accounts', '/reconciliations', 'reconciliation is done by a person in front of the statement'),
	rarely('bank-accounts', '/statements(/unreviewed)?$', 'the last one is reached', '`Bank Account: Get Last Statement`'),
	rarely('bank-accounts', '/transactions$', 'the file tells neither what it takes nor what it answers'),
	rarely('chart-of-accounts', '/(accounttransactions|transactions/\\{transaction_id\\})$', 'the ledger of an account; its documents are reached, each as what it is', '`Journal: Get Many`, `Invoice: Get Many`, `Expense: Get Many` and the other documents'),
	rarely('invoices|credit-notes|sales-order', '/substatus/', 'names of states that each organization makes for itself'),
	rarely('invoices', '/(dashboard|advancedtrackingdetails|metadata/|deliverynotes|packingslips|coupons/preview|markasshipped|unship|fromprojects)', 'stock, shipping, coupons and hours, which Books has for few plans'),
	rarely('journals', '/(credits|transactions)\\b', 'journals that pay documents: the file tells the same body for invoices and bills', '`Credit Note: Apply to Invoices`, `Vendor Credit: Apply to Bills`'),
	rarely('organizations', '', 'the account itself, which an administrator sets up once', 'Settings in Zoho Books; `Organization: Get` reads them'),
	untold('contacts', '/(merge|tags)\\b'),
];
