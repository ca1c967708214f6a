import type { INodeProperties } from 'n8n-workflow';

import { organizationProperty } from '../../shared/organizations';

const showOnlyForInvoice = { show: { operation: ['convertInvoice'] } };
const showOnlyForDeal = { show: { operation: ['convertDeal'] } };

export const convertInvoiceProperties: INodeProperties[] = [
	{
		displayName: 'Invoice',
		name: 'invoice',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'The whole invoice as Zoho Books returns it, lines included',
		displayOptions: showOnlyForInvoice,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showOnlyForInvoice,
		options: [
			{
				displayName: 'Books Base Currency',
				name: 'booksCurrency',
				type: 'string',
				default: '',
				placeholder: 'e.g. EUR',
				description:
					"Code of the Books organization's base currency. If CRM has the same home currency, invoices in other currencies keep the exchange rate of Books; otherwise CRM uses its own.",
			},
			{
				displayName: 'Create Missing Taxes',
				name: 'createTaxes',
				type: 'boolean',
				default: true,
				description: 'Whether taxes of the invoice that the CRM organization lacks are made there',
			},
		],
	},
];

export const convertDealProperties: INodeProperties[] = [
	{ ...organizationProperty, displayOptions: showOnlyForDeal },
	{
		displayName: 'Deal',
		name: 'deal',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description: 'The Deal as Zoho CRM returns it',
		displayOptions: showOnlyForDeal,
	},
	{
		displayName: 'Customer ID',
		name: 'customerId',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.account.Zoho_Books_ID }}',
		description: 'ID of the Books contact who gets the document',
		displayOptions: showOnlyForDeal,
	},
	{
		displayName: 'Quote',
		name: 'quote',
		type: 'json',
		default: '',
		description:
			"The Quote whose lines are used, as Zoho CRM returns it. If Quote and Products are empty, the Deal's newest Quote is read, or else its Products; a Deal without both gets one line with its amount.",
		displayOptions: showOnlyForDeal,
	},
	{
		displayName: 'Products',
		name: 'products',
		type: 'json',
		default: '',
		description: 'List of Products for the lines, as Zoho CRM returns them. Used where there is no Quote.',
		displayOptions: showOnlyForDeal,
	},
];
