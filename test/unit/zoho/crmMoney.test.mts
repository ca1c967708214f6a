import { crmCurrency, listCurrencies, usualPlaces } from '../../../zoho/crm/currencies';
import { relatedRecords } from '../../../zoho/crm/related';
import { createTaxes, ensureTaxes, listTaxes, missingTaxes, namedTax } from '../../../zoho/crm/taxes';
import { asObject, objectsOf, text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import { answer, clientFor, connect, queryOf, type Answer, type SentCall } from './fakeZoho.mts';

function setUp(handle: (call: SentCall, n: number) => Answer) {
	const connection = connect('crm', handle);
	return { connection, client: clientFor(connection) };
}

const vat = { display_label: 'VAT', name: 'VAT', value: 19, id: '1', sequence_number: 3 };
const taxed = (taxes: JsonObject[]) => ({ org_taxes: { taxes, preference: { auto_populate_tax: false } } });
const taxesIn = (call: SentCall) => objectsOf(asObject(asObject(call.body).org_taxes).taxes);
const refused = (code: string) => ({ code, details: {}, message: 'no', status: 'error' });

describe('taxes', () => {
	test('are listed; no taxes at all is an empty list', async () => {
		expect(await listTaxes(setUp(() => answer(200, taxed([vat]))).client)).toEqual([vat]);
		expect(await listTaxes(setUp(() => answer(204)).client)).toEqual([]);
		expect(namedTax(vat)).toEqual({ name: 'VAT', percentage: 19 });
	});

	test('missing ones are told by name, whatever its case, each once', () => {
		const wanted = [' vat', 'GST', 'gst', 'City'].map((name) => ({ name, percentage: 1 }));
		expect(missingTaxes(wanted, [vat]).map(({ name }) => name.toLowerCase())).toEqual(['gst', 'city']);
	});

	/** A CRM that knows `method` only. */
	function taxOffice(method: string) {
		const rows: JsonObject[] = [vat];
		return setUp((call) => {
			if (call.method === 'GET') return answer(200, taxed([...rows]));
			if (call.method !== method) return answer(400, refused('INVALID_REQUEST_METHOD'));
			taxesIn(call).forEach((tax) => rows.push({ ...tax, id: String(rows.length + 1) }));
			return answer(200, { org_taxes: { code: 'SUCCESS', details: {}, message: 'done', status: 'success' } });
		});
	}

	test.each(['POST', 'PUT'])('are made by %s, after those there are, and never changed', async (method) => {
		const { client, connection } = taxOffice(method);
		const ensured = await ensureTaxes(client, [
			{ name: 'VAT', percentage: 7 },
			{ name: 'City', percentage: 2.5 },
		]);
		expect(ensured).toEqual([
			{
				id: '1',
				name: 'VAT',
				percentage: 19,
				state: 'existed',
				problems: [expect.stringContaining('19 per cent')],
			},
			{ id: '2', name: 'City', percentage: 2.5, state: 'created', problems: [] },
		]);
		const written = connection.sent.filter((call) => call.method === method);
		expect(written.map(taxesIn)).toEqual([[{ name: 'City', value: 2.5, sequence_number: 4 }]]);
	});

	test('that are all there cost one call', async () => {
		const { client, connection } = taxOffice('POST');
		await ensureTaxes(client, [{ name: 'vat', percentage: 19 }]);
		expect(connection.sent.map(({ method }) => method)).toEqual(['GET']);
	});

	test.each([
		['as a whole', refused('NO_PERMISSION')],
		['under org_taxes', { org_taxes: refused('NO_PERMISSION') }],
		['one by one', { org_taxes: [refused('NO_PERMISSION')] }],
		['one by one, deeper', { org_taxes: { taxes: [refused('NO_PERMISSION')] } }],
	])('that CRM refuses %s are an error that names them', async (_how, body) => {
		const { client } = setUp((call) => (call.method === 'GET' ? answer(200, taxed([])) : answer(200, body)));
		await expect(createTaxes(client, [{ name: 'City', percentage: 2 }], [])).rejects.toThrow(
			/"City".*NO_PERMISSION/,
		);
	});

	test('that another run has just made are taken as made', async () => {
		const { client } = setUp((call) =>
			call.method === 'GET' ? answer(200, taxed([vat])) : answer(400, refused('DUPLICATE_DATA')),
		);
		expect(await createTaxes(client, [{ name: 'VAT', percentage: 19 }], [])).toEqual([vat]);
	});
});

describe('currencies', () => {
	const euro = {
		iso_code: 'EUR',
		exchange_rate: '0.9100',
		is_base: false,
		is_active: true,
		format: { decimal_places: '2' },
	};

	test('are read with rate, decimals and state', () => {
		expect(crmCurrency(euro)).toEqual({
			isoCode: 'EUR',
			exchangeRate: 0.91,
			places: 2,
			isHome: false,
			isActive: true,
		});
		expect(crmCurrency({ iso_code: 'JPY', is_base: true, is_active: false })).toMatchObject({
			places: 0,
			isHome: true,
			isActive: false,
		});
		expect([usualPlaces('KWD'), usualPlaces('no code')]).toEqual([3, 2]);
	});

	test('an edition without them has none; another failure is one', async () => {
		expect(await listCurrencies(setUp(() => answer(200, { currencies: [euro] })).client)).toEqual([euro]);
		expect(await listCurrencies(setUp(() => answer(400, refused('FEATURE_NOT_ENABLED'))).client)).toEqual([]);
		await expect(listCurrencies(setUp(() => answer(400, refused('INVALID_DATA'))).client)).rejects.toThrow();
	});
});

test('a related list is read to its end, by pages and then by token', async () => {
	const { client, connection } = setUp((_call, n) =>
		answer(200, {
			data: [{ id: String(n) }],
			info: { more_records: n < 12, next_page_token: `t${n}` },
		}),
	);
	const rows = await relatedRecords(client, 'Deals', '7', 'Products', ['Product_Name', 'Unit_Price']);
	expect(rows.map(({ id }) => text(id))).toEqual(Array.from({ length: 12 }, (_none, n) => String(n + 1)));
	const places = connection.sent.map((call) => queryOf(call).page ?? queryOf(call).page_token);
	expect(places).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', 't10', 't11']);
	expect(connection.sent[0]?.path).toBe('/crm/v8/Deals/7/Products');
});
