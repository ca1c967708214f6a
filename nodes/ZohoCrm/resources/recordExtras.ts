/** What the form of a write adds to a record beside its fields: layout, choices to be appended, line items. */

import type { IExecuteFunctions } from 'n8n-workflow';

import type { ZohoClient } from '../../../zoho/client';
import { listTaxes, namedTax, taxKey, type NamedTax } from '../../../zoho/crm/taxes';
import { numberOf, objectsOf, text } from '../../../zoho/json';
import type { JsonObject, JsonValue } from '../../../zoho/types';
import { GivenError, idFrom, objectFrom, withWholeNumbers } from '../../shared/given';
import { fieldList } from '../given';

/** The subform of lines, by module. Source: CRM v8 "Insert Records", inventory modules. */
const lineSubforms: Record<string, string> = {
	Invoices: 'Invoiced_Items',
	Purchase_Orders: 'Purchase_Items',
	Quotes: 'Quoted_Items',
	Sales_Orders: 'Ordered_Items',
};

/** The taxes of the organization, asked for when a line names one, and once for all items. */
export class Taxes {
	private readonly client: ZohoClient;
	private known: Promise<NamedTax[]> | undefined;

	constructor(client: ZohoClient) {
		this.client = client;
	}

	/** @throws GivenError when the organization has no such tax */
	async named(name: string): Promise<NamedTax> {
		this.known ??= listTaxes(this.client).then((rows) => rows.map(namedTax));
		const taxes = await this.known;
		const found = taxes.find((tax) => taxKey(tax.name) === taxKey(name));
		if (found) return found;
		throw new GivenError(`Zoho CRM has no tax "${name}"`, `It has ${taxes.map((tax) => `"${tax.name}"`).join(', ') || 'none'}. Ensure a tax makes one.`);
	}
}

/** The record with what the options and the form of lines say. */
export async function withExtras(context: IExecuteFunctions, index: number, module: string, record: JsonObject, taxes: Taxes): Promise<JsonObject> {
	const { layoutId, appendFields } = context.getNodeParameter('options', index, {}) as { layoutId?: unknown; appendFields?: unknown };
	const layout = idFrom(layoutId);
	const appended = fieldList(appendFields).filter((name) => Array.isArray(record[name]));
	const lines = await linesOf(context, index, taxes);
	return {
		...record,
		...(layout !== '' && { Layout: { id: layout } }),
		...(appended.length > 0 && { $append_values: Object.fromEntries(appended.map((name) => [name, true])) }),
		...(lines.length > 0 && { [subformOf(module)]: lines }),
	};
}

function subformOf(module: string): string {
	const name = lineSubforms[module];
	if (name !== undefined) return name;
	throw new GivenError(`${module} has no line items`, 'They belong to Quotes, Sales Orders, Purchase Orders and Invoices. Give the rows of another subform under Fields, as a JSON list.');
}

async function linesOf(context: IExecuteFunctions, index: number, taxes: Taxes): Promise<JsonValue[]> {
	const isForm = context.getNodeParameter('inputMode', index, 'fields') === 'fields';
	const given = isForm ? objectsOf(context.getNodeParameter('lineItems.line', index, [])) : [];
	const lines: JsonValue[] = [];
	for (const line of given) lines.push(await lineOf(line, taxes));
	return lines;
}

async function lineOf({ productId, quantity, listPrice, discount, description, taxes: names, more }: JsonObject, taxes: Taxes): Promise<JsonObject> {
	const product = idFrom(productId);
	const price = text(listPrice).trim();
	const line_tax: JsonValue[] = [];
	for (const name of fieldList(names)) line_tax.push({ ...(await taxes.named(name)) });
	return {
		...(product !== '' && { Product_Name: { id: product } }),
		...(text(quantity) !== '' && { Quantity: numberFrom(quantity, 'Quantity') }),
		...(price !== '' && { List_Price: numberFrom(price, 'List Price') }),
		...(text(discount).trim() !== '' && { Discount: text(discount).trim() }),
		...(text(description) !== '' && { Description: text(description) }),
		...(line_tax.length > 0 && { Line_Tax: line_tax }),
		...moreOf(more),
	};
}

function numberFrom(value: JsonValue | undefined, field: string): number {
	const number = numberOf(value);
	if (number !== undefined) return number;
	throw new GivenError(`"${field}" of a line item is not a number`, 'Check what its expression yields for this item; the decimal sign is a point.');
}

function moreOf(given: JsonValue | undefined): JsonObject {
	if (given === undefined || given === '') return {};
	const columns = objectFrom(given);
	if (columns) return withWholeNumbers(columns);
	throw new GivenError('"More Columns" of a line item is not a JSON object', 'Give an object with API names of columns as keys.');
}
