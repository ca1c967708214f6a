import { ensureTaxes, listTaxes } from '../../../zoho/crm/taxes';
import { GivenError } from '../../shared/given';
import { listProperties } from '../../shared/listProperties';
import { limitOf, neededText, type CrmResource } from '../operation';

const show = { resource: ['tax'], operation: ['ensure'] };

/** The taxes of the organization, by whose names lines of Invoices and Quotes are taxed. */
export const tax: CrmResource = {
	name: 'Tax',
	value: 'tax',
	operations: [
		{
			name: 'Ensure',
			value: 'ensure',
			description: 'Make sure that the organization has a tax: find it or make it, and tell what is wrong with it',
			action: 'Ensure a tax',
			run: async (context, client, index) => {
				const name = neededText(context, 'taxName', 'Name', index);
				const percentage = Number(context.getNodeParameter('percentage', index));
				if (!(percentage >= 0 && percentage <= 100)) {
					throw new GivenError('"Percentage" is not a number from 0 to 100', 'Check what its expression yields for this item.');
				}
				return (await ensureTaxes(client, [{ name, percentage }])).map((ensured) => ({ ...ensured }));
			},
		},
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Get the taxes of the organization',
			action: 'Get many taxes',
			run: async (context, client, index) => (await listTaxes(client)).slice(0, limitOf(context, index)).map((row) => ({ ...row })),
		},
	],
	properties: [
		{
			displayName: 'Name',
			name: 'taxName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. VAT 19',
			displayOptions: { show },
		},
		{
			displayName: 'Percentage',
			name: 'percentage',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 6 },
			default: 0,
			required: true,
			description: 'An existing tax is never changed; the output tells when its percentage is another one',
			displayOptions: { show },
		},
		...listProperties('tax', ['getAll']),
	],
};
