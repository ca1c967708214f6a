import { chain, type WorkflowSpec } from './builder.mts';
import { paymentsModule } from './crmFields.mts';
import { crmModules, lacksModule } from './edition.mts';
import { invoiceNote, invoiceState } from './invoiceMapping.mts';
import { addToReviewQueue, append, editFields, ifNode, oneOfEach, reviewRow, splitOutOnly, switchNode } from './nodes.mts';
import { booksGet, booksTrigger, byLink, crmDelete, crmUpdate, crmUpsert, isDeleted, knownId, lookUp, matchCrm, recordInvoice, saveNote } from './zoho.mts';




const trigger = 'When a Books payment changes';
const invoice = "$('Read invoice').item.json";

const overview = `### How it works
Every payment of a customer in Zoho Books is carried over to Zoho CRM, a few seconds later.

* Each **invoice** it pays is read from Books and brought up to date in CRM: amount paid, balance, state, date of the last payment. So an amount is never added twice, and a deleted payment is taken back.
* The **Deal** of each invoice gets its amounts anew.
* The payment itself becomes a record of the custom module **${paymentsModule}**, with what was refunded and what is not used yet. A CRM edition without custom modules gets a note on the customer instead.
* Whatever could not be written is put into the Data Table **Zoho sync review**.

### Setup
1. Run the template **Set up the sync** once.
2. Choose your Zoho Books and Zoho CRM credentials in the nodes that show a warning.
3. Look at **Settings** and **Map payment**.
4. Publish, together with **Sync Books invoices to CRM**.

Needs the community package n8n-nodes-zoho-books-crm on a self-hosted n8n.`;

const refunded = "($json.payment_refunds ?? []).reduce((sum, refund) => sum + Number(refund.amount ?? refund.refund_amount ?? 0), 0)";
const noteText = [
	'Date: {{ $json.date }}',
	'Amount: {{ $json.amount }} {{ $json.currency_code }}',
	`Refunded: {{ ${refunded} }} {{ $json.currency_code }}`,
	'Not used yet: {{ $json.unused_amount ?? 0 }} {{ $json.currency_code }}',
	"Invoices: {{ ($json.invoices ?? []).map(invoice => invoice.invoice_number).join(', ') }}",
	'Reference: {{ $json.reference_number }}',
].join('\n');

