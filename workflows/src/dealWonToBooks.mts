import { chain, type WorkflowSpec } from './builder.mts';
import { companyToBooks, newInBooksOnly, personToBooks } from './contactMapping.mts';
import { addToReviewQueue, append, editFields, enrich, filter, ifNode, oneOfEach, reviewRow } from './nodes.mts';
import { booksSave, convertDeal, createOnce, crmGet, crmTrigger, crmUpdate, link, lookUp, matchBooks } from './zoho.mts';

const trigger = 'When a CRM Deal changes';
const deal = "$('Deals with customer').item.json";
const source = "$('Read company or person').item.json";

const overview = `### How it works
When a Deal of Zoho CRM is won, Zoho Books gets an invoice (or an estimate) for it, as a draft.

* Its lines are those of the Deal's newest Quote; without a Quote, the Deal's Products; without these, one line with the Deal's name and amount.
* The customer is made in Books first where it is missing.
* **Once per Deal**, however often the Deal is saved or the notification comes: the Deal's ID is the reference number of the document, and its ID is written back to the Deal's **Zoho_Books_ID**.
* Whatever could not be made is put into the Data Table **Zoho sync review**.

### Setup
1. Run the template **Set up the sync** once.
2. Choose your Zoho Books and Zoho CRM credentials in the nodes that show a warning.
3. In **Settings**, say which stage is the won one, and whether you want an \`invoice\` or an \`estimate\`.
4. Publish.

Needs the community package n8n-nodes-zoho-books-crm on a self-hosted n8n.`;

const fields = ['Deal_Name', 'Stage', 'Amount', 'Account_Name', 'Contact_Name', 'Modified_Time', 'Zoho_Books_ID'];

