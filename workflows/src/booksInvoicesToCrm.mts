import { chain, type WorkflowSpec } from './builder.mts';
import { crmModules, lacksModule } from './edition.mts';
import { invoiceNote, invoiceToCrm, withAmounts } from './invoiceMapping.mts';
import { itemToProduct } from './itemMapping.mts';
import {
	addToReviewQueue,
	append,
	editFields,
	editJson,
	enrich,
	filter,
	ifNode,
	oneOfEach,
	reviewRow,
	splitOutOnly,
	switchNode,
} from './nodes.mts';
import {
	booksGet,
	booksItems,
	booksTrigger,
	byLink,
	convertInvoice,
	crmUpdate,
	crmUpsert,
	isDeleted,
	knownId,
	lookUp,
	matchCrm,
	recordInvoice,
	saveNote,
} from './zoho.mts';

const trigger = 'When a Books invoice changes';
/** The invoice with its customer's CRM record. */
const invoice = "$('Invoices with customer').item.json";

const overview = `### How it works
Every invoice of Zoho Books is carried over to the native **Invoices** of Zoho CRM, a few seconds later: all lines, taxes, discounts, shipping, currency and state.

* Customer and products are made or linked first where CRM lacks them. Lines without an item use the shared Product *Other (Zoho Books)*, shipping *Shipping (Zoho Books)*.
* The invoice is put on its Deal, and the Deal's **Amount_Invoiced**, **Amount_Paid** and **Balance_Due** are kept. An invoice counts once, however often it comes.
* Totals agree to the cent. Where they cannot, nothing is written and a row in the Data Table **Zoho sync review** says why.
* A CRM edition without Invoices gets a note on the Deal (or on the customer) instead; the Deal's amounts are the same.

### Setup
1. Run the template **Set up the sync** once.
2. Choose your Zoho Books and Zoho CRM credentials in the nodes that show a warning.
3. Look at **Settings**, at how the Deal is found in **Record on Deal**, and at **Map invoice**.
4. Publish. Publish **Sync Books customer payments to CRM** too.

Needs the community package n8n-nodes-zoho-books-crm on a self-hosted n8n.`;

const isIndividual = "$json.customer_sub_type === 'individual' && $json.contact_persons?.length";
const primary = '($json.contact_persons.find(person => person.is_primary_contact) ?? $json.contact_persons[0])';
const customerOf = "$('Customer to make').item.json";

