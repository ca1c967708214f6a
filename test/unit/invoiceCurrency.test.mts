import { invoiceCurrency, type KnownCurrencies } from '../../nodes/ZohoMatch/invoiceCurrency';
import type { CrmCurrency } from '../../zoho/crm/currencies';

const of = (isoCode: string, more: Partial<CrmCurrency> = {}): CrmCurrency => ({
	isoCode,
	exchangeRate: 1,
	places: 2,
	isHome: false,
	isActive: true,
	...more,
});
const several: KnownCurrencies = {
	currencies: [of('EUR', { isHome: true }), of('GBP'), of('JPY', { places: 0 }), of('CHF', { isActive: false })],
	home: 'EUR',
	booksBase: 'EUR',
};
const single: KnownCurrencies = { currencies: [], home: 'EUR', booksBase: '' };

test('one currency only: records need no currency, and an invoice in another one is for a person', () => {
	expect(invoiceCurrency({ currency_code: 'EUR', exchange_rate: 1 }, single)).toEqual({ currency: {}, places: 2 });
	const known = { ...single, currencies: [of('EUR', { places: 3 })] };
	expect(invoiceCurrency({ currency_code: 'EUR' }, known)).toEqual({ currency: {}, places: 3 });
	expect(invoiceCurrency({ currency_code: 'GBP' }, single)).toEqual({ problem: expect.stringMatching(/GBP.*EUR only.*Add GBP/) });
});

test('several currencies: the rate of Books the other way round', () => {
	expect(invoiceCurrency({ currency_code: 'GBP', exchange_rate: 1.16 }, several)).toEqual({
		currency: { Currency: 'GBP', Exchange_Rate: 0.862068966 },
		places: 2,
	});
	expect(invoiceCurrency({ currency_code: 'JPY', exchange_rate: '0.006' }, several)).toMatchObject({
		currency: { Exchange_Rate: 166.666666667 },
		places: 0,
	});
});

test.each([
	['Books counts in another currency', { ...several, booksBase: 'USD' }, { currency_code: 'GBP', exchange_rate: 1.3 }],
	['nobody told in which currency Books counts', { ...several, booksBase: '' }, { currency_code: 'GBP', exchange_rate: 1.16 }],
	['an invoice of rate 1 tells another base', { ...several, booksBase: '' }, { currency_code: 'GBP', exchange_rate: 1 }],
	['the invoice has no rate', several, { currency_code: 'GBP' }],
	['the rate is nonsense', several, { currency_code: 'GBP', exchange_rate: 0 }],
])("CRM uses its own rate where %s", (_why, known, invoice) => {
	expect(invoiceCurrency(invoice, known)).toEqual({ currency: { Currency: 'GBP' }, places: 2 });
});

test('the home currency has rate 1 without being told', () => {
	expect(invoiceCurrency({ currency_code: 'EUR', exchange_rate: 1 }, { ...several, booksBase: '' })).toMatchObject({
		currency: { Currency: 'EUR', Exchange_Rate: 1 },
	});
});

test('a currency that CRM does not know or has switched off is for a person', () => {
	expect(invoiceCurrency({ currency_code: 'USD' }, several)).toEqual({ problem: expect.stringContaining('Add it') });
	expect(invoiceCurrency({ currency_code: 'CHF' }, several)).toEqual({ problem: expect.stringContaining('Activate it') });
	expect(invoiceCurrency({}, several)).toEqual({ problem: expect.stringContaining('does not tell its currency') });
});
