import { chain, type NodeSpec, type WorkflowSpec } from './builder.mts';
import { fieldItems, paymentsModule, sharedProducts } from './crmFields.mts';
import { append, createReviewTable, editFields, filter, ifNode, reviewTable, splitOutOnly } from './nodes.mts';
import {
	byLink,
	crmOrganization,
	crmUpsert,
	ensureField,
	ensureModule,
	listBooksContacts,
	listBooksOrganizations,
	listCrmModules,
	lookUp,
} from './zoho.mts';

const overview = `### How it works
Run this once before the other templates, and again whenever something seems wrong: it changes nothing that is in order.

* It checks both connections, the Books organization, the CRM edition and its modules, the currencies, and whether Zoho's own Books–CRM integration is switched on.
* It makes the fields that the sync needs, above all **Zoho_Books_ID** (which Books record this is; no two records can have the same) and **Zoho_Books_Sync** (what both systems last agreed on), a custom module for payments, and two Products for what has no item in Books.
* It makes the Data Table **${reviewTable}** for whatever a person must decide.
* The last node shows a report. A check that fails is told there, with what to do, and the others go on. So is what your CRM edition lacks, and what the templates do instead.

### Setup
1. Choose your Zoho Books and Zoho CRM credentials in the nodes that show a warning.
2. Run the workflow and read the report in **Report**.
3. Go on with **Sync Books contacts to CRM** and **Sync CRM contacts to Books**, then with the others that you want.

Needs the community package n8n-nodes-zoho-books-crm on a self-hosted n8n.`;

/** Every check goes on whatever happened, once, so that the report has something to say about each. */
function check(node: NodeSpec): NodeSpec {
	return { ...goingOn(node), alwaysOutput: true, once: true };
}

function goingOn(node: NodeSpec): NodeSpec {
	return { ...node, errorOutput: false, goOnAfterError: true };
}

const first = (name: string) => `$('${name}').first().json`;
const failed = (name: string) => `${first(name)}.error`;
const failure = (name: string) => `'NOT OK: ' + (${failed(name)}?.message ?? ${failed(name)})`;
/** A line of the report: what went wrong, or what was found. */
const line = (name: string, found: string) => `{{ ${failed(name)} ? ${failure(name)} : ${found} }}`;

const organizations = "$('Books organizations').all()";
const nativeCount = "$('Natively linked customers').all().filter(item => item.json.contact_id).length";
const moduleNames = "$('CRM modules').all().map(item => item.json.api_name)";

/** What a missing module means for the templates. */
const editionLines = (
	[
		['Products', 'Products are left out', 'items and Products are synced'],
		['Vendors', 'vendors are left out', 'vendors are synced'],
		['Invoices', 'an invoice becomes a note on its Deal or customer', 'invoices become CRM Invoices'],
		[paymentsModule, 'a payment becomes a note on its customer', `payments become records of ${paymentsModule}`],
	] as const
)
	.map(
		([module, otherwise, then]) =>
			`* ${module}: {{ ${moduleNames}.includes('${module}') ? 'available: ${then}.' : 'not in this edition, or not for the connected user: ${otherwise}.' }}`,
	)
	.join('\n');

/** One line for each module: what was made, what was there, what is wrong. */
const fieldLines = `{{ Object.entries($('Make fields').all().map((item, index) => ({ made: item.json, wanted: $('Fields of modules there').all()[index].json })).reduce((lines, one) => ({ ...lines, [one.wanted.module]: [...(lines[one.wanted.module] ?? []), one.wanted.apiName + (one.made.error ? ' NOT OK: ' + (one.made.error.message ?? one.made.error) : (one.made.state === 'created' ? ' made now' : ' already there') + (one.made.problems?.length ? ' CHECK: ' + one.made.problems.join('; ') : ''))] }), {})).map(entry => '* ' + entry[0] + ': ' + entry[1].join(', ')).join('\\n') }}`;

const report = `=# Zoho Books and Zoho CRM: set-up report

**Zoho Books**
* Organization: ${line('Books organizations', `${organizations}.map(item => item.json.name + ' (' + item.json.organization_id + ', ' + item.json.currency_code + ', plan ' + (item.json.plan_name ?? 'unknown') + ')').join('; ') || 'NOT OK: the connected user belongs to no organization'`)}
* {{ ${organizations}.length > 1 ? 'CHECK: there are several organizations. Choose one in every Zoho Books node.' : 'One organization: nothing to choose.' }}
* Zoho's own Books-CRM integration: ${line('Natively linked customers', `${nativeCount} > 0 ? 'CHECK: it is on, customers are linked with CRM by it. Two syncs on the same records overwrite each other: switch it off in Books under Settings > Zoho Apps > Zoho CRM before you publish.' : 'no customer is linked by it, good.'`)}

**Zoho CRM**
* Organization: ${line('CRM organization', `${first('CRM organization')}.company_name + ' (' + (${first('CRM organization')}.license_details?.paid_type ?? 'edition unknown') + ', ' + (${first('CRM organization')}.iso_code ?? 'currency unknown') + ')'`)}
* Modules Accounts, Contacts and Deals: ${line('CRM modules', `['Accounts', 'Contacts', 'Deals'].filter(name => !${moduleNames}.includes(name)).map(name => 'NOT OK: ' + name + ' is not available to the connected user').join('; ') || 'available'`)}
${editionLines}
* Currencies: {{ ${first('Books organizations')}.currency_code && ${first('CRM organization')}.iso_code ? (${first('Books organizations')}.currency_code === ${first('CRM organization')}.iso_code ? 'both use ' + ${first('CRM organization')}.iso_code : 'CHECK: Books uses ' + ${first('Books organizations')}.currency_code + ', CRM uses ' + ${first('CRM organization')}.iso_code + '. Set copy_prices to false in the templates for items, Products and invoices. An invoice in a currency that CRM does not know goes to review.') : 'not known' }}

**Fields in CRM**
${fieldLines}

**Shared Products**
* {{ $('Shared Products').isExecuted ? $('Shared Products').all().filter(item => item.json.error).map(item => 'NOT OK: ' + (item.json.error.message ?? item.json.error)).join('; ') || 'ready' : 'not needed in this edition' }}

**Review queue**
* Data Table "${reviewTable}": ${line('Review queue', "'ready'")}

**Next**
{{ $json.next }}`;

