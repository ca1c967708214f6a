import { chain, type WorkflowSpec } from './builder.mts';
import { companyToBooks, crmFieldsOf, newInBooksOnly, personToBooks } from './contactMapping.mts';
import { addToPlan, isDry, pageIsDue, pageTrigger, planRow, state, sumUp, walker } from './firstSync.mts';
import { addToReviewQueue, append, editFields, filter, ifNode, reviewRow, switchNode } from './nodes.mts';
import { booksSave, crmQuery, link, matchBooks } from './zoho.mts';

const record = "$('Records').item.json";

const select = (module: 'Accounts' | 'Contacts') => `select ${crmFieldsOf(module).join(', ')} from ${module}`;
const query = `={{ $json.module === 'Accounts' ? '${select('Accounts')}' : '${select('Contacts')}' }} where {{ $json.after ? "(Zoho_Books_ID is null and id > '" + $json.after + "')" : 'Zoho_Books_ID is null' }} order by id asc limit {{ $json.rows_per_page }}`;

const walk = walker({
	name: 'CRM to Books',
	// Each of them may cost a call of the 100 a minute that Books allows.
	rowsPerPage: 500,
	start: { page: 1, module: 'Accounts', after: '' },
});

const overview = `### How it works
Brings the Accounts and Contacts of Zoho CRM that have no counterpart in Zoho Books there, once. Run **First sync from Books to CRM** before: it links those that have one. Start it by hand; start it again and it goes on where it was interrupted.

* It takes **rows_per_page** records at a time, Accounts before Contacts, and calls itself for each page. The Data Table **Zoho first sync** shows how far it came.
* Customers of the same name or e-mail are found and linked; nothing is made twice.
* Books takes one record a call and 100 calls a minute: 1,000 new customers with a person each take about half an hour.
* **dry_run** is on at first: nothing is written, and the Data Table **Zoho sync plan** lists what would be done to each record and why.

### Setup
1. Run **Set up the sync** once, and choose your credentials in the nodes that show a warning.
2. Look at **Settings** and both mappings, and run this. Read the plan.
3. Switch **dry_run** off and run it again. Publish the other templates.

Needs the community package n8n-nodes-zoho-books-crm on a self-hosted n8n.`;

