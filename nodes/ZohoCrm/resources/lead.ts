import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { conversionTargets, convertLead, type ConversionTarget, type LeadConversion } from '../../../zoho/crm/leads';
import type { JsonObject } from '../../../zoho/types';
import { idFrom } from '../../shared/given';
import { fieldList, recordFromForm, recordFromJson } from '../given';
import { neededId, type CrmResource } from '../operation';
import { listedRecord } from '../properties';

const show = { resource: ['lead'], operation: ['convert'] };

interface Options extends Pick<LeadConversion, 'addToExisting' | 'overwrite' | 'notifyLeadOwner' | 'notifyNewOwner'> {
	assignTo?: unknown;
	moveAttachmentsTo?: ConversionTarget;
	accountTags?: unknown;
	contactTags?: unknown;
	dealTags?: unknown;
}

function conversionOf(context: IExecuteFunctions, index: number): LeadConversion {
	const { assignTo, accountTags, contactTags, dealTags, ...rest } = context.getNodeParameter('options', index, {}) as Options;
	const existing = (name: string) => idFrom(context.getNodeParameter(name, index, '', { extractValue: true }));
	const deal = dealOf(context, index);
	return {
		...rest,
		accountId: existing('accountId'),
		contactId: existing('contactId'),
		assignTo: idFrom(assignTo),
		...(deal && { deal }),
		tags: { Accounts: fieldList(accountTags), Contacts: fieldList(contactTags), Deals: fieldList(dealTags) },
	};
}

function dealOf(context: IExecuteFunctions, index: number): JsonObject | undefined {
	const input = context.getNodeParameter('dealInput', index, 'none');
	if (input === 'none') return undefined;
	return input === 'json' ? recordFromJson(context, 'dealJson', index) : recordFromForm(context, 'dealFields', index);
}

const deal: INodeProperties[] = [
	{
		displayName: 'Deal',
		name: 'dealInput',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Fields', value: 'fields', description: 'Make a Deal from a form' },
			{ name: 'JSON', value: 'json', description: 'Make a Deal from a JSON object' },
			{ name: 'None', value: 'none', description: 'Make no Deal' },
		],
		default: 'none',
		displayOptions: { show },
	},
	{
		displayName: 'Deal Fields',
		name: 'dealFields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod: 'getDealFields',
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: false,
				multiKeyMatch: false,
				supportAutoMap: false,
			},
		},
		displayOptions: { show: { ...show, dealInput: ['fields'] } },
	},
	{
		displayName: 'Deal JSON',
		name: 'dealJson',
		type: 'json',
		default: '{}',
		required: true,
		placeholder: 'e.g. { "Deal_Name": "Roof", "Stage": "Qualification", "Pipeline": "Standard (Standard)", "Closing_Date": "2026-12-31" }',
		description: 'API names and values. Zoho CRM demands Deal_Name, Stage, Pipeline and Closing_Date.',
		displayOptions: { show: { ...show, dealInput: ['json'] } },
	},
];

const tags = (name: string, module: string): INodeProperties => ({
	displayName: `Tags for the ${module}`,
	name,
	type: 'string',
	default: '',
	placeholder: 'e.g. fair, urgent',
	description: `Tags of the Lead that the ${module} gets, comma-separated`,
});

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: { show },
	options: [
		{
			displayName: 'Assign To',
			name: 'assignTo',
			type: 'string',
			default: '',
			placeholder: 'e.g. 4876876000000240001',
			description: 'ID of the user who gets the new records. Without it, the owner of the Lead does.',
		},
		{
			displayName: 'Join Matching Records',
			name: 'addToExisting',
			type: 'boolean',
			default: false,
			description: 'Whether to join the Lead with a Contact and an Account that match it, where there are any, instead of making new ones',
		},
		{
			displayName: 'Move Attachments To',
			name: 'moveAttachmentsTo',
			type: 'options',
			options: conversionTargets.map((value) => ({ name: value.slice(0, -1), value })),
			default: 'Contacts',
			description: 'Which of the new records gets the files of the Lead',
		},
		{
			displayName: 'Notify Lead Owner',
			name: 'notifyLeadOwner',
			type: 'boolean',
			default: false,
			description: 'Whether Zoho CRM sends an e-mail to the owner of the Lead',
		},
		{
			displayName: 'Notify New Owner',
			name: 'notifyNewOwner',
			type: 'boolean',
			default: false,
			description: 'Whether Zoho CRM sends an e-mail to the user who gets the new records',
		},
		{
			displayName: 'Overwrite',
			name: 'overwrite',
			type: 'boolean',
			default: false,
			description: 'Whether an existing Contact that belongs to another Account is moved to this one',
		},
		tags('accountTags', 'Account'),
		tags('contactTags', 'Contact'),
		tags('dealTags', 'Deal'),
	],
};

/** Leads: what can be done with them beyond what every record can. */
export const lead: CrmResource = {
	name: 'Lead',
	value: 'lead',
	operations: [
		{
			name: 'Convert',
			value: 'convert',
			description: 'Make a Contact, an Account and, if wanted, a Deal of a Lead',
			action: 'Convert a lead',
			run: async (context, client, index) => [{ ...(await convertLead(client, neededId(context, index), conversionOf(context, index))) }],
		},
	],
	properties: [
		{ ...listedRecord('Lead', 'searchLeads'), name: 'recordId', required: true, displayOptions: { show } },
		{
			...listedRecord('Account', 'searchAccounts'),
			name: 'accountId',
			description: 'An Account that is there already and that the Lead is joined with. Empty: one is made from the company of the Lead.',
			displayOptions: { show },
		},
		{
			...listedRecord('Contact', 'searchContacts'),
			name: 'contactId',
			description: 'A Contact that is there already and that the Lead is joined with. Empty: one is made.',
			displayOptions: { show },
		},
		...deal,
		options,
	],
};
