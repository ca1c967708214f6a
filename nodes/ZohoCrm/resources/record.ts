import type { INodeProperties } from 'n8n-workflow';

import { moduleProperty } from '../../shared/crmModules';
import { bulkOperations } from './recordBulk';
import { bulkProperties } from './recordBulkProperties';
import { inputProperties } from '../../shared/inputProperties';
import type { CrmResource } from '../operation';
import { recordIdProperty, shownFor } from '../properties';
import { copyOperations, copyProperties } from './recordCopies';
import { reads } from './recordReadProperties';
import { getMany, getOne, query, search } from './recordReads';
import { relationOperations, relationProperties } from './recordRelations';
import { lineItems, writeOptions } from './recordWriteProperties';
import { writeItems } from './recordWrites';

const resource = ['record'];
const show = shownFor('record');

const ids: INodeProperties[] = [
	{
		...moduleProperty,
		displayOptions: show('clone', 'create', 'delete', 'get', 'getAll', 'getDeleted', 'getRelated', 'link', 'search', 'unlink', 'update', 'upsert'),
	},
	{ ...recordIdProperty, displayOptions: show('clone', 'delete', 'get', 'getRelated', 'link', 'unlink') },
];

const input: INodeProperties[] = [
	...inputProperties('record', ['create', 'update', 'upsert'], 'API names and values. One that holds a record ID is updated, by Create or Update too.'),
	{ ...recordIdProperty, displayOptions: { show: { resource, operation: ['update'], inputMode: ['fields'] } } },
	{
		displayName: 'Fields',
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		typeOptions: {
			loadOptionsDependsOn: ['module.value'],
			resourceMapper: {
				resourceMapperMethod: 'getWritableFields',
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: false,
				multiKeyMatch: false,
				supportAutoMap: true,
			},
		},
		displayOptions: { show: { resource, operation: ['create', 'update', 'upsert'], inputMode: ['fields'] } },
	},
	lineItems,
	{
		displayName: 'Duplicate Check Field Names or IDs',
		name: 'duplicateCheckFields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getUniqueFields', loadOptionsDependsOn: ['module.value'] },
		default: [],
		description:
			'The record that has the same value is updated; the first field counts most. Empty: the module\'s own (Email, Account Name …) and all unique fields. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: show('upsert'),
	},
	...writeOptions,
];

/** Records of any module. */
export const record: CrmResource = {
	name: 'Record',
	value: 'record',
	operations: [
		...bulkOperations,
		copyOperations.clone,
		{
			name: 'COQL Query',
			value: 'query',
			description: 'Get records with a query in Zoho CRM\'s query language; sees every record at once',
			action: 'Query records with COQL',
			run: query,
		},
		{
			name: 'Create',
			value: 'create',
			description: 'Create records, 100 per call, with a result for each',
			action: 'Create a record',
			runAll: async (context, client) => await writeItems(context, client, 'create'),
		},
		{
			name: 'Create or Update',
			value: 'upsert',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
			action: 'Create or update a record',
			runAll: async (context, client) => await writeItems(context, client, 'upsert'),
		},
		{
			name: 'Delete',
			value: 'delete',
			description: 'Move records to the recycle bin, 100 per call',
			action: 'Delete a record',
			runAll: async (context, client) => await writeItems(context, client, 'delete'),
		},
		{ name: 'Get', value: 'get', description: 'Get one record with everything it has', action: 'Get a record', run: getOne },
		copyOperations.getDeleted,
		{ name: 'Get Many', value: 'getAll', description: 'Get many records of a module', action: 'Get many records', run: getMany },
		relationOperations.getRelated,
		relationOperations.link,
		{
			name: 'Search',
			value: 'search',
			description: 'Find records through the search index. It lags behind writes and "equals" means "contains": use COQL Query to look for duplicates.',
			action: 'Search records',
			run: search,
		},
		relationOperations.unlink,
		{
			name: 'Update',
			value: 'update',
			description: 'Update records, 100 per call, with a result for each',
			action: 'Update a record',
			runAll: async (context, client) => await writeItems(context, client, 'update'),
		},
	],
	properties: [...ids, ...bulkProperties, ...input, ...relationProperties, ...copyProperties, ...reads],
};
