import { chain, type WorkflowSpec } from './builder.mts';
import { companyToBooks, crmFields, newInBooksOnly, personToBooks } from './contactMapping.mts';
import { addToReviewQueue, append, editFields, filter, reviewRow, switchNode } from './nodes.mts';
import { booksSave, crmTrigger, isDeleted, link, matchBooks } from './zoho.mts';

const trigger = 'When a CRM record changes';
const record = `$('${trigger}').item.json`;

const overview = `### How it works
Every Account and Contact that is created or edited in Zoho CRM is carried over to Zoho Books, a few seconds later.

* An **Account** becomes a customer; the **Contacts** of an Account become its contact persons. A Contact without an Account becomes a customer of its own.
* **Zoho Match** knows from the sync mark on the CRM record what both systems last agreed on. A record that only came back from Books costs no Books call; a single edited field costs one.
* After the write, the ID of the Books record and a fresh sync mark are written to the CRM record, 100 per call.
* Whatever is in doubt, was deleted or could not be written is put into the Data Table **Zoho sync review**; nothing is lost silently.

### Setup
1. Run the template **Set up the sync** once.
2. Choose your Zoho Books and Zoho CRM credentials in the nodes that show a warning.
3. Look at **Settings** and at both mappings. A field that you map must also be among the trigger's *Fields to Fetch*.
4. Publish. For the other way, publish **Sync Books contacts to CRM** too.

Needs the community package n8n-nodes-zoho-books-crm on a self-hosted n8n.`;

export const crmContactsToBooks: WorkflowSpec = {
	id: 'zohoCrmToBooks',
	name: 'Sync CRM contacts to Books',
	summary:
		'Accounts and Contacts of Zoho CRM become customers and contact persons in Zoho Books, and are linked with them.',
	file: 'sync-crm-contacts-to-books.json',
	nodes: [
		crmTrigger({ name: trigger, at: [0, 0] }, ['Accounts', 'Contacts'], [...crmFields]),
		editFields(
			{ name: 'Settings', at: [1, 0] },
			[
				['settings.when_both_sides_changed', 'eventSide'],
				['settings.when_deleted', 'review'],
			],
			true,
		),
		switchNode({ name: 'What happened?', at: [2, 0] }, [
			['Deleted', isDeleted],
			['Account', "={{ $json._event?.resource === 'Accounts' }}"],
			['Contact', "={{ $json._event?.resource === 'Contacts' }}"],
		]),
		filter({ name: 'Report deletions', at: [3, -1] }, "={{ $json.settings.when_deleted === 'review' }}"),
		editFields({ name: 'Map Account to customer', at: [3, 0] }, companyToBooks),
		editFields({ name: 'Map Contact to person', at: [3, 1] }, personToBooks),
		append({ name: 'Companies and persons', at: [4, 0] }),
		matchBooks(
			{ name: 'Match Books contacts', at: [5, 0] },
			{
				sourceRecord: `={{ ${record} }}`,
				rules: [
					{ kind: 'email', field: 'email', value: '={{ $json.contact_persons?.[0]?.email }}' },
					{ kind: 'field', field: 'contact_name', value: '={{ $json.contact_name }}' },
				],
				policy: "={{ $('Settings').first().json.settings.when_both_sides_changed }}",
				newOnlyFields: newInBooksOnly,
			},
		),
		append({ name: 'New and changed', at: [6, 0] }),
		booksSave({ name: 'Write Books contacts', at: [7, 0] }),
		append({ name: 'Written and unchanged', at: [8, 0] }),
		link({ name: 'Link', at: [9, 0] }, "={{ $('Match Books contacts').item.json.match }}"),
		reviewRow(
			{ name: 'Review a CRM record', at: [11, -1] },
			{
				source: `Zoho CRM {{ ${record}._event?.resource }}`,
				id: `${record}.id`,
				name: `${record}.Last_Name ?? ${record}.Account_Name ?? ''`,
				deleted: 'Deleted in Zoho CRM. Decide whether its record in Books is to go, or to be made inactive.',
			},
		),
		addToReviewQueue({ name: 'Add to review queue', at: [12, -1] }),
	],
	wires: [
		...chain(
			trigger,
			'Settings',
			'What happened?',
			'Report deletions',
			'Review a CRM record',
			'Add to review queue',
		),
		{ from: 'What happened?', output: 1, to: 'Map Account to customer' },
		{ from: 'What happened?', output: 2, to: 'Map Contact to person' },
		...chain(
			'Map Account to customer',
			'Companies and persons',
			'Match Books contacts',
			'New and changed',
			'Write Books contacts',
			'Written and unchanged',
		),
		{ from: 'Map Contact to person', to: 'Companies and persons', input: 1 },
		{ from: 'Match Books contacts', output: 1, to: 'New and changed', input: 1 },
		{ from: 'Match Books contacts', output: 2, to: 'Written and unchanged', input: 1 },
		{ from: 'Match Books contacts', output: 3, to: 'Review a CRM record' },
		{ from: 'Match Books contacts', output: 4, to: 'Review a CRM record' },
		{ from: 'Write Books contacts', output: 1, to: 'Review a CRM record' },
		...chain('Written and unchanged', 'Link'),
		{ from: 'Link', output: 1, to: 'Review a CRM record' },
		{ from: 'Link', output: 2, to: 'Review a CRM record' },
	],
	stickies: [
		{ overview: true, text: overview, at: [-3, -1.6], size: [2.7, 3.2] },
		{
			text: '### What comes in\nCreated, edited and deleted Accounts and Contacts. **Settings** say who wins and what becomes of deletions.',
			at: [-0.2, -1.6],
			size: [3, 3.2],
		},
		{
			text: '### Mapping\nEdit both to your needs; their inverse is in the other template.',
			at: [2.9, -1.6],
			size: [1.9, 3.6],
		},
		{
			text: '### Match and write\nAn Account and its Contacts are one Books contact, and one write.',
			at: [4.9, -1.6],
			size: [3.9, 3.2],
		},
		{
			text: '### Link back\nThe Books ID and the sync mark go to the CRM records that lack them.',
			at: [8.9, -1.6],
			size: [1.9, 3.2],
		},
		{
			text: '### Review queue\nWhatever a person must decide, one row for each record.',
			at: [10.9, -1.6],
			size: [2, 3.2],
		},
	],
};
