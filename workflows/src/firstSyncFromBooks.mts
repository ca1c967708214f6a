import { chain, type WorkflowSpec } from './builder.mts';
import { companyToCrm, personToCrm } from './contactMapping.mts';
import { addToPlan, isDry, pageIsDue, pageTrigger, planRow, state, sumUp, walker } from './firstSync.mts';
import { addToReviewQueue, append, editObject, enrich, filter, ifNode, reviewRow, splitOut } from './nodes.mts';
import { addPersons, beginToReadPersons, booksGet, byLink, crmUpsert, listBooksPage, matchCrm, setAside, takeBack } from './zoho.mts';

/** What Books gives a call; the rows of a page of the walk are a multiple of it. */
const booksPage = 200;

const policy = `={{ ${state}.when_both_sides_changed }}`;
const run = `={{ ${state}.run }}`;
const customer = "$('Customers').item.json";
const person = "$('Contact persons').item.json.person";
/** A row of the list tells the primary person's fields, a whole customer all persons. */
const hasPersons =
	'($json.contact_persons ?? [$json.first_name, $json.last_name, $json.email, $json.phone, $json.mobile].filter(Boolean)).length > 0';
const isCompany = `($json.customer_sub_type === 'business' || !(${hasPersons}))`;

/** With its customer's id and time; of a person who is the customer, the contact's own fields are agreed on with the person's. */
const personOfContact = `={{ ({
		...$json.person,
		contact_id: $json.contact_id,
		last_modified_time: $json.last_modified_time,
		...($json.account_id ? {} : {
			contact_type: $json.contact_type,
			billing_address: $json.billing_address,
			shipping_address: $json.shipping_address,
		}),
	}) }}`;

const isPersonsTurn = `${state}.module === 'Contacts'`;
const batch = `={{ 'customers of page ' + ${state}.page }}`;

const walk = walker({
	name: 'Books to CRM',
	rowsPerPage: 2_000,
	settings: [['settings.whole_customers', false, 'boolean']],
	// The companies of all pages, then the persons of all pages; `after` is the last page.
	start: { page: 1, module: 'Accounts', after: '' },
});

const overview = `### How it works
Brings all customers of Zoho Books to Zoho CRM, once, before the other templates keep both in agreement. Start it by hand; start it again and it goes on where it was interrupted, or looks for what is missing.

* It walks through Books page by page (**rows_per_page**, in steps of 200) and calls itself for each page, so that 100,000 records need little memory: first the companies of all pages, then the persons, whose list is read meanwhile. The Data Table **Zoho first sync** shows how far it came.
* Records that are in CRM already are found by link, e-mail or name, and linked; nothing is made twice.
* **dry_run** is on at first: nothing is written, and the Data Table **Zoho sync plan** lists what would be done to each record and why.

### Setup
1. Run **Set up the sync** once, and choose your credentials in the nodes that show a warning.
2. Look at **Settings** and both mappings, and run this. Read the plan.
3. Switch **dry_run** off and run it again.
4. Run **First sync from CRM to Books** for what only CRM has. Publish the other templates.

Lists of Books lack addresses and notes: **whole_customers** reads each customer, one call each. Needs the community package n8n-nodes-zoho-books-crm on a self-hosted n8n.`;

