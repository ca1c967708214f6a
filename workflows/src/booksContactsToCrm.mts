import { chain, type WorkflowSpec } from './builder.mts';
import { companyToCrm, personToCrm } from './contactMapping.mts';
import {
	addToReviewQueue,
	append,
	editFields,
	enrich,
	filter,
	ifNode,
	reviewRow,
	splitOut,
	switchNode,
	type Field,
} from './nodes.mts';
import { booksTrigger, crmUpsert, isDeleted, matchCrm } from './zoho.mts';

const trigger = 'When a Books contact changes';
const policy = "={{ $('Settings').first().json.settings.when_both_sides_changed }}";
/** The Books contact as it came in. */
const customer = "$('Settings').item.json";
const isCompany = "$json.customer_sub_type === 'business' || !$json.contact_persons?.length";

/** Of a person who is the customer, the contact's own fields are agreed on with the person's. */
const ownOfIndividual = (['contact_type', 'billing_address', 'shipping_address'] as const).map(
	(field): Field =>
		field === 'contact_type'
			? [`person.${field}`, `={{ $json.account_id ? '' : $json.${field} }}`]
			: [`person.${field}`, `={{ $json.account_id ? null : $json.${field} }}`, 'object'],
);

const overview = `### How it works
Every customer that is created or edited in Zoho Books is carried over to Zoho CRM, a few seconds later.

* A customer that is a company becomes an **Account**; its contact persons become **Contacts** of that Account. An individual becomes a Contact without an Account.
* **Zoho Match** finds the CRM record (by Zoho_Books_ID, then by e-mail or name), compares, and puts out only what differs. Changes made in CRM meanwhile are kept. What came from CRM in the first place ends at *Unchanged*.
* Records are written 100 per call. Whatever is in doubt, was deleted or could not be written is put into the Data Table **Zoho sync review**; nothing is lost silently.

### Setup
1. Run the template **Set up the sync** once.
2. Choose your Zoho Books and Zoho CRM credentials in the nodes that show a warning.
3. Look at **Settings** and at both mappings; change them as you like.
4. Publish. For the way back, publish **Sync CRM contacts to Books** too.

Needs the community package n8n-nodes-zoho-books-crm on a self-hosted n8n.`;

