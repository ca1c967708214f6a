import { currency as books } from '../../../zoho/books/currency';
import { choice, listFilters } from '../filters';
import { field } from '../formFields';
import { nodeResource, type Kind } from '../kind';
import { operationsOf } from '../operations';

const kind: Kind = {
	books,
	one: 'a currency',
	many: 'currencies',
	id: field('Currency ID', 'currencyId', { placeholder: 'e.g. 460000000000097' }),
	main: [],
	fields: [],
	example: '',
};

const has = operationsOf(kind);

/** Source: Books v3 "Currency". */
export const currency = nodeResource(
	kind,
	[
		has.get('with its present exchange rate'),
		has.getAll('with their present exchange rates'),
		has.listOfRecord(
			{
				name: 'Get Exchange Rates',
				value: 'getExchangeRates',
				description: 'Get the exchange rates of a currency and the days from which they hold',
				action: 'Get exchange rates of a currency',
			},
			{ label: 'Exchange Rate', listKey: 'exchange_rates' },
			'/exchangerates',
		),
	],
	listFilters('currency', [choice('Which', 'filter_by', { '': 'All', 'Currencies.ExcludeBaseCurrency': 'All but the Base Currency' })], {}),
);
