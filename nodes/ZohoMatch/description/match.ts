import type { INodeProperties } from 'n8n-workflow';

import { crmAuthenticationProperty } from '../../shared/credentials';
import { moduleProperty } from '../../shared/crmModules';
import { organizationProperty } from '../../shared/organizations';
import { markLimit } from './common';

const showOnlyForMatch = { operation: ['match'] };
const showOnlyForCrm = { operation: ['match'], target: ['crm'] };
const showOnlyForBooks = { operation: ['match'], target: ['books'] };
const showOnlyForContacts = { ...showOnlyForBooks, booksResource: ['contact'] };

const target: INodeProperties[] = [
	{
		displayName: 'Target',
		name: 'target',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Zoho Books Record', value: 'books' },
			{ name: 'Zoho CRM Record', value: 'crm' },
		],
		default: 'crm',
		description:
			'Where the items are going. The items hold the mapped record, with the field names of the target.',
		displayOptions: { show: showOnlyForMatch },
	},
	{
		displayName: 'Books Resource',
		name: 'booksResource',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Contact',
				value: 'contact',
				description: 'Customers with their contact persons, and vendors, which are found among vendors only',
			},
			{ name: 'Item', value: 'item', description: 'One item for each CRM Product' },
		],
		default: 'contact',
		description: 'What the records become in Zoho Books',
		displayOptions: { show: showOnlyForBooks },
	},
	{
		...crmAuthenticationProperty,
		displayName: 'CRM Authentication',
		displayOptions: { show: showOnlyForMatch },
	},
	{
		...moduleProperty,
		description: 'The CRM module in which to look for the records',
		displayOptions: { show: showOnlyForCrm },
	},
	{ ...organizationProperty, displayOptions: { show: showOnlyForBooks } },
];

const source: INodeProperties[] = [
	{
		displayName: 'Source Record',
		name: 'sourceRecord',
		type: 'json',
		default: '',
		required: true,
		placeholder: "e.g. {{ $('When a Books contact changes').item.json }}",
		description:
			'The record as its own system returned it, before the mapping. It tells when the record was changed, and for CRM records their ID, link and sync mark.',
		displayOptions: { show: showOnlyForMatch },
	},
	{
		displayName: 'Source Module',
		name: 'sourceModule',
		type: 'string',
		default: '',
		placeholder: 'e.g. Accounts',
		description:
			'The CRM module that the source record is from. Leave empty for records of a Zoho CRM Trigger, which tell it.',
		displayOptions: { show: showOnlyForBooks },
	},
	{
		displayName: 'Source Stands For',
		name: 'standsFor',
		type: 'options',
		options: [
			{
				name: 'By Module',
				value: 'auto',
				description: 'Contacts are contact persons, all other modules are contacts',
			},
			{
				name: 'Contact Person',
				value: 'person',
				description: 'A person within the Books contact of its company',
			},
			{
				name: 'Whole Contact',
				value: 'contact',
				description:
					'A company or vendor that is a Books contact of its own. The person that a vendor brings is the primary one.',
			},
		],
		default: 'auto',
		displayOptions: { show: showOnlyForContacts },
	},
];

/** Shared with Look Up. */
export const rules: INodeProperties = {
	displayName: 'Match By',
	name: 'rules',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Rule',
	default: {},
	description:
		'How to find the record, strongest rule first. Zoho_Books_ID always comes first of all. Several records, or rules that disagree, go to Review.',
	displayOptions: { show: showOnlyForMatch },
	options: [
		{
			displayName: 'Rule',
			name: 'rule',
			values: [
				{
					displayName: 'Compare',
					name: 'kind',
					type: 'options',
					options: [
						{ name: 'Email', value: 'email', description: 'Upper case and spaces do not matter' },
						{
							name: 'External ID',
							value: 'externalId',
							description: 'A field that holds the ID of the source record',
						},
						{ name: 'Field', value: 'field', description: 'Case, accents and punctuation do not matter' },
						{ name: 'Record ID', value: 'recordId', description: "The target record's own ID" },
					],
					default: 'externalId',
				},
				{
					displayName: 'Target Field',
					name: 'field',
					type: 'string',
					default: '',
					placeholder: 'e.g. Zoho_Books_ID',
					description: 'API name of the field in the target',
					displayOptions: { hide: { kind: ['recordId'] } },
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. {{ $json.Email }}',
					description: "The item's value. An empty one skips the rule for that item.",
				},
			],
		},
	],
};

const decisions: INodeProperties[] = [
	{
		displayName: 'When Both Sides Changed a Field',
		name: 'policy',
		type: 'options',
		options: [
			{ name: 'Books Wins', value: 'books' },
			{ name: 'CRM Wins', value: 'crm' },
			{ name: 'Newest Wins', value: 'newest', description: 'The record that was modified last' },
			{
				name: 'Send to Review',
				value: 'review',
				description: 'Leave the field as it is on both sides and let a person decide',
			},
			{ name: 'Source Wins', value: 'eventSide', description: 'The change that is just being carried over' },
		],
		default: 'eventSide',
		description:
			'Only for the same field, changed to different values on both sides since they last agreed. Other changes are merged.',
		displayOptions: { show: showOnlyForMatch },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: showOnlyForMatch },
		options: [
			{
				displayName: 'Blanks Overwrite Values',
				name: 'overwriteBlank',
				type: 'boolean',
				default: false,
				description: 'Whether a value emptied in the source is emptied in the target too',
			},
			{
				displayName: 'Dry Run',
				name: 'dryRun',
				type: 'boolean',
				default: false,
				description:
					'Whether the results are only looked at and nothing is written to Books after this. Otherwise Match notes in the sync marks of the CRM records which values are about to be written, in one CRM call for 100 records, and other executions wait until these records are written.',
				displayOptions: { show: { '/target': ['books'] } },
			},
			{
				displayName: 'Fields a Blank May Empty',
				name: 'emptyFields',
				type: 'string',
				default: '',
				placeholder: 'e.g. Last_Payment_Date',
				description:
					'Comma-separated target fields that are emptied when their source is emptied, while a blank in any other field erases nothing',
			},
			{
				displayName: 'Fields for New Records Only',
				name: 'newOnlyFields',
				type: 'string',
				default: '',
				placeholder: 'e.g. company_name, Lead_Source',
				description:
					'Comma-separated target fields that are written when a record is made, and neither compared nor written afterwards',
			},
			markLimit,
			{
				displayName: 'Read Whole Module For Run',
				name: 'wholeModuleFor',
				type: 'string',
				default: '',
				placeholder: 'e.g. first sync of Monday',
				description:
					'For thousands of records: the CRM module is read once, 2,000 records a call, and only what was modified since is read again. Executions of this n8n process that give the same name share what was read. Leave empty to look for each record, 200 values a call.',
			},
			{
				displayName: 'Totals That Check Lists',
				name: 'subformCheck',
				type: 'string',
				default: '',
				placeholder: 'e.g. Grand_Total',
				description:
					'Comma-separated CRM fields that hold what CRM must arrive at by itself. They are never written. Where CRM has another value, somebody has changed the lines there, which cannot be seen otherwise: they are written again, unless the rule for conflicts says otherwise.',
			},
		],
	},
];

export const matchProperties: INodeProperties[] = [...target, ...source, rules, ...decisions];