const checks = [
	'Books organizations',
	'Natively linked customers',
	'CRM organization',
	'Payments module',
	'CRM modules',
	'Fields to make',
	'Each field',
	'Fields of modules there',
	'Make fields',
	'Review queue',
	'Has CRM Invoices?',
];
/** The payments module is missing in some editions, which is no failure. */
const mustWork = ['Books organizations', 'Natively linked customers', 'CRM organization', 'CRM modules', 'Review queue'];
const anyFailed = `[${mustWork.map((name) => failed(name)).join(', ')}, ...$('Make fields').all().map(item => item.json.error), ...($('Shared Products').isExecuted ? $('Shared Products').all().map(item => item.json.error) : [])].some(Boolean)`;
const next = `={{ ${anyFailed} ? 'Put in order what is marked NOT OK, then run this again.' : 'Publish "Sync Books contacts to CRM" and "Sync CRM contacts to Books", then the other templates that you want. New and edited records are carried over from then on.' }}`;

const isThere = (module: string) => `={{ ${moduleNames}.includes(${module}) }}`;

export const setUpSync: WorkflowSpec = {
	id: 'zohoSetUpSync',
	name: 'Set up the sync',
	summary: 'Checks both connections, makes the fields in CRM and the review queue, and reports in plain words.',
	file: 'set-up-the-sync.json',
	nodes: [
		{ name: 'Run the set-up', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, at: [0, 0] },
		check(listBooksOrganizations({ name: 'Books organizations', at: [1, 0] })),
		check(
			listBooksContacts({ name: 'Natively linked customers', at: [2, 0] }, { filter_by: 'Status.Crm' }, 1),
		),
		check(crmOrganization({ name: 'CRM organization', at: [3, 0] })),
		check(
			ensureModule(
				{ name: 'Payments module', at: [4, 0] },
				{ apiName: paymentsModule, singular: 'Books Payment', plural: 'Books Payments' },
			),
		),
		check(listCrmModules({ name: 'CRM modules', at: [5, 0] })),
		{ ...editFields({ name: 'Fields to make', at: [6, 0] }, [['fields', fieldItems, 'array']]), once: true },
		splitOutOnly({ name: 'Each field', at: [7, 0] }, 'fields'),
		filter({ name: 'Fields of modules there', at: [8, 0] }, isThere('$json.module')),
		goingOn(ensureField({ name: 'Make fields', at: [9, 0] })),
		check(createReviewTable({ name: 'Review queue', at: [10, 0] })),
		{
			...ifNode({ name: 'Has CRM Invoices?', at: [11, 0] }, isThere("'Invoices'")),
			once: true,
		},
		editFields({ name: 'Products to make', at: [12, -0.5] }, [['products', sharedProducts, 'array']]),
		splitOutOnly({ name: 'Each Product', at: [13, -0.5] }, 'products'),
		goingOn(
			lookUp({ name: 'Find shared Products', at: [14, -0.5] }, 'Products', {
				rules: [byLink('={{ $json.Zoho_Books_ID }}')],
				as: 'known',
			}),
		),
		goingOn(
			crmUpsert(
				{ name: 'Make shared Products', at: [15, 0] },
				'Products',
				{},
				'={{ { Product_Name: $json.Product_Name, Zoho_Books_ID: $json.Zoho_Books_ID } }}',
			),
		),
		append({ name: 'Shared Products', at: [16, -0.5] }),
		{ ...editFields({ name: 'What next', at: [17, 0] }, [['next', next]]), once: true },
		{ ...editFields({ name: 'Report', at: [18, 0] }, [['report', report]]), once: true },
	],
	wires: [
		...chain('Run the set-up', ...checks, 'Products to make', 'Each Product', 'Find shared Products', 'Shared Products', 'What next', 'Report'),
		{ from: 'Find shared Products', output: 1, to: 'Make shared Products' },
		{ from: 'Make shared Products', to: 'Shared Products', input: 1 },
		{ from: 'Has CRM Invoices?', output: 1, to: 'What next' },
	],
	stickies: [
		{ overview: true, text: overview, at: [-3.2, -1.4], size: [2.9, 3.4] },
		{
			text: '### Checks\nWhat is connected, and whether another sync is at work already.',
			at: [0.9, -1],
			size: [4.9, 2.3],
		},
		{ text: '### Fields in CRM\nMade once; found again the next time.', at: [5.9, -1], size: [3.9, 2.3] },
		{
			text: '### Review queue, shared Products\nThe Products stand for lines without an item, and for shipping.',
			at: [9.9, -1.2],
			size: [6.9, 2.5],
		},
		{ text: '### Report\nOpen the last node to read it.', at: [16.9, -1], size: [1.9, 2.3] },
	],
};
