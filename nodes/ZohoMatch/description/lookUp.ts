import type { INodeProperties } from 'n8n-workflow';

import { moduleProperty } from '../../shared/crmModules';
import { rules } from './match';

const displayOptions = { show: { operation: ['lookUp'] } };

export const lookUpProperties: INodeProperties[] = [
	{ ...moduleProperty, description: 'The CRM module in which to look for the records', displayOptions },
	{
		...rules,
		displayName: 'Look Up By',
		required: true,
		description:
			'How to find the record, strongest rule first. The first rule that finds exactly one record decides; one that finds several ends the search.',
		displayOptions,
	},
	{
		displayName: 'Put Under',
		name: 'putUnder',
		type: 'string',
		default: 'found',
		required: true,
		placeholder: 'e.g. account',
		description: 'Name under which the item holds what was found: its ID, the rule and the fields below',
		displayOptions,
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'string',
		default: '',
		placeholder: 'e.g. Account_Name, Account_Name.Zoho_Books_ID',
		description: 'Comma-separated API names of the fields to read, also those of a linked record',
		displayOptions,
	},
];
