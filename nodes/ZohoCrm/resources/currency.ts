import { listCurrencies } from '../../../zoho/crm/currencies';
import { listProperties } from '../../shared/listProperties';
import { limitOf, type CrmResource } from '../operation';

/** The currencies of the organization; none where the edition has but the home currency. */
export const currency: CrmResource = {
	name: 'Currency',
	value: 'currency',
	operations: [
		{
			name: 'Get Many',
			value: 'getAll',
			description: 'Get the currencies of the organization; none where it has only its home currency',
			action: 'Get many currencies',
			run: async (context, client, index) => (await listCurrencies(client)).slice(0, limitOf(context, index)).map((row) => ({ ...row })),
		},
	],
	properties: listProperties('currency', ['getAll']),
};
