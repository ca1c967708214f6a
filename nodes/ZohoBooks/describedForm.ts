/** Forms and filters made of what Zoho's OpenAPI files say, for resources that need no form of their own. */

import type { INodeProperties } from 'n8n-workflow';

import type { BooksResource } from '../../zoho/books/resource';
import type { DescribedField, DescribedResource } from './described';
import { amount, choice, dates, filter, isSearched, modifiedSince, search } from './filters';
import { byDisplayName, customFields, dayField, entries, field, numberField, yesNo } from './formFields';
import type { Kind } from './kind';
import { accountField, currencyField, customerLocator, itemLocator, ownLocator, taxField, vendorLocator } from './locators';

const inCapitals = new Set(['gst', 'vat', 'tds', 'hsn', 'sac', 'sku', 'upc', 'ean', 'isbn', 'crm', 'iso', 'abn', 'cfdi', 'uk', 'us']);
const words: Record<string, string> = { id: 'ID', ids: 'IDs', zcrm: 'CRM', no: 'Number', bcy: 'Base Currency', reg: 'Registration', or: 'or', of: 'of', to: 'to', on: 'on' };

/** `is_inclusive_tax` → `Is Inclusive Tax`; `Status.PartiallyPaid` → `Status: Partially Paid`. */
export function labelOf(name: string): string {
	return name
		.replace(/([a-z])([A-Z])/g, '$1_$2')
		.replace('.', ':_')
		.split('_')
		.map((word, index) => {
			const known = words[word.toLowerCase()];
			if (known && (index > 0 || known !== word)) return known;
			return inCapitals.has(word.toLowerCase()) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
		})
		.join(' ');
}

const byName = (one: { name: string }, other: { name: string }): number => one.name.localeCompare(other.name);
const chosen = (values: readonly string[]) => values.map((value) => ({ name: labelOf(value), value })).sort(byName);

/** Fields that name a record of the account, wherever they stand. */
const references: Record<string, () => INodeProperties> = {
	account_id: () => accountField('Account Name or ID', 'account_id'),
	paid_through_account_id: () => accountField('Paid Through Account Name or ID', 'paid_through_account_id'),
	currency_id: () => currencyField,
	customer_id: () => customerLocator('customer_id'),
	item_id: () => itemLocator('item_id'),
	tax_id: () => taxField,
	vendor_id: () => vendorLocator('vendor_id'),
	custom_fields: () => customFields,
};

const textsField = (displayName: string, name: string) => field(displayName, name, { typeOptions: { multipleValues: true }, default: [] });

/** Of a list's rows n8n gives every field, so a row has fields that can be left empty, and the rarer ones in a collection. */
function rowField(described: DescribedField): INodeProperties {
	const { name, type, values } = described;
	const label = labelOf(name);
	const reference = references[name];
	if (reference) return reference();
	if (type === 'choice' && values) {
		const options = [{ name: 'Not Set', value: '' }, ...chosen(values)].sort(byName);
		return field(label, name, { type: 'options', options });
	}
	if (type === 'yesNo') return yesNo(label, name, `Whether ${label.toLowerCase()}`);
	if (type === 'texts') return textsField(label, name);
	return type === 'json' ? field(label, name, { type: 'json' }) : field(label, name);
}

/** Rows show these; the others can be added. */
const usual = ['item_id', 'account_id', 'name', 'description', 'quantity', 'rate', 'amount', 'amount_applied', 'debit_or_credit', 'tax_id'];

function rowFields(fields: readonly DescribedField[]): INodeProperties[] {
	const shown = fields.length <= 6 ? fields : fields.filter(({ name }) => usual.includes(name) || name.endsWith('bill_id') || name.endsWith('invoice_id'));
	const others = fields.filter((each) => !shown.includes(each));
	const more = field('Additional Fields', 'more', {
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: others.map(rowField).sort(byDisplayName),
	});
	return [...shown.map(rowField).sort(byDisplayName), ...(others.length > 0 ? [more] : [])];
}

const longTexts = new Set(['notes', 'terms', 'description']);

/** One form field of a described one. */
function formField(described: DescribedField): INodeProperties {
	const { name, type, values = [], fields = [] } = described;
	const label = labelOf(name);
	const reference = references[name];
	if (reference) return reference();
	switch (type) {
		case 'number':
			return numberField(label, name);
		case 'yesNo':
			return yesNo(label, name, `Whether ${label.toLowerCase()}`);
		case 'day':
			return dayField(label, name);
		case 'choice':
			return choice(label, name, Object.fromEntries(chosen(values).map((option) => [option.value, option.name])));
		case 'texts':
			return textsField(label, name);
		case 'list':
			return entries(label, name, 'entry', rowFields(fields));
		case 'object':
			return { ...entries(label, name, 'entry', rowFields(fields)), typeOptions: { multipleValues: false } };
		case 'json':
			return field(label, name, { type: 'json' });
		default:
			return field(label, name, longTexts.has(name) ? { typeOptions: { rows: 3 } } : {});
	}
}

/** All fields of the form but those with a place of their own. */
function formFieldsOf({ fields }: DescribedResource, own: readonly string[]): INodeProperties[] {
	return fields
		.filter(({ name }) => !own.includes(name))
		.map(formField)
		.sort(byDisplayName);
}

function filterFields(described: DescribedField): INodeProperties[] {
	const { name, type, values = [], variants = [] } = described;
	const label = labelOf(name);
	const suffixes = variants.map((variant) => variant.slice(name.length + 1));
	if (name === 'last_modified_time') return [modifiedSince];
	if (type === 'day') return dates(label, name, (['start', 'end', 'before', 'after'] as const).filter((end) => suffixes.includes(end)));
	if (type === 'choice') return [choice(label, name, Object.fromEntries(chosen(values).map((option) => [option.value, option.name])))];
	if (suffixes.some((suffix) => suffix.includes('than') || suffix.includes('equals'))) return amount(label, name);
	return isSearched(suffixes) ? search(label, name, undefined, suffixes) : [filter(label, name)];
}

/** The filters of *Get Many*. */
export const filtersOf = ({ filters }: DescribedResource): INodeProperties[] => filters.flatMap(filterFields);

/** The columns that *Get Many* can be sorted by, with what they are called. */
export const sortingOf = ({ sortColumns }: DescribedResource): Record<string, string> =>
	Object.fromEntries(sortColumns.map((column) => [column, labelOf(column)]));

const parameterName = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

interface Words {
	/** With its article: `a bill`. */
	one: string;
	many: string;
	/** Fields with a place of their own when a record is made; by default those that Zoho wants. */
	main?: readonly string[];
	/** A record as JSON. */
	example: string;
}

/** A resource whose form is made of its description. */
export function describedKind(books: BooksResource, described: DescribedResource, { one, many, main = described.required, example }: Words): Kind {
	const own = described.fields.filter(({ name }) => main.includes(name));
	return {
		books,
		one,
		many,
		id: ownLocator(books.label, `${books.name}Id`),
		main: main.flatMap((name) =>
			own
				.filter((field) => field.name === name)
				.map((field) => ({
					field: name,
					property: { ...formField(field), name: parameterName(name) },
					...(described.required.includes(name) && { required: true }),
				})),
		),
		fields: formFieldsOf(described, main),
		described: described.fields,
		example,
	};
}
