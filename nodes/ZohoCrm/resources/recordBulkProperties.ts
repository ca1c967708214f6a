import type { INodeProperties } from 'n8n-workflow';

import { moduleProperty } from '../../shared/crmModules';
import { shownFor } from '../properties';

const show = shownFor('record');

/** How Zoho's page "Create Bulk Read Job" names them. */
const comparators: Array<[name: string, value: string]> = [
	['Between', 'between'],
	['Contains', 'contains'],
	['Ends With', 'ends_with'],
	['Equal', 'equal'],
	['Greater or Equal', 'greater_equal'],
	['Greater Than', 'greater_than'],
	['In', 'in'],
	['Less or Equal', 'less_equal'],
	['Less Than', 'less_than'],
	['Not Between', 'not_between'],
	['Not Contains', 'not_contains'],
	['Not Equal', 'not_equal'],
	['Not In', 'not_in'],
	['Starts With', 'starts_with'],
];

const timeLimit: INodeProperties = {
	displayName: 'Time Limit (Minutes)',
	name: 'timeLimit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 10,
	description: 'How long to wait for each job. One that takes longer goes on in Zoho CRM, but the node ends with an error.',
};

const read: INodeProperties[] = [
	{
		displayName: 'Field Names or IDs',
		name: 'fields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getReadableFields', loadOptionsDependsOn: ['module.value'] },
		default: [],
		description:
			'Empty: all. By an expression also fields of records that are pointed to, such as Account_Name.Phone. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: show('bulkRead'),
	},
	{
		displayName: 'Conditions',
		name: 'conditions',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Condition',
		default: {},
		description: 'Which records to read; without any, all of the module',
		displayOptions: show('bulkRead'),
		options: [
			{
				displayName: 'Condition',
				name: 'condition',
				values: [
					{
						displayName: 'Comparator',
						name: 'comparator',
						type: 'options',
						options: comparators.map(([name, value]) => ({ name, value })),
						default: 'equal',
					},
					{
						displayName: 'Field Name or ID',
						name: 'field',
						type: 'options',
						typeOptions: { loadOptionsMethod: 'getReadableFields', loadOptionsDependsOn: ['module.value'] },
						default: '',
						description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. 2026-11-01T00:00:00+01:00',
						description: 'Several values, for In and Between, comma-separated. ${EMPTY} stands for none.',
					},
				],
			},
		],
	},
	{
		displayName: 'Combine',
		name: 'combine',
		type: 'options',
		options: [
			{ name: 'All Conditions Hold', value: 'and' },
			{ name: 'Any Condition Holds', value: 'or' },
		],
		default: 'and',
		displayOptions: show('bulkRead'),
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: show('bulkRead'),
		options: [
			{
				displayName: 'Criteria',
				name: 'criteria',
				type: 'json',
				default: '',
				description: 'In place of the conditions, the criteria of Zoho CRM\'s API as a JSON object, groups within groups included',
			},
			{
				displayName: 'Most Rows',
				name: 'mostRows',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 200000,
				description: 'Stop after this many rows. Each 200,000 rows are a job of their own, which costs 50 API credits.',
			},
			timeLimit,
		],
	},
];

const write: INodeProperties[] = [
	{
		displayName: 'Write',
		name: 'bulkOperation',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Create', value: 'insert' },
			{ name: 'Create or Update', value: 'upsert' },
			{ name: 'Update', value: 'update' },
		],
		default: 'insert',
		displayOptions: show('bulkWrite'),
	},
	{
		displayName: 'Find By Name or ID',
		name: 'findBy',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getKeyFields', loadOptionsDependsOn: ['module.value'] },
		default: 'id',
		description:
			'The field by which Zoho CRM finds a record that exists. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: { show: { resource: ['record'], operation: ['bulkWrite'], bulkOperation: ['update', 'upsert'] } },
	},
	{
		displayName: 'Record',
		name: 'bulkRecord',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'API names and values, one record for each item. A field that a record lacks stays as it is; one that is null is emptied. Subforms cannot be written so.',
		displayOptions: show('bulkWrite'),
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: show('bulkWrite'),
		options: [
			{
				displayName: 'Layout Name or ID',
				name: 'layoutId',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getLayouts', loadOptionsDependsOn: ['module.value'] },
				default: '',
				description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			},
			timeLimit,
		],
	},
];

/** Fields of Bulk Read and Bulk Write. */
export const bulkProperties: INodeProperties[] = [{ ...moduleProperty, displayOptions: show('bulkRead', 'bulkWrite') }, ...read, ...write];
