import type { INodeProperties } from 'n8n-workflow';

import { listProperties } from '../../shared/listProperties';
import { shownFor } from '../properties';

const show = shownFor('record');

/** What the reading operations of the resource Record ask for. */
export const reads: INodeProperties[] = [
	{
		displayName: 'Search By',
		name: 'searchBy',
		type: 'options',
		options: [
			{ name: 'Criteria', value: 'criteria', description: 'Such as ((Last_Name:equals:Osei)and(Email:starts_with:ada))' },
			{ name: 'Email', value: 'email' },
			{ name: 'Phone', value: 'phone' },
			{ name: 'Word', value: 'word' },
		],
		default: 'email',
		displayOptions: show('search'),
	},
	{
		displayName: 'Search For',
		name: 'searchValue',
		type: 'string',
		default: '',
		required: true,
		description: 'At least two characters. "Equals" finds text that contains the value, and records of the last seconds may be missing.',
		displayOptions: show('search'),
	},
	{
		displayName: 'COQL Query',
		name: 'query',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. select Last_Name, Email from Contacts where Email is not null order by Last_Name',
		description: 'A "where" is required. Without a "limit" of its own the query is read page by page: tell the order then.',
		displayOptions: show('query'),
	},
	...listProperties('record', ['getAll', 'getDeleted', 'getRelated', 'query', 'search']),
	{
		displayName: 'Field Names or IDs',
		name: 'fields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getReadableFields', loadOptionsDependsOn: ['module.value'] },
		default: [],
		description:
			'What to get of each record. Empty: everything; more than 50 fields take more calls. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: show('getAll', 'search'),
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: show('getAll'),
		options: [
			{
				displayName: 'Modified Since',
				name: 'modifiedSince',
				type: 'dateTime',
				default: '',
				description: 'Only records that were changed after this time',
			},
			{
				displayName: 'Sort By',
				name: 'sortBy',
				type: 'options',
				options: [
					{ name: 'Created Time', value: 'Created_Time' },
					{ name: 'ID', value: 'id' },
					{ name: 'Modified Time', value: 'Modified_Time' },
				],
				default: 'id',
			},
			{
				displayName: 'Sort Order',
				name: 'sortOrder',
				type: 'options',
				options: [
					{ name: 'Ascending', value: 'asc' },
					{ name: 'Descending', value: 'desc' },
				],
				default: 'desc',
			},
		],
	},
];
