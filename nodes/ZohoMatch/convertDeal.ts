/** Operation Convert Deal: what a Deal of CRM sells as the body of a Books invoice or estimate. */

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { linkField } from '../../sync/mark';
import { convertQuote, productLines, quoteLines, type KnownOfBooks, type QuoteLine } from '../../sync/money';
import type { JsonObject } from '../../sync/types';
import { currency } from '../../zoho/books/currency';
import { bookPages, type BooksList } from '../../zoho/books/read';
import { tax } from '../../zoho/books/tax';
import { getOrg } from '../../zoho/crm/metadata';
import type { ZohoClient } from '../../zoho/client';
import { isZohoId } from '../../zoho/ids';
import { numberOf, objectsOf, text } from '../../zoho/json';
import { connect } from '../shared/connection';
import { idFrom, objectFrom, withWholeNumbers } from '../shared/given';
import { readLinks } from './candidates';
import { readDealLines, type DealLines } from './dealLines';
import { problem } from './items';
import { Outcomes } from './outcomes';

const convertedOutput = 0;
const reviewOutput = 1;

interface Input {
	inputIndex: number;
	deal: JsonObject;
	customerId: string;
	/** What it sells; absent: CRM is asked. */
	given?: DealLines;
}

interface Sold {
	lines: QuoteLine[];
	quote?: JsonObject;
}

/** What the run knows of both systems. */
interface Known extends Pick<KnownOfBooks, 'items' | 'taxes'> {
	/** Code of CRM's home currency: that of Deals which name none. */
	home: string;
	/** Currency code → currency_id in Books. */
	currencies: Map<string, string>;
}

/**
 * Output 0: `{ deal, body }`. Output 1: Deals that Books cannot be told of as they are, with the reason. Reads, once per run, what the lines need: from CRM the Quote or Products of Deals that
 * come without (see `readDealLines`), the item_ids of Products (50 a call) and the home currency; from Books currencies and taxes.
 */
export async function executeConvertDeal(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const outcomes = new Outcomes(context, 2, reviewOutput);
	const inputs = outcomes.readInputs((index) => readInput(context, index));
	if (inputs.length === 0) return outcomes.outputs;
	await outcomes.guard(
		inputs.map(({ inputIndex }) => inputIndex),
		async () => {
			const sold = await readSold(context, inputs);
			const lines = sold.flatMap((one) => one.lines);
			const known: Known = {
				items: await readItems(context, lines),
				home: await readHome(context, inputs),
				...(await readBooks(context, lines)),
			};
			inputs.forEach((input, place) => convertOne(outcomes, input, sold[place] ?? { lines: [] }, known));
		},
	);
	return outcomes.sorted();
}

function convertOne(
	outcomes: Outcomes,
	{ inputIndex, deal, customerId }: Input,
	{ lines, quote }: Sold,
	known: Known,
): void {
	const { body, problems } = convertQuote(deal, lines, { ...known, customerId, ...(quote && { quote }) });
	const { currency_code: told, ...document } = body;
	const code = text(told) || known.home;
	const currencyId = known.currencies.get(code);
	const unknown =
		currencyId === undefined
			? [
					`The Deal is in ${code || 'an unknown currency'}, which Zoho Books does not have. Add it there under Settings > Currencies, then save the Deal again.`,
				]
			: [];
	const reasons = [...problems, ...unknown];
	// Without it, Books would take the numbers for amounts in the customer's currency.
	const complete = { ...document, currency_id: currencyId };
	if (reasons.length > 0) outcomes.putReview(reviewOutput, inputIndex, reasons.join(' '));
	else outcomes.put(convertedOutput, inputIndex, { deal, body: complete });
}