export const firstSyncFromCrm: WorkflowSpec = {
	id: 'zohoFirstFromCrm',
	name: 'First sync from CRM to Books',
	summary: 'All Accounts and Contacts of Zoho CRM that Books does not have yet, page by page and resumable, with a dry run.',
	file: 'first-sync-from-crm-to-books.json',
	nodes: [
		...walk.nodes,
		pageIsDue([0, 3]),
		crmQuery({ name: 'Records of the page', at: [1, 3] }, query),
		editFields({ name: 'Records', at: [2, 3] }, [['_event.resource', `={{ ${state}.module }}`]], true),
		switchNode({ name: 'Which module?', at: [3, 3] }, [
			['Account', "={{ $json._event.resource === 'Accounts' }}"],
			['Contact', "={{ $json._event.resource === 'Contacts' }}"],
		]),
		editFields({ name: 'Map Account to customer', at: [4, 2.6] }, companyToBooks),
		editFields({ name: 'Map Contact to person', at: [4, 3.6] }, personToBooks),
		append({ name: 'Companies and persons', at: [5, 3] }),
		matchBooks(
			{ name: 'Match Books contacts', at: [6, 3] },
			{
				sourceRecord: `={{ ${record} }}`,
				rules: [
					{ kind: 'email', field: 'email', value: '={{ $json.contact_persons?.[0]?.email }}' },
					{ kind: 'field', field: 'contact_name', value: '={{ $json.contact_name }}' },
				],
				policy: `={{ ${state}.when_both_sides_changed }}`,
				newOnlyFields: newInBooksOnly,
				dryRun: isDry,
			},
		),
		append({ name: 'New and changed', at: [7, 3] }),
		ifNode({ name: 'Only looked at?', at: [8, 3] }, isDry),
		booksSave({ name: 'Write Books contacts', at: [9, 3.4] }),
		filter({ name: 'Unchanged, to link', at: [9, 4.4] }, `={{ !${state}.dry_run }}`),
		append({ name: 'Written and unchanged', at: [10, 3.4] }),
		link({ name: 'Link', at: [11, 3.4] }, "={{ $('Match Books contacts').item.json.match }}"),
		filter({ name: 'Plan?', at: [10, 2] }, isDry),
		planRow(
			{ name: 'What would be done', at: [11, 2] },
			{
				walk: 'CRM to Books',
				module: `={{ ${record}._event.resource }}`,
				record: `={{ ${record}.Last_Name ?? ${record}.Account_Name }}`,
				booksId: "={{ $json.match?.id ?? '' }}",
				crmId: `={{ ${record}.id }}`,
			},
		),
		addToPlan({ name: 'Add to the plan', at: [12, 2] }),
		reviewRow(
			{ name: 'Review a CRM record', at: [12, 5] },
			{
				source: `Zoho CRM {{ ${record}._event.resource }}`,
				id: `${record}.id`,
				name: `${record}.Last_Name ?? ${record}.Account_Name ?? ''`,
				deleted: '',
			},
		),
		filter({ name: 'Not in a dry run', at: [13, 5] }, `={{ !${state}.dry_run }}`),
		addToReviewQueue({ name: 'Add to review queue', at: [14, 5] }),
		append({ name: 'Everything is done', at: [13, 3.4] }),
		sumUp(
			{ name: 'Sum up the page', at: [14, 3.4] },
			{
				reads: 'Records of the page',
				matches: ['Match Books contacts'],
				writes: [
					['Write Books contacts', 1],
					['Link', 2],
				],
				next: `page: before.page + 1,
	...(read < before.rows_per_page
		? { module: 'Contacts', after: '', done: before.module === 'Contacts' }
		: { after: $('Records of the page').last().json.id, done: false })`,
			},
		),
	],
	wires: [
		...walk.wires,
		...chain(
			pageTrigger,
			'Records of the page',
			'Records',
			'Which module?',
			'Map Account to customer',
			'Companies and persons',
			'Match Books contacts',
			'New and changed',
			'Only looked at?',
		),
		{ from: 'Which module?', output: 1, to: 'Map Contact to person' },
		{ from: 'Map Contact to person', to: 'Companies and persons', input: 1 },
		{ from: 'Match Books contacts', output: 1, to: 'New and changed', input: 1 },
		{ from: 'Match Books contacts', output: 2, to: 'Unchanged, to link' },
		{ from: 'Only looked at?', output: 1, to: 'Write Books contacts' },
		...chain('Write Books contacts', 'Written and unchanged', 'Link', 'Everything is done'),
		{ from: 'Unchanged, to link', to: 'Written and unchanged', input: 1 },
		{ from: pageTrigger, to: 'Everything is done', input: 1 },
		...chain('Everything is done', 'Sum up the page'),
		...[0, 1, 2, 3, 4].map((output) => ({ from: 'Match Books contacts', output, to: 'Plan?' })),
		...chain('Plan?', 'What would be done', 'Add to the plan'),
		{ from: 'Match Books contacts', output: 3, to: 'Review a CRM record' },
		{ from: 'Match Books contacts', output: 4, to: 'Review a CRM record' },
		{ from: 'Write Books contacts', output: 1, to: 'Review a CRM record' },
		{ from: 'Link', output: 1, to: 'Review a CRM record' },
		{ from: 'Link', output: 2, to: 'Review a CRM record' },
		...chain('Review a CRM record', 'Not in a dry run', 'Add to review queue'),
	],
	stickies: [
		{ overview: true, text: overview, at: [-3, -1.6], size: [2.7, 4] },
		{
			text: '### Page after page\nStart it by hand. **Settings** hold the dry run and who wins where both sides differ.',
			at: [-0.2, -1.6],
			size: [10.2, 2.9],
		},
		{
			text: '### A page\nAccounts first, then Contacts. Edit both mappings to your needs, as in **Sync CRM contacts to Books**.',
			at: [-0.2, 1.4],
			size: [9.1, 3.6],
		},
		{ text: '### Plan, links, review\nIn a dry run a row for each record; else the write, the link back, and what a person must decide.', at: [8.9, 1.2], size: [6, 4.6] },
	],
};
