/** The form fields of contacts and their people. Names are Zoho's own: Books v3 "Contacts" and "Contact Persons". */

import type { INodeProperties } from 'n8n-workflow';

const field = (displayName: string, name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	...more,
});

const address = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	default: {},
	placeholder: 'Add address',
	description: 'What is left empty stays as it is in Zoho Books; to clear a part, give the record as JSON',
	options: [
		{
			displayName: 'Address',
			name: 'address',
			values: [
				field('Attention', 'attention'),
				field('City', 'city'),
				field('Country', 'country'),
				field('Fax', 'fax'),
				field('Phone', 'phone'),
				field('State', 'state'),
				field('Street', 'address'),
				field('Street 2', 'street2'),
				field('ZIP', 'zip'),
			],
		},
	],
});

const email = field('Email', 'email', { placeholder: 'e.g. nathan@example.com' });

/** Fields of a person other than the first name. */
export const personFields: INodeProperties[] = [
	field('Department', 'department'),
	field('Designation', 'designation', { description: 'The position in the company' }),
	email,
	field('Last Name', 'last_name'),
	field('Mobile', 'mobile'),
	field('Phone', 'phone'),
	field('Salutation', 'salutation'),
	field('Skype', 'skype'),
];

export const contactType: INodeProperties = {
	displayName: 'Contact Type',
	name: 'contact_type',
	type: 'options',
	options: [
		{ name: 'Customer', value: 'customer' },
		{ name: 'Vendor', value: 'vendor' },
	],
	default: 'customer',
};

/** Fields of a contact other than its name. */
export const contactFields: INodeProperties[] = [
	address('Billing Address', 'billing_address'),
	field('Company Name', 'company_name'),
	{
		displayName: 'Contact Persons',
		name: 'contact_persons',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add person',
		description: 'When a contact is updated, persons with an ID are updated and those without are added; none is removed',
		options: [
			{
				displayName: 'Person',
				name: 'person',
				values: [
					field('Contact Person ID', 'contact_person_id', { description: 'Of a person to update' }),
					field('Department', 'department'),
					field('Designation', 'designation', { description: 'The position in the company' }),
					email,
					field('First Name', 'first_name'),
					field('Last Name', 'last_name'),
					field('Mobile', 'mobile'),
					field('Phone', 'phone'),
					field('Salutation', 'salutation'),
				],
			},
		],
	},
	contactType,
	{
		displayName: 'Custom Fields',
		name: 'custom_fields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add custom field',
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					{
						displayName: 'Field Name or ID',
						name: 'api_name',
						type: 'options',
						typeOptions: { loadOptionsMethod: 'getContactCustomFields' },
						default: '',
						description:
							'Fields that the latest contacts have a value in; give the API name (cf_…) of others. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
					field('Value', 'value'),
				],
			},
		],
	},
	{
		displayName: 'Customer Sub Type',
		name: 'customer_sub_type',
		type: 'options',
		options: [
			{ name: 'Business', value: 'business' },
			{ name: 'Individual', value: 'individual' },
		],
		default: 'business',
	},
	field('Notes', 'notes', { typeOptions: { rows: 3 } }),
	address('Shipping Address', 'shipping_address'),
	field('Website', 'website', { placeholder: 'e.g. https://example.com' }),
];
