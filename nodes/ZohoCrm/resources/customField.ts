import type { IDataObject } from 'n8n-workflow';

import { customFieldTypes, ensureField, type CustomFieldType } from '../../../zoho/crm/metadata';
import { text } from '../../../zoho/json';
import { moduleProperty } from '../../shared/crmModules';
import { GivenError } from '../../shared/given';
import { moduleOf, neededText, type CrmResource } from '../operation';
import { fieldList } from '../given';

const show = { resource: ['customField'], operation: ['ensure'] };

function typeOf(given: unknown): CustomFieldType {
	const type = customFieldTypes.find((known) => known === given);
	if (type) return type;
	throw new GivenError(`"${text(given)}" is not a type of field`, `Choose one of ${customFieldTypes.join(', ')}.`);
}

export const customField: CrmResource = {
	name: 'Custom Field',
	value: 'customField',
	operations: [
		{
			name: 'Ensure',
			value: 'ensure',
			description: 'Make sure that a module has a custom field: find it or make it, and tell what is wrong with it',
			action: 'Ensure a custom field',
			run: async (context, client, index) => {
				const moduleName = moduleOf(context, index);
				const type = typeOf(context.getNodeParameter('type', index));
				const apiName = String(context.getNodeParameter('apiName', index, ''));
				const field = await ensureField(client, moduleName, {
					label: neededText(context, 'label', 'Label', index),
					type,
					...(apiName !== '' && { apiName }),
					...(type === 'picklist' && { values: fieldList(neededText(context, 'values', 'Values', index)) }),
					...(type === 'text' && { unique: context.getNodeParameter('unique', index, false) === true }),
				});
				return [{ module: moduleName, ...field } satisfies IDataObject];
			},
		},
	],
	properties: [
		{ ...moduleProperty, displayOptions: { show } },
		{
			displayName: 'Label',
			name: 'label',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Zoho Books ID',
			description: 'At most 25 characters. Zoho CRM makes the API name of it.',
			displayOptions: { show },
		},
		{
			displayName: 'API Name',
			name: 'apiName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Zoho_Books_ID',
			description: 'The name to look for. Empty: the label with underscores.',
			displayOptions: { show },
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Checkbox', value: 'boolean' },
				{ name: 'Currency', value: 'currency' },
				{ name: 'Date', value: 'date' },
				{ name: 'Decimal', value: 'double' },
				{ name: 'Multi Line (Large)', value: 'textarea' },
				{ name: 'Pick List', value: 'picklist' },
				{ name: 'Single Line', value: 'text' },
			],
			default: 'text',
			displayOptions: { show },
		},
		{
			displayName: 'Values',
			name: 'values',
			type: 'string',
			default: '',
			placeholder: 'e.g. Open, Paid',
			description: 'What the pick list offers, comma-separated. A value that an existing field lacks is told as a problem.',
			displayOptions: { show: { ...show, type: ['picklist'] } },
		},
		{
			displayName: 'Unique',
			name: 'unique',
			type: 'boolean',
			default: false,
			description: 'Whether Zoho CRM is to refuse a second record with the same value',
			displayOptions: { show: { ...show, type: ['text'] } },
		},
	],
};
