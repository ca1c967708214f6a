/** Written by scripts/generateBooks.mts from Zoho's currency.yml. Do not edit. */

import type { DescribedResource } from '../described';

export const currency: DescribedResource = {
	fields: [
		{ name: 'currency_code', type: 'text' },
		{ name: 'currency_format', type: 'text' },
		{ name: 'currency_symbol', type: 'text' },
		{ name: 'price_precision', type: 'number' },
	],
	required: ['currency_code', 'currency_format'],
	filters: [
		{ name: 'filter_by', type: 'text' },
	],
	sortColumns: [],
};