/** What each input sells, in their order. */
async function readSold(context: IExecuteFunctions, inputs: Input[]): Promise<Sold[]> {
	const open = inputs.filter(({ given }) => !given).map(({ deal }) => text(deal.id));
	const read =
		open.length > 0 ? await readDealLines(await connect(context, 'crm'), open) : new Map<string, DealLines>();
	return inputs.map(({ deal, given }) => {
		const { quote, products } = given ?? read.get(text(deal.id)) ?? { products: [] };
		return quote ? { quote, lines: quoteLines(quote) } : { lines: productLines(products) };
	});
}

/** CRM Product id → item_id. A Product without an item, such as the shared ones of the sync, goes by its name. */
async function readItems(context: IExecuteFunctions, lines: QuoteLine[]): Promise<Map<string, string>> {
	const ids = lines.map(({ productId }) => productId).filter(Boolean);
	if (ids.length === 0) return new Map();
	const rows = await readLinks(await connect(context, 'crm'), 'Products', 'id', ids);
	const linked = rows.map((row): [string, string] => [text(row.id), text(row[linkField])]);
	return new Map(linked.filter(([, itemId]) => isZohoId(itemId)));
}

/** No call where every Deal names its currency. */
async function readHome(context: IExecuteFunctions, inputs: Input[]): Promise<string> {
	if (inputs.every(({ deal }) => text(deal.Currency) !== '')) return '';
	return text((await getOrg(await connect(context, 'crm'))).iso_code);
}

/** The taxes only where a line has one. */
async function readBooks(
	context: IExecuteFunctions,
	lines: QuoteLine[],
): Promise<Pick<Known, 'currencies' | 'taxes'>> {
	const client = await connect(context, 'books');
	const currencies = await all(client, currency);
	const taxes = lines.some((line) => line.taxes.length > 0) ? await all(client, tax) : [];
	return {
		currencies: new Map(currencies.map((row) => [text(row.currency_code), text(row.currency_id)])),
		taxes: taxes.map((row) => ({
			id: text(row.tax_id),
			name: text(row.tax_name),
			percentage: numberOf(row.tax_percentage) ?? 0,
			isGroup: text(row.tax_type) === 'tax_group',
		})),
	};
}

async function all(client: ZohoClient, list: BooksList): Promise<JsonObject[]> {
	const found: JsonObject[] = [];
	for await (const rows of bookPages(client, list)) found.push(...rows);
	return found;
}

function readInput(context: IExecuteFunctions, inputIndex: number): Input {
	const parameter = (name: string) => context.getNodeParameter(name, inputIndex, '');
	const deal = objectFrom(parameter('deal'));
	if (!deal || text(deal.id) === '') {
		throw problem(
			context,
			inputIndex,
			deal ? 'The Deal has no "id"' : '"Deal" gives no Deal for this item',
			'Give the Deal as Zoho CRM returns it. Its ID becomes the reference number of the document.',
		);
	}
	const given = readGiven(context, inputIndex, parameter('quote'), parameter('products'));
	const customerId = idFrom(parameter('customerId'));
	return { inputIndex, deal: withWholeNumbers(deal), customerId, ...(given && { given }) };
}

/** Undefined when neither Quote nor Products are given. */
function readGiven(
	context: IExecuteFunctions,
	inputIndex: number,
	quoteGiven: unknown,
	productsGiven: unknown,
): DealLines | undefined {
	const quote = objectFrom(quoteGiven);
	const products = listFrom(productsGiven);
	if (quote && Object.keys(quote).length > 0) {
		if (Array.isArray(quote.Quoted_Items)) return { quote: withWholeNumbers(quote), products };
		throw problem(
			context,
			inputIndex,
			'The Quote has no lines ("Quoted_Items")',
			'Read the Quote by its ID: Zoho CRM leaves the lines out of lists.',
		);
	}
	return products.length > 0 ? { products: withWholeNumbers(products) } : undefined;
}

/** Objects of a list, also of its JSON text. */
function listFrom(value: unknown): JsonObject[] {
	const wrapped = typeof value === 'string' ? `{"list":${value.trim() || '[]'}}` : { list: value };
	return objectsOf(objectFrom(wrapped)?.list);
}