export const booksContactsToCrm: WorkflowSpec = {
	id: 'zohoBooksToCrm',
	name: 'Sync Books contacts to CRM',
	summary: 'Customers of Zoho Books and their contact persons become Accounts and Contacts in Zoho CRM.',
	file: 'sync-books-contacts-to-crm.json',
	nodes: [
		booksTrigger({ name: trigger, at: [0, 0] }, 'contact', ['customer']),
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
			['Customer', "={{ $json.contact_type === 'customer' }}"],
		]),
		filter({ name: 'Report deletions', at: [3, -1] }, "={{ $json.settings.when_deleted === 'review' }}"),
		ifNode({ name: 'Company?', at: [3, 0] }, `={{ ${isCompany} }}`),
		editFields({ name: 'Map company to Account', at: [4, 0] }, companyToCrm),
		matchCrm({ name: 'Match Accounts', at: [5, 0] }, 'Accounts', {
			sourceRecord: `={{ ${customer} }}`,
			rules: [
				{ kind: 'externalId', field: 'Zoho_Books_ID', value: `={{ ${customer}.contact_id }}` },
				{ kind: 'field', field: 'Account_Name', value: '={{ $json.Account_Name }}' },
			],
			policy,
		}),
		append({ name: 'Accounts to write', at: [6, 0] }),
		crmUpsert({ name: 'Write Accounts', at: [7, 0] }, 'Accounts'),
		append({ name: 'All Accounts', at: [8, 0] }, 3),
		editFields({ name: 'Account of each customer', at: [9, 0] }, [
			['contact_id', `={{ ${customer}.contact_id }}`],
			['account_id', '={{ $json.id ?? $json.match?.id }}'],
		]),
		enrich({ name: 'Customers with Account', at: [4, 2.6] }, 'contact_id'),
		filter(
			{ name: 'Account is there', at: [5, 2.6], note: 'Persons wait until their company is written' },
			`={{ !!$json.account_id || !(${isCompany}) }}`,
		),
		splitOut({ name: 'Split contact persons', at: [6, 2.6] }, 'contact_persons', 'person'),
		editFields(
			{ name: 'Contact persons', at: [7, 2.6] },
			[
				['person.contact_id', '={{ $json.contact_id }}'],
				['person.last_modified_time', '={{ $json.last_modified_time }}'],
				['person._event', '={{ $json._event }}', 'object'],
				...ownOfIndividual,
			],
			true,
		),
		editFields({ name: 'Map person to Contact', at: [8, 2.6] }, personToCrm),
		matchCrm({ name: 'Match Contacts', at: [9, 2.6] }, 'Contacts', {
			sourceRecord: "={{ $('Contact persons').item.json.person }}",
			rules: [
				{
					kind: 'externalId',
					field: 'Zoho_Books_ID',
					value: "={{ $('Contact persons').item.json.person.contact_person_id }}",
				},
				{ kind: 'email', field: 'Email', value: '={{ $json.Email }}' },
			],
			policy,
		}),
		crmUpsert({ name: 'Write Contacts', at: [10, 2.6] }, 'Contacts'),
		reviewRow(
			{ name: 'Review a customer', at: [11, -1] },
			{
				source: 'Zoho Books customer',
				id: `$('${trigger}').item.json.contact_id`,
				name: `$('${trigger}').item.json.contact_name ?? ''`,
				deleted: 'Deleted in Zoho Books. Decide whether its records in CRM are to go as well.',
			},
		),
		reviewRow(
			{ name: 'Review a person', at: [12, 1] },
			{
				source: 'Zoho Books contact person',
				id: "$('Contact persons').item.json.person.contact_person_id",
				name: "[$('Contact persons').item.json.person.first_name, $('Contact persons').item.json.person.last_name].filter(Boolean).join(' ')",
				deleted: '',
			},
		),
		addToReviewQueue({ name: 'Add to review queue', at: [13, 0] }),
	],
	wires: [
		...chain(
			trigger,
			'Settings',
			'What happened?',
			'Report deletions',
			'Review a customer',
			'Add to review queue',
		),
		{ from: 'What happened?', output: 1, to: 'Company?' },
		{ from: 'What happened?', output: 1, to: 'Customers with Account' },
		...chain(
			'Company?',
			'Map company to Account',
			'Match Accounts',
			'Accounts to write',
			'Write Accounts',
			'All Accounts',
			'Account of each customer',
		),
		{ from: 'Match Accounts', output: 1, to: 'Accounts to write', input: 1 },
		{ from: 'Match Accounts', output: 2, to: 'All Accounts', input: 1 },
		{ from: 'Match Accounts', output: 3, to: 'All Accounts', input: 2 },
		{ from: 'Match Accounts', output: 3, to: 'Review a customer' },
		{ from: 'Match Accounts', output: 4, to: 'Review a customer' },
		{ from: 'Write Accounts', output: 1, to: 'Review a customer' },
		{ from: 'Account of each customer', to: 'Customers with Account', input: 1 },
		...chain(
			'Customers with Account',
			'Account is there',
			'Split contact persons',
			'Contact persons',
			'Map person to Contact',
		),
		...chain('Map person to Contact', 'Match Contacts', 'Write Contacts'),
		{ from: 'Match Contacts', output: 1, to: 'Write Contacts' },
		{ from: 'Match Contacts', output: 3, to: 'Review a person' },
		{ from: 'Match Contacts', output: 4, to: 'Review a person' },
		{ from: 'Write Contacts', output: 1, to: 'Review a person' },
		...chain('Review a person', 'Add to review queue'),
	],
	stickies: [
		{ overview: true, text: overview, at: [-3, -1.6], size: [2.7, 3.2] },
		{
			text: '### What comes in\nCreated, edited and deleted customers. Vendors are left out. **Settings** say who wins and what becomes of deletions.',
			at: [-0.2, -1.6],
			size: [4, 3.2],
		},
		{
			text: '### Companies\nCustomer → Account. Edit the mapping to your needs; its inverse is in the other template.',
			at: [3.9, -1.6],
			size: [6.3, 3.2],
		},
		{
			text: '### Contact persons\nOne item for each person, with the Account it belongs to.',
			at: [3.9, 1.8],
			size: [7, 2.4],
		},
		{
			text: '### Review queue\nWhatever a person must decide, one row for each record.',
			at: [10.4, -1.6],
			size: [3.6, 3.3],
		},
	],
};