export const booksPaymentsToCrm: WorkflowSpec = {
	id: 'zohoBooksPayments',
	name: 'Sync Books customer payments to CRM',
	summary: 'Payments bring Invoices and Deals in CRM up to date, and are kept as records or notes.',
	file: 'sync-books-customer-payments-to-crm.json',
	nodes: [
		booksTrigger({ name: trigger, at: [0, 0] }, 'customerPayment'),
		crmModules({ at: [1, -2] }),
		editFields({ name: 'Settings', at: [1, 0] }, [['settings.when_deleted', 'cancel']], true),
		switchNode({ name: 'What happened?', at: [2, 0] }, [
			['Deleted', isDeleted],
			['Saved', '={{ true }}'],
		]),

		ifNode({ name: 'Payments were records?', at: [3, -2] }, `={{ !(${lacksModule(paymentsModule)}) }}`),
		lookUp({ name: 'Find deleted payment', at: [4, -2.4] }, paymentsModule, {
			rules: [byLink('={{ $json.payment_id }}')],
			as: 'known',
			fields: ['Name', 'Zoho_Books_Invoice_IDs'],
		}),
		switchNode({ name: 'What becomes of it?', at: [5, -2.8] }, [
			['Cancel', "={{ $json.settings.when_deleted === 'cancel' }}"],
			['Delete', "={{ $json.settings.when_deleted === 'delete' }}"],
			['Review', "={{ $json.settings.when_deleted === 'review' }}"],
		]),
		editFields({ name: 'Cancelled', at: [6, -3.4] }, [
			['record.id', '={{ $json.known.id }}'],
			['record.Name', '={{ $json.known.Name }} (deleted in Books)'],
			['record.Zoho_Books_ID', '={{ null }}'],
			['record.Amount', 0, 'number'],
			['record.Unused_Amount', 0, 'number'],
			['record.Refunded_Amount', 0, 'number'],
		]),
		crmUpdate({ name: 'Cancel payment', at: [7, -3.4] }, paymentsModule),
		crmDelete({ name: 'Delete payment', at: [6, -2.8] }, paymentsModule, '={{ $json.known.id }}'),
		editFields({ name: 'Invoices it paid', at: [5, -1.8] }, [
			[
				'invoices',
				"={{ ($json.known.Zoho_Books_Invoice_IDs ?? '').split(',').map(id => id.trim()).filter(Boolean).map(invoice_id => ({ invoice_id })) }}",
				'array',
			],
		]),

		ifNode({ name: 'Payments are records?', at: [3, 0] }, `={{ !(${lacksModule(paymentsModule)}) }}`),
		editFields({ name: 'Map payment', at: [4, 0] }, [
			['Name', '=Payment {{ $json.payment_number }}'],
			['Customer', '={{ $json.customer_name }}'],
			['Amount', '={{ $json.amount }}', 'number'],
			['Unused_Amount', '={{ $json.unused_amount ?? 0 }}', 'number'],
			['Refunded_Amount', `={{ ${refunded} }}`, 'number'],
			['Payment_Date', '={{ $json.date }}'],
			['Payment_Mode', '={{ $json.payment_mode }}'],
			['Reference', '={{ $json.reference_number }}'],
			['Invoices', "={{ ($json.invoices ?? []).map(invoice => invoice.invoice_number).join(', ') }}"],
			['Zoho_Books_Invoice_IDs', "={{ ($json.invoices ?? []).map(invoice => invoice.invoice_id).join(', ') }}"],
		]),
		matchCrm({ name: 'Match payments', at: [5, 0] }, paymentsModule, {
			sourceRecord: "={{ $('Settings').item.json }}",
			rules: [byLink("={{ $('Settings').item.json.payment_id }}")],
			policy: 'books',
			emptyFields: ['Reference', 'Invoices'],
		}),
		append({ name: 'Payments to write', at: [6, 0] }),
		crmUpsert({ name: 'Write payments', at: [7, 0] }, paymentsModule),
		lookUp({ name: 'Find Account', at: [4, 1] }, 'Accounts', {
			rules: [byLink('={{ $json.customer_id }}')],
			as: 'account',
		}),
		saveNote(
			{ name: 'Note of each payment', at: [5, 1] },
			{
				module: 'Accounts',
				record: '={{ $json.account.id }}',
				title: '=Zoho Books payment {{ $json.payment_number }}',
				content: `=${noteText}`,
			},
		),
		booksGet({ name: 'Read customer', at: [5, 1.8] }, 'contact', '={{ $json.customer_id }}'),
		lookUp({ name: 'Find Contact', at: [6, 1.8] }, 'Contacts', {
			rules: [byLink('={{ $json.primary_contact_id }}')],
			as: 'person',
		}),
		saveNote(
			{ name: 'Note on the Contact', at: [7, 1.4] },
			{
				module: 'Contacts',
				record: '={{ $json.person.id }}',
				title: "=Zoho Books payment {{ $('Settings').item.json.payment_number }}",
				content: `=${noteText.replaceAll('$json.', "$('Settings').item.json.")}`,
			},
		),

		append({ name: 'Payments with invoices', at: [7, 3] }),
		splitOutOnly({ name: 'Invoices of the payment', at: [8, 3] }, 'invoices'),
		oneOfEach({ name: 'Each invoice once', at: [9, 3] }, 'invoice_id'),
		booksGet({ name: 'Read invoice', at: [10, 3] }, 'invoice', '={{ $json.invoice_id }}'),
		ifNode({ name: 'Has CRM Invoices?', at: [11, 3] }, `={{ !(${lacksModule('Invoices')}) }}`),
		lookUp({ name: 'Find CRM Invoice', at: [12, 2.6] }, 'Invoices', {
			rules: [byLink('={{ $json.invoice_id }}')],
			as: 'known',
			fields: ['Account_Name', 'Contact_Name', 'Deal_Name__s'],
		}),
		editFields(
			{ name: 'State of the invoice', at: [13, 2.2] },
			invoiceState,
		),
		matchCrm({ name: 'Match Invoices', at: [14, 2.2] }, 'Invoices', {
			sourceRecord: `={{ ${invoice} }}`,
			rules: [byLink(`={{ ${invoice}.invoice_id }}`)],
			policy: 'books',
			emptyFields: ['Last_Payment_Date'],
		}),
		crmUpsert({ name: 'Write Invoices', at: [15, 2.2] }, 'Invoices'),
		lookUp({ name: 'Find customer', at: [12, 3.6] }, 'Accounts', {
			rules: [byLink('={{ $json.customer_id }}')],
			as: 'account',
		}),
		append({ name: 'Invoices and where they belong', at: [13, 3.2] }),
		recordInvoice(
			{ name: 'Record on Deal', at: [14, 3.2] },
			{
				invoice: `={{ ${invoice} }}`,
				accountId: `={{ $json.account?.id ?? ${knownId('Account_Name')} }}`,
				contactId: `={{ ${knownId('Contact_Name')} }}`,
				dealId: `={{ ${knownId('Deal_Name__s')} }}`,
				// On which Deal a CRM Invoice is to be, the invoices template decides: it writes that into the Invoice, too.
				findBy: `={{ ${lacksModule('Invoices')} ? ['crmLink', 'reference', 'onlyOpen'] : [] }}`,
				options: {},
			},
		),
		ifNode({ name: 'A note stands for it?', at: [15, 3.4] }, `={{ ${lacksModule('Invoices')} }}`),
		saveNote(
			{ name: 'Note of each invoice', at: [16, 4] },
			invoiceNote(
				invoice,
				"={{ $json.deal ? 'Deals' : 'Accounts' }}",
				"={{ $json.deal?.id ?? $json.account.id }}",
			),
		),
		reviewRow(
			{ name: 'Review a payment', at: [8, -1] },
			{
				source: 'Zoho Books payment',
				id: `$('${trigger}').item.json.payment_id`,
				name: `$('${trigger}').item.json.payment_number ?? ''`,
				deleted: 'Deleted in Zoho Books. Decide whether what CRM has of it (a record or a note) is to go as well.',
			},
		),
		reviewRow(
			{ name: 'Review an invoice', at: [17, 3] },
			{
				source: 'Zoho Books invoice',
				id: "$('Each invoice once').item.json.invoice_id",
				name: "$('Each invoice once').item.json.invoice_number ?? ''",
				deleted: '',
			},
		),
		addToReviewQueue({ name: 'Add to review queue', at: [18, 0] }),
	],
	wires: [
		{ from: trigger, to: 'CRM modules' },
		...chain(trigger, 'Settings', 'What happened?', 'Payments were records?', 'Find deleted payment', 'What becomes of it?', 'Cancelled', 'Cancel payment'),
		{ from: 'What becomes of it?', output: 1, to: 'Delete payment' },
		{ from: 'Cancel payment', output: 1, to: 'Review a payment' },
		{ from: 'Payments were records?', output: 1, to: 'Review a payment' },
		{ from: 'Find deleted payment', to: 'Invoices it paid' },
		{ from: 'Find deleted payment', output: 2, to: 'Review a payment' },
		{ from: 'What becomes of it?', output: 2, to: 'Review a payment' },
		{ from: 'Delete payment', output: 1, to: 'Review a payment' },
		{ from: 'Invoices it paid', to: 'Payments with invoices' },

		{ from: 'What happened?', output: 1, to: 'Payments are records?' },
		{ from: 'What happened?', output: 1, to: 'Payments with invoices', input: 1 },
		...chain('Payments are records?', 'Map payment', 'Match payments', 'Payments to write', 'Write payments'),
		{ from: 'Match payments', output: 1, to: 'Payments to write', input: 1 },
		{ from: 'Match payments', output: 3, to: 'Review a payment' },
		{ from: 'Match payments', output: 4, to: 'Review a payment' },
		{ from: 'Write payments', output: 1, to: 'Review a payment' },
		{ from: 'Payments are records?', output: 1, to: 'Find Account' },
		...chain('Find Account', 'Note of each payment'),
		{ from: 'Find Account', output: 1, to: 'Read customer' },
		{ from: 'Find Account', output: 2, to: 'Review a payment' },
		{ from: 'Note of each payment', output: 1, to: 'Review a payment' },
		...chain('Read customer', 'Find Contact', 'Note on the Contact'),
		{ from: 'Read customer', output: 1, to: 'Review a payment' },
		{ from: 'Find Contact', output: 2, to: 'Review a payment' },
		{ from: 'Note on the Contact', output: 1, to: 'Review a payment' },
		{ from: 'Review a payment', to: 'Add to review queue' },

		...chain('Payments with invoices', 'Invoices of the payment', 'Each invoice once', 'Read invoice', 'Has CRM Invoices?', 'Find CRM Invoice', 'State of the invoice', 'Match Invoices'),
		{ from: 'Read invoice', output: 1, to: 'Review an invoice' },
		{ from: 'Find CRM Invoice', to: 'Invoices and where they belong' },
		{ from: 'Find CRM Invoice', output: 2, to: 'Review an invoice' },
		{ from: 'Match Invoices', output: 1, to: 'Write Invoices' },
		{ from: 'Match Invoices', output: 3, to: 'Review an invoice' },
		{ from: 'Match Invoices', output: 4, to: 'Review an invoice' },
		{ from: 'Write Invoices', output: 1, to: 'Review an invoice' },
		{ from: 'Has CRM Invoices?', output: 1, to: 'Find customer' },
		{ from: 'Find customer', to: 'Invoices and where they belong', input: 1 },
		{ from: 'Find customer', output: 2, to: 'Review an invoice' },
		...chain('Invoices and where they belong', 'Record on Deal', 'A note stands for it?', 'Note of each invoice'),
		{ from: 'Note of each invoice', output: 1, to: 'Review an invoice' },
		{ from: 'Record on Deal', output: 1, to: 'Review an invoice' },
		{ from: 'Review an invoice', to: 'Add to review queue' },
	],
	stickies: [
		{ overview: true, text: overview, at: [-3.4, -3], size: [3.1, 4.2] },
		{
			text: '### Deleted payments\n**Settings** say what becomes of the record in CRM: `cancel` (it stays, with amounts of 0), `delete`, `review` or `keep`. Its invoices are read anew.',
			at: [2.9, -4.3],
			size: [5, 3.2],
		},
		{
			text: '### The payment itself\nA record of its own, or a note where the edition has no custom modules.',
			at: [2.9, -0.8],
			size: [5, 3.4],
		},
		{
			text: '### Its invoices and their Deals\nBooks tells what is paid and due; nothing is added up here. An invoice that CRM lacks, or that no Deal counts yet, is brought by the invoices template.',
			at: [6.9, 1.6],
			size: [10.9, 3.2],
		},
	],
};