export const firstSyncFromBooks: WorkflowSpec = {
	id: 'zohoFirstFromBooks',
	name: 'First sync from Books to CRM',
	summary: 'All customers of Zoho Books and their contact persons, page by page and resumable, with a dry run.',
	file: 'first-sync-from-books-to-crm.json',
	nodes: [
		...walk.nodes,
		beginToReadPersons(
			{ name: 'Begin to read persons', at: [7, -1.2], note: 'Where they are needed: while the first companies are written' },
			"={{ $json.thorough && !$json.whole_customers ? $json.run : '' }}",
		),
		pageIsDue([0, 3]),
		ifNode({ name: "The companies' turn?", at: [1, 3] }, `={{ !(${isPersonsTurn}) }}`),
		append({ name: 'Page to read', at: [2, 3] }),
		listBooksPage(
			{ name: 'Customers of the page', at: [3, 3] },
			{ contact_type: 'customer', filter_by: 'Status.All' },
			{
				limit: '={{ $json.rows_per_page }}',
				page: `={{ ($json.page - 1) * $json.rows_per_page / ${booksPage} + 1 }}`,
				sortBy: 'created_time',
			},
		),
		ifNode({ name: 'Read whole customers?', at: [4, 3] }, `={{ ${state}.whole_customers }}`),
		booksGet({ name: 'Whole customer', at: [5, 2.2] }, 'contact', '={{ $json.contact_id }}'),
		append({ name: 'Customers', at: [6, 3] }),
		ifNode({ name: 'Company?', at: [7, 3] }, `={{ ${isCompany} }}`),
		editObject({ name: 'Map company to Account', at: [8, 3] }, companyToCrm),
		matchCrm({ name: 'Match Accounts', at: [9, 3] }, 'Accounts', {
			sourceRecord: `={{ ${customer} }}`,
			rules: [byLink(`={{ ${customer}.contact_id }}`), { kind: 'field', field: 'Account_Name', value: '={{ $json.Account_Name }}' }],
			policy,
			wholeModuleFor: run,
		}),
		append({ name: 'New and changed Accounts', at: [10, 3] }),
		ifNode({ name: 'Accounts only looked at?', at: [11, 3] }, isDry),
		crmUpsert({ name: 'Write Accounts', at: [12, 3] }, 'Accounts'),
		append({ name: 'All Accounts', at: [13, 3] }, 4),
		editObject({ name: 'Account of each customer', at: [14, 3] }, [
			['contact_id', `={{ ${customer}.contact_id }}`],
			['account_id', "={{ $json.id ?? $json.match?.id ?? ($json.match?.action === 'new' ? 'new' : '') }}"],
			['is_unchanged', "={{ $json.match?.action === 'unchanged' }}"],
		]),
		enrich({ name: 'Customers with Account', at: [6, 5.4] }, 'contact_id'),
		filter(
			{ name: 'Persons to look at', at: [7, 5.4], alwaysOutput: true, note: 'Not those of companies that are in agreement since the last run' },
			`={{ !(${isCompany}) || !!$json.account_id && (${state}.thorough || !$json.is_unchanged) }}`,
		),
		ifNode({ name: 'Now the persons?', at: [8, 5.4] }, `={{ ${isPersonsTurn} && !!$json.contact_id }}`),
		setAside({ name: 'Set aside for the persons', at: [9, 6.4] }, run, batch),
		takeBack({ name: 'Take back', at: [2, 5.4], note: 'Reads the page once more where n8n was started meanwhile' }, run, batch),
		append({ name: 'Customers with persons', at: [9, 5.4] }),
		addPersons({ name: 'Add contact persons', at: [10, 5.4] }, run),
		splitOut({ name: 'Split contact persons', at: [11, 5.4] }, 'contact_persons', 'person'),
		editObject({ name: 'Contact persons', at: [12, 5.4] }, [['person', personOfContact]], true),
		editObject({ name: 'Map person to Contact', at: [13, 5.4] }, personToCrm),
		matchCrm({ name: 'Match Contacts', at: [14, 5.4] }, 'Contacts', {
			sourceRecord: `={{ ${person} }}`,
			rules: [byLink(`={{ ${person}.contact_person_id }}`), { kind: 'email', field: 'Email', value: '={{ $json.Email }}' }],
			policy,
			wholeModuleFor: run,
		}),
		append({ name: 'New and changed Contacts', at: [15, 5.4] }),
		ifNode({ name: 'Contacts only looked at?', at: [16, 5.4] }, isDry),
		crmUpsert({ name: 'Write Contacts', at: [17, 5.4] }, 'Contacts'),
		filter({ name: 'Plan of Accounts?', at: [16, 2.2] }, `={{ ${state}.dry_run && !(${isPersonsTurn}) }}`),
		planRow(
			{ name: 'What would be done to an Account', at: [17, 2.2] },
			{
				walk: 'Books to CRM',
				module: 'Accounts',
				record: `={{ ${customer}.contact_name }}`,
				booksId: `={{ ${customer}.contact_id }}`,
				crmId: "={{ $json.match?.id ?? '' }}",
			},
		),
		filter({ name: 'Plan of Contacts?', at: [16, 4.2] }, isDry),
		planRow(
			{ name: 'What would be done to a Contact', at: [17, 4.2] },
			{
				walk: 'Books to CRM',
				module: 'Contacts',
				record: `={{ [${person}.first_name, ${person}.last_name].filter(Boolean).join(' ') || ${person}.email }}`,
				booksId: `={{ ${person}.contact_person_id }}`,
				crmId: "={{ $json.match?.id ?? '' }}",
			},
		),
		addToPlan({ name: 'Add to the plan', at: [18, 3] }),
		reviewRow(
			{ name: 'Review a customer', at: [17, 6.8] },
			{
				source: 'Zoho Books customer',
				id: "$('Customers of the page').item.json.contact_id",
				name: "$('Customers of the page').item.json.contact_name ?? ''",
				deleted: '',
			},
		),
		reviewRow(
			{ name: 'Review its persons', at: [17, 8.4] },
			{
				source: 'Zoho Books customer',
				id: "$('Customers with persons').item.json.contact_id",
				name: "$('Customers with persons').item.json.contact_name ?? ''",
				deleted: '',
			},
		),
		reviewRow(
			{ name: 'Review a person', at: [17, 7.6] },
			{
				source: 'Zoho Books contact person',
				id: `${person}.contact_person_id`,
				name: `[${person}.first_name, ${person}.last_name].filter(Boolean).join(' ')`,
				deleted: '',
			},
		),
		filter({ name: 'Not in a dry run', at: [18, 7.2] }, `={{ !${state}.dry_run }}`),
		addToReviewQueue({ name: 'Add to review queue', at: [19, 7.2] }),
		append({ name: 'Everything is done', at: [18, 5.4] }, 4),
		sumUp(
			{ name: 'Sum up the page', at: [19, 5.4] },
			{
				reads: 'Customers of the page',
				matches: ['Match Accounts', 'Match Contacts'],
				writes: [
					['Whole customer', 1],
					['Write Accounts', 1],
					['Add contact persons', 1],
					['Write Contacts', 1],
				],
				// A page that is read once more for its persons has been counted.
				counted: { nodes: ['Match Accounts', 'Whole customer', 'Write Accounts'], when: `!(${isPersonsTurn})` },
				next: `...(before.module === 'Contacts'
		? { page: before.page + 1, done: before.page >= Number(before.after) }
		: read === before.rows_per_page
			? { page: before.page + 1, done: false }
			: { module: 'Contacts', page: 1, after: String(read > 0 ? before.page : before.page - 1), done: false }),`,
			},
		),
	],
	wires: [
		...walk.wires,
		{ from: 'Where to go on', to: 'Begin to read persons' },
		...chain(pageTrigger, "The companies' turn?", 'Page to read', 'Customers of the page', 'Read whole customers?', 'Whole customer', 'Customers', 'Company?'),
		{ from: "The companies' turn?", output: 1, to: 'Take back' },
		{ from: 'Take back', to: 'Customers with persons' },
		{ from: 'Take back', output: 1, to: 'Page to read', input: 1 },
		{ from: 'Read whole customers?', output: 1, to: 'Customers', input: 1 },
		{ from: 'Whole customer', output: 1, to: 'Review a customer' },
		{ from: 'Customers', to: 'Customers with Account' },
		...chain('Company?', 'Map company to Account', 'Match Accounts', 'New and changed Accounts', 'Accounts only looked at?'),
		{ from: 'Match Accounts', output: 1, to: 'New and changed Accounts', input: 1 },
		{ from: 'Match Accounts', output: 2, to: 'All Accounts', input: 1 },
		{ from: 'Match Accounts', output: 3, to: 'All Accounts', input: 2 },
		{ from: 'Accounts only looked at?', output: 0, to: 'All Accounts', input: 3 },
		{ from: 'Accounts only looked at?', output: 1, to: 'Write Accounts' },
		...chain('Write Accounts', 'All Accounts', 'Account of each customer'),
		{ from: 'Account of each customer', to: 'Customers with Account', input: 1 },
		...chain(
			'Customers with Account',
			'Persons to look at',
			'Now the persons?',
		),
		{ from: 'Now the persons?', to: 'Customers with persons', input: 1 },
		{ from: 'Now the persons?', output: 1, to: 'Set aside for the persons' },
		...chain(
			'Customers with persons',
			'Add contact persons',
			'Split contact persons',
			'Contact persons',
			'Map person to Contact',
			'Match Contacts',
			'New and changed Contacts',
			'Contacts only looked at?',
		),
		{ from: 'Match Contacts', output: 1, to: 'New and changed Contacts', input: 1 },
		{ from: 'Contacts only looked at?', output: 1, to: 'Write Contacts' },
		...[0, 1, 2, 3, 4].flatMap((output) => [
			{ from: 'Match Accounts', output, to: 'Plan of Accounts?' },
			{ from: 'Match Contacts', output, to: 'Plan of Contacts?' },
		]),
		...chain('Plan of Accounts?', 'What would be done to an Account', 'Add to the plan'),
		...chain('Plan of Contacts?', 'What would be done to a Contact', 'Add to the plan'),
		{ from: 'Match Accounts', output: 3, to: 'Review a customer' },
		{ from: 'Match Accounts', output: 4, to: 'Review a customer' },
		{ from: 'Write Accounts', output: 1, to: 'Review a customer' },
		{ from: 'Add contact persons', output: 1, to: 'Review its persons' },
		{ from: 'Match Contacts', output: 3, to: 'Review a person' },
		{ from: 'Match Contacts', output: 4, to: 'Review a person' },
		{ from: 'Write Contacts', output: 1, to: 'Review a person' },
		...chain('Review a customer', 'Not in a dry run', 'Add to review queue'),
		...chain('Review a person', 'Not in a dry run'),
		...chain('Review its persons', 'Not in a dry run'),
		{ from: 'Write Contacts', to: 'Everything is done' },
		{ from: 'Match Contacts', output: 2, to: 'Everything is done', input: 1 },
		{ from: pageTrigger, to: 'Everything is done', input: 2 },
		{ from: 'Set aside for the persons', to: 'Everything is done', input: 3 },
		...chain('Everything is done', 'Sum up the page'),
	],
	stickies: [
		{ overview: true, text: overview, at: [-3, -1.6], size: [2.7, 4] },
		{
			text: '### Page after page\nStart it by hand. **Settings** hold the dry run and who wins where both sides differ.',
			at: [-0.2, -1.6],
			size: [10.2, 2.9],
		},
		{
			text: '### A page: companies\nCustomer → Account. Edit the mapping to your needs, as in **Sync Books contacts to CRM**.',
			at: [-0.2, 1.4],
			size: [15, 3],
		},
		{
			text: '### A page: contact persons\nOne item for each person, with the Account it belongs to. They come after the companies of all pages: what each page has found waits in memory, so that Books is asked once.',
			at: [-0.2, 4.6],
			size: [15, 2.8],
		},
		{ text: '### Plan, review, sum\nIn a dry run a row for each record. What a person must decide goes to the review queue.', at: [14.9, 1.4], size: [5, 7.8] },
	],
};
