import type { DocumentSurroundings } from './documentBody.mts';
import { kinds, type Kind } from './documentKinds.mts';
import { invalid, refuse } from './errors.mts';
import type { Item } from './items.mts';
import type { TaxInfo } from './taxes.mts';
import { isObject, readText, readValue } from './values.mts';

export interface Line {
	id: string;
	itemId: string;
	name: string;
	description: string;
	unit: string;
	quantity: number;
	rate: number;
	/** `10%`, or an amount. */
	discount: string;
	/** As it was when the line was written. */
	tax: TaxInfo | undefined;
	/** Of the ledger; '' for the usual one. */
	accountId: string;
	/** The expense that a line of an invoice charges. */
	expenseId: string;
	/** The line of the order that this one bills: `salesorder_item_id` or `purchaseorder_item_id`. */
	orderLineId: string;
	/** The project that an invoice charges. */
	projectId: string;
}

/** What a list of lines is read with. */
interface LineContext {
	kind: Kind;
	/** The lines that there are already. */
	before: readonly Line[];
	org: DocumentSurroundings;
	isNew: boolean;
}

/** The lines that a body names, in their order; they are the whole list from then on. */
export function readLines(value: unknown, context: LineContext): Line[] {
	const list = readValue('line_items', { kind: 'list' }, value) as unknown[];
	if (list.length === 0) invalid('line_items');
	return inOrder(list).map((entry) => readLine(entry, context));
}

/** What a line takes of its item: of a purchase, what the item costs. */
function fallbacks(
	item: Item | undefined,
	kind: Kind,
): { rate: number; description: string; accountId: string } {
	const text = (name: string) => String(item?.fields[name] ?? '');
	return kinds[kind].party === 'customer'
		? { rate: item?.rate ?? 0, description: text('description'), accountId: text('account_id') }
		: {
				rate: Number(text('purchase_rate')),
				description: text('purchase_description'),
				accountId: text('purchase_account_id'),
			};
}

/** `item_order` decides where every line has one. */
function inOrder(list: readonly unknown[]): unknown[] {
	const orders = list.map((entry) => (isObject(entry) ? Number(entry['item_order'] ?? NaN) : NaN));
	if (orders.some(Number.isNaN)) return [...list];
	return list
		.map((entry, index) => ({ entry, order: orders[index] ?? 0 }))
		.sort((a, b) => a.order - b.order)
		.map(({ entry }) => entry);
}

/** A line that names a `line_item_id` of the document changes that one; what it does not name comes from there, or from its item. */
function readLine(entry: unknown, { kind, before, org, isNew }: LineContext): Line {
	if (!isObject(entry)) return invalid('line_items');
	const lineId = readText('line_item_id', entry['line_item_id']);
	const line = before.find(({ id }) => id === lineId);
	if (!line && lineId !== '' && !isNew) invalid('line_item_id');
	const itemId = 'item_id' in entry ? readText('item_id', entry['item_id']) : (line?.itemId ?? '');
	const item = itemId === '' ? undefined : (org.itemOf(itemId) ?? refuse(404, 1002, 'Item does not exist.'));
	/** Of another item nothing of the line holds any more. */
	const known = line?.itemId === itemId ? line : undefined;
	const ofItem = (name: string) => String(item?.fields[name] ?? '');
	const usual = fallbacks(item, kind);
	const text = (name: string, fallback: string, most?: number) =>
		name in entry ? readText(name, entry[name], most) : fallback;
	const number = (name: string, fallback: number) => {
		const value = readValue(name, { kind: 'number' }, entry[name]);
		return typeof value === 'number' ? value : fallback;
	};
	const read: Line = {
		id: line?.id ?? org.newId(),
		itemId,
		name: text('name', known?.name ?? item?.name ?? '', 100) || (item?.name ?? ''),
		description: text('description', known?.description ?? usual.description, 2000),
		unit: text('unit', known?.unit ?? ofItem('unit')),
		quantity: number('quantity', known?.quantity ?? 1),
		rate: number('rate', known?.rate ?? usual.rate),
		discount: 'discount' in entry ? readDiscount('discount', entry['discount']) : (known?.discount ?? '0'),
		tax:
			'tax_id' in entry
				? readTax('tax_id', entry['tax_id'], org)
				: known
					? known.tax
					: org.taxOf(ofItem('tax_id')),
		accountId:
			readText('account_id', entry['account_id']) === ''
				? (known?.accountId ?? usual.accountId)
				: org.account('account_id', entry['account_id'], line?.accountId).id,
		expenseId: kind === 'invoice' ? text('expense_id', known?.expenseId ?? '') : '',
		orderLineId: text(
			kinds[kind].party === 'customer' ? 'salesorder_item_id' : 'purchaseorder_item_id',
			known?.orderLineId ?? '',
		),
		projectId: kind === 'invoice' ? text('project_id', known?.projectId ?? '') : '',
	};
	if (read.name === '' && read.description === '') invalid('line_items');
	if (read.projectId !== '' && !org.hasProject(read.projectId)) refuse(404, 1002, 'Project does not exist.');
	return read;
}

export function readTax(name: string, value: unknown, org: DocumentSurroundings): TaxInfo | undefined {
	const id = readText(name, value);
	return id === '' ? undefined : (org.taxOf(id) ?? refuse(404, 1002, 'Tax does not exist.'));
}

export function readDiscount(name: string, value: unknown): string {
	const text = readText(name, value) || '0';
	return /^\d+(\.\d+)?%?$/.test(text) && !(text.endsWith('%') && Number.parseFloat(text) > 100)
		? text
		: invalid(name);
}
