/** Operation Convert Invoice: Books' lines, taxes, discounts and currency in CRM's terms. */

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { linkField } from '../../sync/mark';
import { convertInvoice, neededTaxes, productKeys } from '../../sync/money';
import type { JsonObject } from '../../sync/types';
import type { ZohoClient } from '../../zoho/client';
import { crmCurrency, listCurrencies } from '../../zoho/crm/currencies';
import { getOrg } from '../../zoho/crm/metadata';
import { createTaxes, listTaxes, missingTaxes, namedTax, type NamedTax } from '../../zoho/crm/taxes';
import { objectsOf, text } from '../../zoho/json';
import { connect } from '../shared/connection';
import { objectFrom, withWholeNumbers } from '../shared/given';
import { readLinks } from './candidates';
import { invoiceCurrency, type KnownCurrencies } from './invoiceCurrency';
import { problem } from './items';
import { inputOf, Outcomes } from './outcomes';

const convertedOutput = 0;
const reviewOutput = 1;

interface Input {
	inputIndex: number;
	invoice: JsonObject;
}

/** What the run knows of CRM. */
interface Known {
	/** item_id, `free-text` or `shipping` → id of the CRM Product. */
	products: Map<string, string>;
	taxes: NamedTax[];
	/** Why CRM lacks taxes that should have been made. */
	taxFailure?: unknown;
	currencies: KnownCurrencies;
}

/**
 * Output 0: the item with `crm: { fields, grandTotal, rounding, currency }`. Output 1: invoices that CRM cannot hold as they are, with the reason. Reads from CRM once per run: Products (50 a
 * call), taxes where any line has one, currencies.
 */
export async function executeConvertInvoice(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const outcomes = new Outcomes(context, 2, reviewOutput);
	const inputs = outcomes.readInputs((index) => readInput(context, index));
	if (inputs.length === 0) return outcomes.outputs;
	await outcomes.guard(
		inputs.map(({ inputIndex }) => inputIndex),
		async () => {
			const known = await readKnown(context, inputs);
			for (const input of inputs) convertOne(context, outcomes, input, known);
		},
	);
	return outcomes.sorted();
}

function convertOne(
	context: IExecuteFunctions,
	outcomes: Outcomes,
	{ inputIndex, invoice }: Input,
	known: Known,
): void {
	try {
		if (known.taxFailure && missingTaxes(neededTaxes(invoice), known.taxes).length > 0) {
			outcomes.fail(inputIndex, known.taxFailure);
			return;
		}
		const currency = invoiceCurrency(invoice, known.currencies);
		const problems = [
			...missingProducts(invoice, known.products),
			...('problem' in currency ? [currency.problem] : []),
		];
		if (problems.length > 0 || 'problem' in currency) {
			outcomes.putReview(reviewOutput, inputIndex, problems.join(' '));
			return;
		}
		const { fields, grandTotal, rounding, ...converted } = convertInvoice(invoice, {
			products: known.products,
			taxes: known.taxes,
			currencyPlaces: currency.places,
		});
		if (converted.problems.length > 0) {
			outcomes.putReview(reviewOutput, inputIndex, converted.problems.join(' '));
			return;
		}
		outcomes.put(convertedOutput, inputIndex, {
			...inputOf(context, inputIndex),
			crm: { fields, grandTotal, rounding, currency: currency.currency },
		});
	} catch (error) {
		outcomes.fail(inputIndex, error);
	}
}

function readInput(context: IExecuteFunctions, inputIndex: number): Input {
	const invoice = objectFrom(context.getNodeParameter('invoice', inputIndex, ''));
	if (invoice && Array.isArray(invoice.line_items)) return { inputIndex, invoice: withWholeNumbers(invoice) };
	throw problem(
		context,
		inputIndex,
		invoice ? 'The invoice has no lines ("line_items")' : '"Invoice" gives no invoice for this item',
		'Give the whole invoice as Zoho Books returns it; rows of a list lack the lines.',
	);
}

async function readKnown(context: IExecuteFunctions, inputs: Input[]): Promise<Known> {
	const client = await connect(context, 'crm');
	const options = context.getNodeParameter('options', 0, {});
	const invoices = inputs.map(({ invoice }) => invoice);
	return {
		products: await readProducts(client, invoices.flatMap(productKeys)),
		...(await readTaxes(client, invoices.flatMap(neededTaxes), options.createTaxes !== false)),
		currencies: { ...(await readCurrencies(client)), booksBase: text(options.booksCurrency).trim() },
	};
}

async function readProducts(client: ZohoClient, keys: string[]): Promise<Map<string, string>> {
	const rows = await readLinks(client, 'Products', linkField, keys);
	return new Map(rows.map((row) => [text(row[linkField]), text(row.id)]));
}

async function readTaxes(
	client: ZohoClient,
	needed: NamedTax[],
	create: boolean,
): Promise<Pick<Known, 'taxes' | 'taxFailure'>> {
	if (needed.length === 0) return { taxes: [] };
	const rows = await listTaxes(client);
	const missing = create ? missingTaxes(needed, rows) : [];
	if (missing.length === 0) return { taxes: rows.map(namedTax) };
	try {
		return { taxes: (await createTaxes(client, missing, rows)).map(namedTax) };
	} catch (taxFailure) {
		return { taxes: rows.map(namedTax), taxFailure };
	}
}

async function readCurrencies(client: ZohoClient): Promise<Omit<KnownCurrencies, 'booksBase'>> {
	const currencies = (await listCurrencies(client)).map(crmCurrency);
	const home = currencies.find(({ isHome }) => isHome)?.isoCode;
	return { currencies, home: home ?? text((await getOrg(client)).iso_code) };
}

/** One sentence for all that CRM lacks. */
function missingProducts(invoice: JsonObject, products: Map<string, string>): string[] {
	const lines = objectsOf(invoice.line_items);
	const names = productKeys(invoice)
		.filter((key) => !products.has(key))
		.map((key) => {
			const name = lines.find(({ item_id: id }) => text(id) === key)?.name;
			return sharedProducts.get(key) ?? (text(name) ? `"${text(name)}" (item ${key})` : `item ${key}`);
		});
	if (names.length === 0) return [];
	return [
		`Zoho CRM has no Product for ${names.join(', ')}. Products of items are brought by the template for items, the shared ones are made by "Set up the sync"; then save the invoice again.`,
	];
}

/** Products that stand for what is no item in Books. */
const sharedProducts = new Map([
	['free-text', '"Other (Zoho Books)" (lines without an item)'],
	['shipping', '"Shipping (Zoho Books)" (shipping charges)'],
]);
