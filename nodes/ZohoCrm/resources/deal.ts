import type { INodeProperties } from 'n8n-workflow';

import { recordInvoices } from '../deals/recordInvoice';
import { dealRules } from '../deals/invoiceInputs';
import type { CrmResource } from '../operation';

const show = { resource: ['deal'], operation: ['recordInvoice'] };
const saved = { ...show, deleted: [false] };

const properties: INodeProperties[] = [
	{
		displayName: 'Invoice',
		name: 'invoice',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'The invoice as Zoho Books puts it out. Of a deleted one the invoice_id is enough.',
		displayOptions: { show },
	},
	{
		displayName: 'Deleted',
		name: 'deleted',
		type: 'boolean',
		default: false,
		description: 'Whether the invoice does not exist any more, and is to be taken off the Deal that has it',
		displayOptions: { show },
	},
	{
		displayName: 'Deal ID',
		name: 'dealId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4876876000000240001',
		description: 'The Deal that has the invoice already, where it is known. The Deals of the Account and of the Contact are looked through, too.',
		displayOptions: { show },
	},
	{
		displayName: 'Account ID',
		name: 'accountId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4876876000000240001',
		description: 'The CRM Account that stands for the customer of the invoice',
		displayOptions: { show },
	},
	{
		displayName: 'Contact ID',
		name: 'contactId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4876876000000240001',
		description: 'The CRM Contact that stands for a customer who is a person',
		displayOptions: { show },
	},
	{
		displayName: 'Find Deal By',
		name: 'findBy',
		type: 'multiOptions',
		options: [
			{ name: 'CRM Link', value: 'crmLink', description: 'The Deal that Zoho Books has linked with the invoice (zcrm_potential_id)' },
			{ name: 'Only Open Deal', value: 'onlyOpen', description: 'The one open Deal of the Account, else of the Contact' },
			{ name: 'Reference', value: 'reference', description: 'The Deal whose ID or exact name is the reference number of the invoice' },
		],
		default: [...dealRules],
		description: 'In this order: CRM link, the Deal that has the invoice already, reference, only open Deal',
		displayOptions: { show: saved },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Books Base Currency',
				name: 'booksCurrency',
				type: 'string',
				default: '',
				placeholder: 'e.g. EUR',
				description: 'Needed for a Deal with invoices in several currencies, none of which Zoho Books has as its base currency',
			},
			{
				displayName: 'Closed Stages',
				name: 'closedStages',
				type: 'string',
				default: 'Closed Won, Closed Lost, Closed Lost to Competition',
				description: 'Stages of Deals that are not open, comma-separated',
			},
			{
				displayName: 'Leave Out Drafts',
				name: 'leaveOutDrafts',
				type: 'boolean',
				default: false,
				description: 'Whether an invoice counts only once it is no draft any more',
			},
			{
				displayName: 'Run Automation',
				name: 'trigger',
				type: 'multiOptions',
				options: [
					{ name: 'Approval', value: 'approval' },
					{ name: 'Blueprint', value: 'blueprint' },
					{ name: 'Workflow', value: 'workflow' },
				],
				default: [],
				description: 'What Zoho CRM runs after the write. Without this option everything runs; with an empty choice nothing does.',
			},
		],
	},
];

/** What Deals know of their invoices in Zoho Books. */
export const deal: CrmResource = {
	name: 'Deal',
	value: 'deal',
	operations: [
		{
			name: 'Record Invoice',
			value: 'recordInvoice',
			description: 'Find the Deal of a Zoho Books invoice and keep its amounts: invoiced, paid and due',
			action: 'Record an invoice on its Deal',
			runAll: recordInvoices,
		},
	],
	properties,
};