export const dealWonToBooks: WorkflowSpec = {
	id: 'zohoDealWon',
	name: 'Create a Books invoice when a Deal is won',
	summary: 'A won Deal of Zoho CRM becomes a draft invoice or estimate in Zoho Books, once.',
	file: 'create-a-books-invoice-when-a-deal-is-won.json',
	nodes: [
		crmTrigger({ name: trigger, at: [0, 0] }, ['Deals'], fields, ['created', 'updated']),
		editFields(
			{ name: 'Settings', at: [1, 0] },
			[
				['settings.won_stage', 'Closed Won'],
				['settings.document', 'invoice'],
			],
			true,
		),
		filter(
			{ name: 'Won, without a document', at: [2, 0] },
			'={{ $json.Stage === $json.settings.won_stage && !$json.Zoho_Books_ID }}',
		),
		crmGet({ name: 'Read Deal', at: [3, 0] }, 'Deals', '={{ $json.id }}'),
		filter(
			{ name: 'Still to do', at: [4, 0], note: 'It may have been made meanwhile' },
			"={{ $json.Stage === $('Settings').item.json.settings.won_stage && !$json.Zoho_Books_ID }}",
		),
		editFields(
			{ name: 'Who pays', at: [5, 0] },
			[['payer_id', "={{ $json.Account_Name?.id ?? $json.Contact_Name?.id ?? '' }}"]],
			true,
		),
		ifNode({ name: 'Somebody pays?', at: [6, 0] }, '={{ !!$json.payer_id }}'),
		lookUp({ name: 'Find Account', at: [7, 0.6] }, 'Accounts', {
			rules: [{ kind: 'recordId', value: '={{ $json.Account_Name?.id }}' }],
			as: 'account',
			fields: ['Zoho_Books_ID'],
		}),
		ifNode({ name: 'Linked already?', at: [8, 0.6] }, '={{ !!$json.account?.Zoho_Books_ID }}'),
		append({ name: 'Payers without customer', at: [9, 1.4] }),
		oneOfEach({ name: 'Each payer once', at: [10, 1.4] }, 'payer_id'),
		crmGet(
			{ name: 'Read company or person', at: [11, 1.4] },
			"={{ $json.Account_Name ? 'Accounts' : 'Contacts' }}",
			'={{ $json.payer_id }}',
		),
		ifNode({ name: 'Company?', at: [12, 1.4] }, '={{ !!$json.Account_Name && !$json.Last_Name }}'),
		editFields({ name: 'Map Account to customer', at: [13, 1.2] }, companyToBooks),
		editFields({ name: 'Map Contact to person', at: [13, 2] }, personToBooks),
		append({ name: 'Customers to match', at: [14, 1.4] }),
		matchBooks(
			{ name: 'Match Books contacts', at: [15, 1.4] },
			{
				sourceRecord: `={{ ${source} }}`,
				sourceModule: `={{ ${source}.Last_Name ? 'Contacts' : 'Accounts' }}`,
				rules: [
					{ kind: 'email', field: 'email', value: '={{ $json.contact_persons?.[0]?.email }}' },
					{ kind: 'field', field: 'contact_name', value: '={{ $json.contact_name }}' },
				],
				policy: 'books',
				newOnlyFields: newInBooksOnly,
			},
		),
		append({ name: 'Customers to write', at: [16, 1.4] }),
		booksSave({ name: 'Write Books contacts', at: [17, 1.4] }),
		append({ name: 'Written and unchanged', at: [18, 1.4] }),
		link({ name: 'Link', at: [19, 2] }, "={{ $('Match Books contacts').item.json.match }}"),
		append({ name: 'Customers in Books', at: [19, 0.6] }),
		editFields({ name: 'Customer of each payer', at: [20, 0.6] }, [
			['payer_id', `={{ $json.payer_id ?? ${source}.id }}`],
			['customer_id', '={{ $json.account?.Zoho_Books_ID ?? $json.contact_id ?? $json.match?.id }}'],
		]),
		enrich({ name: 'Deals and customers', at: [21, 0] }, 'payer_id'),
		filter(
			{ name: 'Deals with customer', at: [22, 0], note: 'Without one, the reason is in the review queue' },
			'={{ !!$json.customer_id }}',
		),
		convertDeal(
			{ name: 'Convert Deal', at: [23, 0] },
			{ deal: '={{ $json }}', customerId: '={{ $json.customer_id }}' },
		),
		ifNode({ name: 'An estimate?', at: [24, 0] }, "={{ $('Settings').first().json.settings.document === 'estimate' }}"),
		createOnce({ name: 'Create estimate once', at: [25, -0.5] }, 'estimate', '={{ $json.body }}'),
		createOnce({ name: 'Create invoice once', at: [25, 0.5] }, 'invoice', '={{ $json.body }}'),
		append({ name: 'Documents', at: [26, 0] }),
		editFields({ name: 'Link of the Deal', at: [27, 0] }, [
			['record.id', `={{ ${deal}.id }}`],
			['record.Zoho_Books_ID', '={{ $json.invoice_id ?? $json.estimate_id }}'],
		]),
		crmUpdate({ name: 'Write link to Deal', at: [28, 0] }, 'Deals'),
		editFields({ name: 'Nobody pays', at: [7, -0.8] }, [
			['match.reason', 'The Deal has neither Account nor Contact. Choose one in CRM and save the Deal again.'],
		]),
		reviewRow(
			{ name: 'Review a Deal', at: [29, -1] },
			{
				source: 'Zoho CRM Deal',
				id: `$('${trigger}').item.json.id`,
				name: `$('${trigger}').item.json.Deal_Name ?? ''`,
				deleted: '',
			},
		),
		reviewRow(
			{ name: 'Review a customer', at: [21, 2.6] },
			{
				source: 'Zoho CRM customer of a Deal',
				id: "$('Each payer once').item.json.payer_id",
				name: "$('Each payer once').item.json.Account_Name?.name ?? $('Each payer once').item.json.Contact_Name?.name ?? ''",
				deleted: '',
			},
		),
		addToReviewQueue({ name: 'Add to review queue', at: [30, 1] }),
	],
	wires: [
		...chain(trigger, 'Settings', 'Won, without a document', 'Read Deal', 'Still to do', 'Who pays', 'Somebody pays?'),
		{ from: 'Read Deal', output: 1, to: 'Review a Deal' },
		{ from: 'Somebody pays?', to: 'Find Account' },
		{ from: 'Somebody pays?', to: 'Deals and customers' },
		{ from: 'Somebody pays?', output: 1, to: 'Nobody pays' },
		...chain('Nobody pays', 'Review a Deal', 'Add to review queue'),
		{ from: 'Find Account', to: 'Linked already?' },
		{ from: 'Find Account', output: 1, to: 'Payers without customer', input: 1 },
		{ from: 'Find Account', output: 2, to: 'Review a customer' },
		{ from: 'Linked already?', to: 'Customers in Books' },
		{ from: 'Linked already?', output: 1, to: 'Payers without customer' },
		...chain('Payers without customer', 'Each payer once', 'Read company or person', 'Company?', 'Map Account to customer', 'Customers to match', 'Match Books contacts', 'Customers to write', 'Write Books contacts', 'Written and unchanged', 'Link'),
		{ from: 'Read company or person', output: 1, to: 'Review a customer' },
		{ from: 'Company?', output: 1, to: 'Map Contact to person' },
		{ from: 'Map Contact to person', to: 'Customers to match', input: 1 },
		{ from: 'Match Books contacts', output: 1, to: 'Customers to write', input: 1 },
		{ from: 'Match Books contacts', output: 2, to: 'Written and unchanged', input: 1 },
		{ from: 'Match Books contacts', output: 3, to: 'Review a customer' },
		{ from: 'Match Books contacts', output: 4, to: 'Review a customer' },
		{ from: 'Write Books contacts', output: 1, to: 'Review a customer' },
		{ from: 'Written and unchanged', to: 'Customers in Books', input: 1 },
		{ from: 'Link', output: 1, to: 'Review a customer' },
		{ from: 'Link', output: 2, to: 'Review a customer' },
		{ from: 'Review a customer', to: 'Add to review queue' },
		...chain('Customers in Books', 'Customer of each payer'),
		{ from: 'Customer of each payer', to: 'Deals and customers', input: 1 },
		...chain('Deals and customers', 'Deals with customer', 'Convert Deal', 'An estimate?', 'Create estimate once', 'Documents', 'Link of the Deal', 'Write link to Deal'),
		{ from: 'Convert Deal', output: 1, to: 'Review a Deal' },
		{ from: 'Convert Deal', output: 2, to: 'Review a Deal' },
		{ from: 'An estimate?', output: 1, to: 'Create invoice once' },
		{ from: 'Create invoice once', to: 'Documents', input: 1 },
		{ from: 'Create estimate once', output: 1, to: 'Review a Deal' },
		{ from: 'Create invoice once', output: 1, to: 'Review a Deal' },
		{ from: 'Write link to Deal', output: 1, to: 'Review a Deal' },
	],
	stickies: [
		{ overview: true, text: overview, at: [-3.4, -1.6], size: [3.1, 3.8] },
		{
			text: '### Which Deals\nWon, and without a document in Books yet. **Settings** say what won means.',
			at: [0.9, -1.4],
			size: [5.9, 2.4],
		},
		{
			text: '### The customer\nFound by the link on the Account; made in Books first where it is missing.',
			at: [6.9, 0],
			size: [14, 3.6],
		},
		{
			text: '### The document\nLines from the Quote, the Products or the amount; made once, and linked with the Deal.',
			at: [21.9, -1.4],
			size: [7, 2.9],
		},
	],
};
