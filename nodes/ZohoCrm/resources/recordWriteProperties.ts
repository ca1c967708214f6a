import type { INodeProperties } from 'n8n-workflow';

const resource = ['record'];
const written = ['create', 'update', 'upsert'];

/** Rows of Quotes, orders and Invoices in a form; what it lacks goes into More Columns. */
export const lineItems: INodeProperties = {
	displayName: 'Line Items',
	name: 'lineItems',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Line Item',
	default: {},
	description: 'Rows of Quotes, Sales Orders, Purchase Orders and Invoices. Rows of other subforms are given under Fields, as a JSON list. An update adds them to those that there are; see the option Replace Subform Rows.',
	displayOptions: { show: { resource, operation: written, inputMode: ['fields'] } },
	options: [
		{
			displayName: 'Line',
			name: 'line',
			values: [
				{ displayName: 'Description', name: 'description', type: 'string', default: '' },
				{
					displayName: 'Discount',
					name: 'discount',
					type: 'string',
					default: '',
					placeholder: 'e.g. 10%',
					description: 'An amount, or a share of the line with the sign %',
				},
				{
					displayName: 'List Price',
					name: 'listPrice',
					type: 'string',
					default: '',
					placeholder: 'e.g. 19.90',
					description: 'For one of it. Empty: that of the Product.',
				},
				{
					displayName: 'More Columns',
					name: 'more',
					type: 'json',
					default: '{}',
					placeholder: 'e.g. { "Warranty": "2 years" }',
					description: 'Other columns of the row, by API names. With an ID of a row that is there already, that row is changed.',
				},
				{
					displayName: 'Product ID',
					name: 'productId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 4876876000000240001',
					description: 'Zoho CRM takes no line without a Product',
				},
				{ displayName: 'Quantity', name: 'quantity', type: 'number', default: 1 },
				{
					displayName: 'Tax Names',
					name: 'taxes',
					type: 'string',
					default: '',
					placeholder: 'e.g. VAT 19',
					description: 'Taxes of the organization, comma-separated; their percentages are looked up',
				},
			],
		},
	],
};

/** Names of Zoho's OpenAPI file for records. */
const features: Array<[name: string, value: string]> = [
	['Assignment Rules', 'assignment_rules'],
	['Criteria Validation Rules', 'criteria_validation_rule'],
	['Function Validation Rules', 'function_validation_rule'],
	['Layout Rules', 'layout_rules'],
	['Map Dependency', 'global_map_dependency'],
	['Range Validation', 'range_validation'],
	['Territories of Subordinates', 'territory_subordinates'],
];

/** What Zoho CRM runs after a write. */
const automation: INodeProperties = {
	displayName: 'Run Automation',
	name: 'trigger',
	type: 'multiOptions',
	options: [
		{ name: 'Approval', value: 'approval' },
		{ name: 'Blueprint', value: 'blueprint' },
		{ name: 'Orchestration', value: 'orchestration' },
		{ name: 'Pathfinder', value: 'pathfinder' },
		{ name: 'Workflow', value: 'workflow' },
	],
	default: [],
	description: 'What Zoho CRM runs after the write. Without this option everything runs; with an empty choice nothing does.',
};

const ifUnmodifiedSince: INodeProperties = {
	displayName: 'If Unmodified Since',
	name: 'ifUnmodifiedSince',
	type: 'string',
	default: '',
	placeholder: 'e.g. 2026-11-01T10:00:00+00:00',
	description: 'Refuse to overwrite records that were changed after this time (updates only)',
};

const ofRecords: INodeProperties[] = [
	{
		displayName: 'Append Field Names or IDs',
		name: 'appendFields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getMultiSelectFields', loadOptionsDependsOn: ['module.value'] },
		default: [],
		description:
			'Fields with several choices to which an update adds the given ones instead of replacing those that there are. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Apply Features',
		name: 'applyFeatures',
		type: 'multiOptions',
		options: features.map(([name, value]) => ({ name, value })),
		default: [],
		description: 'What Zoho CRM checks or does with records of the API only when asked (Create and Update)',
	},
	{
		displayName: 'Assignment Rule ID',
		name: 'assignmentRuleId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4876876000000240001',
		description: 'The assignment rule that gives new Leads their owner (Create, and Create or Update)',
	},
	ifUnmodifiedSince,
	{
		displayName: 'Layout Name or ID',
		name: 'layoutId',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getLayouts', loadOptionsDependsOn: ['module.value'] },
		default: '',
		description:
			'The layout that the records get: Zoho CRM then demands the fields that it demands. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Replace Subform Rows',
		name: 'replaceSubforms',
		type: 'boolean',
		default: false,
		description:
			'Whether an update leaves exactly the rows that are given in a subform such as Invoiced_Items. Otherwise Zoho CRM adds them to those that there are. Costs two calls per record; Create or Update then finds records by unique fields only.',
	},
	automation,
	{
		displayName: 'Skip Cadences',
		name: 'skipCadences',
		type: 'boolean',
		default: false,
		description: 'Whether the records do not enter the cadences of their module',
	},
];

const optionsFor = (operation: string[], options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: { show: { resource, operation } },
	options,
});

export const writeOptions: INodeProperties[] = [optionsFor(written, ofRecords), optionsFor(['delete'], [automation])];
