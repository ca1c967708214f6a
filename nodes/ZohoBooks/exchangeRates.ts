/** Exchange rates of a currency. Source: Books v3 "Currency": "Create an exchange rate" and what follows it. */

import { asObject, isObject } from '../../zoho/json';
import type { JsonObject } from '../../zoho/types';
import type { ReadParameter, RoutedOperation } from '../shared/declarative';
import { dayField, field, numberField } from './formFields';
import type { Kind, KindOperation } from './kind';
import type { operationsOf } from './operations';
import { readForm } from './record';
import { callTo, says } from './resource';

const rateId = field('Exchange Rate ID', 'exchangeRateId', { required: true, placeholder: 'e.g. 460000000000307' });
const rateForm = [
	{ ...dayField('Effective Date', 'effectiveDate'), required: true },
	{ ...numberField('Rate', 'rate', 'Units of the base currency for one unit of this currency'), required: true },
];

/** Zoho answers with the bare number, or with no rate at all. */
const rateOf: RoutedOperation['answer'] = async (client, call) => {
	const given = asObject((await client.request(call)).body).exchange_rate;
	const told: JsonObject = isObject(given) ? given : given === undefined ? {} : { rate: given };
	return [{ ...asObject(call.body), ...told }];
};

/** *Create*, *Delete*, *Get*, *Get Many* and *Update*. */
export function exchangeRateOperations({ books, id }: Kind, has: ReturnType<typeof operationsOf>): KindOperation[] {
	const rate = { ...books, label: 'Exchange Rate', listKey: 'exchange_rates' };
	const path = `${books.path}/{${id.name}}/exchangerates`;
	const one = `${path}/{exchangeRateId}`;
	const body = (read: ReadParameter) => readForm(read, { effective_date: 'effectiveDate', rate: 'rate' });
	const words = (verb: string, description: string) => ({
		name: `${verb} Exchange Rate`,
		value: `${verb.toLowerCase()}ExchangeRate`,
		description,
		action: `${verb} an exchange rate of a currency`,
	});
	return [
		has.called(
			words('Create', 'Set the exchange rate of a currency from a day on'),
			callTo(rate, 'POST', path, { body, answer: rateOf }),
			['id'],
			rateForm,
		),
		has.called(
			words('Delete', 'Delete an exchange rate permanently'),
			callTo(rate, 'DELETE', one, { answer: says({ deleted: true }) }),
			['id'],
			[rateId],
		),
		has.called(words('Get', 'Get one exchange rate'), callTo(rate, 'GET', one, { answer: rateOf }), ['id'], [rateId]),
		has.listOfRecord(
			{
				name: 'Get Exchange Rates',
				value: 'getExchangeRates',
				description: 'Get the exchange rates of a currency and the days from which they hold',
				action: 'Get exchange rates of a currency',
			},
			rate,
			'/exchangerates',
		),
		has.called(words('Update', 'Change an exchange rate'), callTo(rate, 'PUT', one, { body, answer: rateOf }), ['id'], [rateId, ...rateForm]),
	];
}