export const booksInvoicesToCrm: WorkflowSpec = {
	id: 'zohoBooksInvoices',
	name: 'Sync Books invoices to CRM',
	summary: 'Invoices of Zoho Books become Invoices in Zoho CRM, with all lines, on the right Deal.',
	file: 'sync-books-invoices-to-crm.json',
	nodes: [
		booksTrigger({ name: trigger, at: [0, 0] }, 'invoice'),
		crmModules({ at: [1, -3] }),
		editFields(
			{ name: 'Settings', at: [1, 0] },
			[
				['settings.when_deleted', 'review'],
				['settings.drafts_too', true, 'boolean'],
				['settings.copy_prices', true, 'boolean'],
			],
			true,
		),
		switchNode({ name: 'What happened?', at: [2, 0] }, [
			['Deleted', isDeleted],
			['Saved', "={{ $json.settings.drafts_too || $json.status !== 'draft' }}"],
		]),

		lookUp({ name: 'Find deleted invoice', at: [4, -2] }, 'Invoices', {
			rules: [byLink('={{ $json.invoice_id }}')],
			as: 'known',
			fields: ['Subject', 'Deal_Name__s'],
		}),
		recordInvoice(
			{ name: 'Take off Deal', at: [5, -2.5] },
			{
				invoice: '={{ $json }}',
				deleted: true,
				dealId: `={{ ${knownId('Deal_Name__s')} }}`,
				options: {},
			},
		),
		switchNode({ name: 'What becomes of it?', at: [6, -2.5] }, [
			['Cancel', "={{ $json.settings.when_deleted === 'cancel' }}"],
			['Review', "={{ $json.settings.when_deleted === 'review' }}"],
		]),
		editFields({ name: 'Cancelled', at: [7, -2.5] }, [
			['record.id', '={{ $json.known.id }}'],
			['record.Status', 'Cancelled'],
			['record.Zoho_Books_Status', 'deleted'],
			['record.Amount_Paid', 0, 'number'],
			['record.Balance_Due', 0, 'number'],
		]),
		crmUpdate({ name: 'Cancel Invoices', at: [8, -2.5] }, 'Invoices'),

		lookUp({ name: 'Find Account', at: [3, 0] }, 'Accounts', {
			rules: [byLink('={{ $json.customer_id }}')],
			as: 'account',
		}),
		oneOfEach({ name: 'Each customer once', at: [4, 0.6] }, 'customer_id'),
		booksGet({ name: 'Customer to make', at: [5, 0.6] }, 'contact', '={{ $json.customer_id }}'),
		editJson(
			{ name: 'Map customer', at: [6, 0.6], note: 'The rest is brought by the contacts template' },
			`={{ ${isIndividual} ? { Last_Name: ${primary}.last_name || ${primary}.first_name || $json.contact_name, First_Name: ${primary}.last_name ? ${primary}.first_name : '', Email: ${primary}.email } : { Account_Name: $json.contact_name } }}`,
		),
		matchCrm(
			{ name: 'Match customers', at: [7, 0.6] },
			"={{ $json.Account_Name ? 'Accounts' : 'Contacts' }}",
			{
				sourceRecord: `={{ $json.Account_Name ? ${customerOf} : { ...${customerOf}.contact_persons.find(person => person.is_primary_contact) ?? ${customerOf}.contact_persons[0], contact_id: ${customerOf}.contact_id } }}`,
				rules: [
					{ kind: 'email', field: 'Email', value: '={{ $json.Email }}' },
					{ kind: 'field', field: 'Account_Name', value: '={{ $json.Account_Name }}' },
				],
				policy: 'crm',
			},
		),
		append({ name: 'Customers to write', at: [8, 0.6] }),
		crmUpsert(
			{ name: 'Write customers', at: [9, 0.6] },
			"={{ $('Map customer').item.json.Account_Name ? 'Accounts' : 'Contacts' }}",
		),
		append({ name: 'Customers in CRM', at: [10, 0] }, 3),
		editFields({ name: 'Customer of each invoice', at: [11, 0] }, [
			['customer_id', "={{ $json.customer_id ?? $('Customer to make').item.json.contact_id }}"],
			[
				'crm_module',
				"={{ $json.account || $('Map customer').item.json.Account_Name ? 'Accounts' : 'Contacts' }}",
			],
			['crm_id', '={{ $json.account?.id ?? $json.id ?? $json.match?.id }}'],
		]),

		splitOutOnly({ name: 'Lines', at: [3, 2.6] }, 'line_items'),
		filter(
			{ name: 'Lines with an item', at: [4, 2.6], note: 'A note needs no Products' },
			`={{ !!$json.item_id && !(${lacksModule('Invoices')}) }}`,
		),
		oneOfEach({ name: 'Each item once', at: [5, 2.6] }, 'item_id'),
		lookUp({ name: 'Find Products', at: [6, 2.6] }, 'Products', {
			rules: [byLink('={{ $json.item_id }}')],
			as: 'product',
		}),
		{
			...booksItems(
				{ name: 'Items to make', at: [7, 2.6] },
				"={{ $('Find Products').all(1).map(item => item.json.item_id).join(',') }}",
			),
			once: true,
		},
		editFields({ name: 'Map item to Product', at: [8, 2.6] }, itemToProduct),
		matchCrm({ name: 'Match Products', at: [9, 2.6] }, 'Products', {
			sourceRecord: "={{ $('Items to make').item.json }}",
			rules: [
				{ kind: 'field', field: 'Product_Code', value: '={{ $json.Product_Code }}' },
				{ kind: 'field', field: 'Product_Name', value: '={{ $json.Product_Name }}' },
			],
			policy: 'crm',
		}),
		append({ name: 'Products to write', at: [10, 2.6] }),
		crmUpsert({ name: 'Write Products', at: [11, 2.6] }, 'Products'),

		enrich({ name: 'Invoices and customers', at: [12, 0.6] }, 'customer_id'),
		append({ name: 'Everything there', at: [13, 0.6] }),
		filter(
			{ name: 'Invoices with customer', at: [14, 0.6], note: 'Without one, the reason is in the review queue' },
			'={{ !!$json.invoice_number && !!$json.crm_id }}',
		),
		recordInvoice(
			{ name: 'Record on Deal', at: [15, 0.6] },
			{
				invoice: '={{ $json }}',
				accountId: "={{ $json.crm_module === 'Accounts' ? $json.crm_id : '' }}",
				contactId: "={{ $json.crm_module === 'Contacts' ? $json.crm_id : '' }}",
				options: {},
			},
		),
		ifNode({ name: 'Has CRM Invoices?', at: [16, 0.6] }, `={{ !(${lacksModule('Invoices')}) }}`),
		convertInvoice({ name: 'Convert invoice', at: [17, 0] }),
		editFields({ name: 'Map invoice', at: [18, 0] }, invoiceToCrm),
		editJson({ name: 'Add lines and amounts', at: [19, 0] }, withAmounts('Convert invoice')),
		matchCrm({ name: 'Match Invoices', at: [20, 0] }, 'Invoices', {
			sourceRecord: `={{ ${invoice} }}`,
			rules: [byLink(`={{ ${invoice}.invoice_id }}`)],
			policy: 'books',
			emptyFields: ['Last_Payment_Date'],
			subformCheck: ['Grand_Total'],
		}),
		append({ name: 'Invoices to write', at: [21, 0] }),
		crmUpsert({ name: 'Write Invoices', at: [22, 0] }, 'Invoices', { replaceSubforms: true }),
		lookUp({ name: 'Read totals', at: [23, 0] }, 'Invoices', {
			rules: [byLink(`={{ ${invoice}.invoice_id }}`)],
			as: 'written',
			fields: ['Grand_Total'],
		}),
		filter(
			{ name: 'Totals that differ', at: [24, 0] },
			`={{ Number($json.written.Grand_Total) !== Number(${invoice}.total) }}`,
		),
		editFields({ name: 'Say what differs', at: [25, 0] }, [
			[
				'match.reason',
				`=CRM has calculated {{ $json.written.Grand_Total }} for this invoice, Books has {{ ${invoice}.total }}. Look at the taxes and roundings of its lines in CRM.`,
			],
		]),
		saveNote(
			{ name: 'Note of each invoice', at: [17, 1.6] },
			invoiceNote('$json', "={{ $json.deal ? 'Deals' : $json.crm_module }}", '={{ $json.deal?.id ?? $json.crm_id }}'),
		),
		reviewRow(
			{ name: 'Review a deleted invoice', at: [8, -1.5] },
			{
				source: 'Zoho Books invoice',
				id: `$('${trigger}').item.json.invoice_id`,
				name: `$('${trigger}').item.json.invoice_number ?? ''`,
				deleted: 'Deleted in Zoho Books. Decide whether its Invoice in CRM is to go as well.',
			},
		),
		reviewRow(
			{ name: 'Review a customer', at: [10, 1.6] },
			{
				source: 'Zoho Books customer',
				id: "$('Each customer once').item.json.customer_id",
				name: "$('Each customer once').item.json.customer_name ?? ''",
				deleted: '',
			},
		),
		reviewRow(
			{ name: 'Review an item', at: [12, 3.6] },
			{
				source: 'Zoho Books item',
				id: "$json.record?.Zoho_Books_ID ?? ($json.item_id ?? '')",
				name: "$json.record?.Product_Name ?? ($json.name ?? '')",
				deleted: '',
			},
		),
		reviewRow(
			{ name: 'Review an invoice', at: [26, 1] },
			{
				source: 'Zoho Books invoice',
				id: `${invoice}.invoice_id`,
				name: `${invoice}.invoice_number`,
				deleted: '',
			},
		),
		addToReviewQueue({ name: 'Add to review queue', at: [27, 1] }),
	],
	wires: [
		{ from: trigger, to: 'CRM modules' },
		...chain(trigger, 'Settings', 'What happened?', 'Find deleted invoice', 'Take off Deal', 'What becomes of it?', 'Cancelled', 'Cancel Invoices'),
		{ from: 'Find deleted invoice', output: 2, to: 'Review a deleted invoice' },
		{ from: 'Take off Deal', output: 1, to: 'Review a deleted invoice' },
		{ from: 'What becomes of it?', output: 1, to: 'Review a deleted invoice' },
		{ from: 'Cancel Invoices', output: 1, to: 'Review a deleted invoice' },
		{ from: 'Review a deleted invoice', to: 'Add to review queue' },

		{ from: 'What happened?', output: 1, to: 'Find Account' },
		{ from: 'What happened?', output: 1, to: 'Lines' },
		{ from: 'What happened?', output: 1, to: 'Invoices and customers' },
		{ from: 'Find Account', to: 'Customers in CRM' },
		{ from: 'Find Account', output: 1, to: 'Each customer once' },
		{ from: 'Find Account', output: 2, to: 'Review a customer' },
		...chain('Each customer once', 'Customer to make', 'Map customer', 'Match customers', 'Customers to write', 'Write customers'),
		{ from: 'Customer to make', output: 1, to: 'Review a customer' },
		{ from: 'Match customers', output: 1, to: 'Customers to write', input: 1 },
		{ from: 'Match customers', output: 2, to: 'Customers in CRM', input: 2 },
		{ from: 'Match customers', output: 3, to: 'Review a customer' },
		{ from: 'Match customers', output: 4, to: 'Review a customer' },
		{ from: 'Write customers', to: 'Customers in CRM', input: 1 },
		{ from: 'Write customers', output: 1, to: 'Review a customer' },
		...chain('Customers in CRM', 'Customer of each invoice'),
		{ from: 'Customer of each invoice', to: 'Invoices and customers', input: 1 },
		{ from: 'Review a customer', to: 'Add to review queue' },

		...chain('Lines', 'Lines with an item', 'Each item once', 'Find Products'),
		{ from: 'Find Products', output: 1, to: 'Items to make' },
		{ from: 'Find Products', output: 2, to: 'Review an item' },
		...chain('Items to make', 'Map item to Product', 'Match Products', 'Products to write', 'Write Products'),
		{ from: 'Items to make', output: 1, to: 'Review an item' },
		{ from: 'Match Products', output: 1, to: 'Products to write', input: 1 },
		{ from: 'Match Products', output: 3, to: 'Review an item' },
		{ from: 'Match Products', output: 4, to: 'Review an item' },
		{ from: 'Write Products', output: 1, to: 'Review an item' },
		{ from: 'Review an item', to: 'Add to review queue' },

		...chain('Invoices and customers', 'Everything there', 'Invoices with customer', 'Record on Deal', 'Has CRM Invoices?', 'Convert invoice'),
		{ from: 'Write Products', to: 'Everything there', input: 1 },
		{ from: 'Record on Deal', output: 1, to: 'Review an invoice' },
		...chain('Convert invoice', 'Map invoice', 'Add lines and amounts', 'Match Invoices', 'Invoices to write', 'Write Invoices', 'Read totals', 'Totals that differ', 'Say what differs', 'Review an invoice', 'Add to review queue'),
		{ from: 'Convert invoice', output: 1, to: 'Review an invoice' },
		{ from: 'Convert invoice', output: 2, to: 'Review an invoice' },
		{ from: 'Read totals', output: 2, to: 'Review an invoice' },
		{ from: 'Match Invoices', output: 1, to: 'Invoices to write', input: 1 },
		{ from: 'Match Invoices', output: 3, to: 'Review an invoice' },
		{ from: 'Match Invoices', output: 4, to: 'Review an invoice' },
		{ from: 'Write Invoices', output: 1, to: 'Review an invoice' },
		{ from: 'Has CRM Invoices?', output: 1, to: 'Note of each invoice' },
		{ from: 'Note of each invoice', output: 1, to: 'Review an invoice' },
	],
	stickies: [
		{ overview: true, text: overview, at: [-3.4, -3.4], size: [3.1, 4.2] },
		{
			text: '### Deleted invoices\nThey no longer count for their Deal. **Settings** say what becomes of the CRM Invoice: `review`, `cancel` or `keep`.',
			at: [3.9, -3.5],
			size: [5.2, 3],
		},
		{
			text: '### Customers\nFound by Zoho_Books_ID; made first where CRM lacks them.',
			at: [2.9, -0.7],
			size: [9, 3.1],
		},
		{
			text: '### Products\nOne for each item on a line; linked by SKU, then by name, or made.',
			at: [2.9, 2.1],
			size: [9.9, 2.5],
		},
		{
			text: '### Invoices\nThe Deal, the lines and amounts, and the check that CRM arrives at the same total.',
			at: [12.9, -1],
			size: [14.9, 3.6],
		},
	],
};

