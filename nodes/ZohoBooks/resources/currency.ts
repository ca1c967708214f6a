import { currency as books } from '../../../zoho/books/currency';
import { describedKind } from '../describedForm';
import { exchangeRateOperations } from '../exchangeRates';
import { choice, listFilters } from '../filters';
import { currency as described } from '../generated/currency';
import { nodeResource } from '../kind';
import { operationsOf } from '../operations';

const kind = describedKind(books, described, {
	one: 'a currency',
	many: 'currencies',
	example: '{ "currency_code": "AUD", "currency_symbol": "$", "price_precision": 2, "currency_format": "1,234,567.89" }',
});

const has = operationsOf(kind);

/** Source: Books v3 "Currency". */
export const currency = nodeResource(
	kind,
	[
		has.create(),
		has.remove(),
		has.get('with its present exchange rate'),
		has.getAll('with their present exchange rates'),
		has.update(),
		...exchangeRateOperations(kind, has),
	],
	listFilters('currency', [choice('Which', 'filter_by', { '': 'All', 'Currencies.ExcludeBaseCurrency': 'All but the Base Currency' })], {}),
);
