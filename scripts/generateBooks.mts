/**
 * Writes what the forms of the Zoho Books node need to know of Zoho's OpenAPI files into `nodes/ZohoBooks/generated/`:
 *
 *     node scripts/generateBooks.mts <folder of the files>
 *
 * The files are those that Zoho publishes for download (https://www.zoho.com/books/api/v3/introduction/#organization-id, "Download OpenAPI Document").
 * Names, types and values are taken over, Zoho's texts are not.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { DescribedField, DescribedResource } from '../nodes/ZohoBooks/described.ts';

/** A resource of the node, the file that describes it, and the path of its list. */
const resources: ReadonlyArray<readonly [name: string, file: string, path: string]> = [
	['bankAccount', 'bank-accounts', '/bankaccounts'],
	['bill', 'bills', '/bills'],
	['chartOfAccount', 'chart-of-accounts', '/chartofaccounts'],
	['creditNote', 'credit-notes', '/creditnotes'],
	['currency', 'currency', '/settings/currencies'],
	['expense', 'expenses', '/expenses'],
	['journal', 'journals', '/journals'],
	['project', 'projects', '/projects'],
	['purchaseOrder', 'purchase-order', '/purchaseorders'],
	['salesOrder', 'sales-order', '/salesorders'],
	['user', 'users', '/users'],
	['vendorCredit', 'vendor-credits', '/vendorcredits'],
	['vendorPayment', 'vendor-payments', '/vendorpayments'],
];

const target = path.resolve(import.meta.dirname, '..', 'nodes', 'ZohoBooks', 'generated');
/** The node pages and sorts by itself, and has a field for the organization. */
const notFilters = new Set(['organization_id', 'page', 'per_page', 'sort_column', 'sort_order']);

interface Schema {
	$ref?: string;
	type?: string;
	enum?: unknown[];
	example?: unknown;
	description?: string;
	required?: string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	allOf?: Schema[];
	oneOf?: Schema[];
	anyOf?: Schema[];
	readOnly?: boolean;
}

interface Parameter {
	name: string;
	in: string;
	description?: string;
	example?: unknown;
	schema?: Schema;
	$ref?: string;
}

interface Operation {
	parameters?: Parameter[];
	requestBody?: { content: Record<string, { schema: Schema }> };
}

interface Spec {
	paths: Record<string, Record<string, Operation>>;
}

/** Follows `#/components/…`, and takes the first of several shapes. */
function resolved<T extends { $ref?: string }>(spec: Spec, node: T): T {
	if (node.$ref === undefined) return node;
	const parts = node.$ref.replace(/^#\//, '').split('/');
	const found = parts.reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], spec);
	if (found === undefined) throw new Error(`${node.$ref} is not in the file`);
	return resolved(spec, found as T);
}

function shapeOf(spec: Spec, given: Schema): Schema {
	const schema = resolved(spec, given);
	if (schema.allOf) return Object.assign({}, schema, ...schema.allOf.map((part) => shapeOf(spec, part)));
	const [first] = schema.oneOf ?? schema.anyOf ?? [];
	return first ? { ...shapeOf(spec, first), description: schema.description } : schema;
}

const isDay = ({ name, description = '', example }: { name: string; description?: string; example?: unknown }) =>
	/(^|_)date($|_)/.test(name) || /yyyy-mm-dd/i.test(description) || /^\d{4}-\d{2}-\d{2}$/.test(String(example));

/** The values of an enumeration; some files tell them in the text only, between code marks. */
function valuesOf({ enum: given, description = '', type }: Schema): string[] {
	const [, told = ''] = /allowed values?(?: are| is)?:?(.*)/is.exec(type === 'string' ? description : '') ?? [];
	const words = [...told.matchAll(/<code>([^<]+)<\/code>/g)].flatMap(([, text = '']) => text.split(/,| and /));
	const values = (given ?? words).map((value) => String(value).trim()).filter((value) => /^[\w.\- ]+$/.test(value));
	return [...new Set(values)];
}

function typeOf(spec: Spec, name: string, schema: Schema, depth: number): Omit<DescribedField, 'name'> {
	const values = valuesOf(schema);
	if (values.length > 1 && schema.type !== 'array') return { type: 'choice', values };
	switch (schema.type) {
		case 'number':
		case 'integer':
			return { type: 'number' };
		case 'boolean':
			return { type: 'yesNo' };
		case 'array': {
			const rows = shapeOf(spec, schema.items ?? {});
			if (rows.type !== 'object' && !rows.properties) return { type: rows.type === 'array' ? 'json' : 'texts' };
			const fields = depth > 0 ? [] : fieldsOf(spec, rows, depth + 1);
			return fields.length > 0 ? { type: 'list', fields } : { type: 'json' };
		}
		case 'object': {
			const fields = depth > 0 ? [] : fieldsOf(spec, schema, depth + 1);
			return fields.length > 0 ? { type: 'object', fields } : { type: 'json' };
		}
		default:
			if (name.endsWith('_time')) return { type: 'moment' };
			return { type: isDay({ name, ...schema }) ? 'day' : 'text' };
	}
}

function fieldsOf(spec: Spec, schema: Schema, depth: number): DescribedField[] {
	return Object.entries(schema.properties ?? {})
		.map(([name, given]) => ({ name, ...typeOf(spec, name, shapeOf(spec, given), depth) }))
		.sort((one, other) => one.name.localeCompare(other.name));
}

function bodyOf(spec: Spec, operation: Operation | undefined): Schema | undefined {
	const [media] = Object.values(operation?.requestBody?.content ?? {});
	return media && shapeOf(spec, media.schema);
}

function parametersOf(spec: Spec, operation: Operation | undefined): Parameter[] {
	return (operation?.parameters ?? []).map((parameter) => resolved(spec, parameter)).filter((parameter) => parameter.in === 'query');
}

/** Zoho names the variants of a filter in its text: `date_start`, `date.start`, `bill_number_contains`; of accounts alone `account_name_starts_with`. */
function variantsOf({ name, description = '' }: Parameter): string[] {
	const found = [...description.matchAll(new RegExp(`\\b${name}[._](startswith|starts_with|ends_with|not_equal|contains|start|end|before|after|less_than|less_equals|greater_than|greater_equals)\\b`, 'g'))];
	return [...new Set(found.map(([, suffix]) => `${name}_${suffix}`))].sort();
}

function filterOf(spec: Spec, parameter: Parameter): DescribedField {
	const { name, schema = {}, description, example } = parameter;
	const variants = variantsOf(parameter);
	const type = typeOf(spec, name, { ...shapeOf(spec, schema), description, example }, 1);
	return { name, ...type, ...(variants.length > 0 && { variants }) };
}

/** Zoho tells the columns as values, or between code marks in the text. Those for custom fields are patterns. */
function columnsOf(spec: Spec, parameter: Parameter | undefined): string[] {
	if (!parameter) return [];
	const schema = shapeOf(spec, parameter.schema ?? {});
	const words = [...(parameter.description ?? '').matchAll(/<code>([^<]+)<\/code>/g)].flatMap(([, text = '']) => text.split(/,| and /));
	const columns = (schema.enum ?? words).map((column) => String(column).trim()).filter((column) => /^[a-z_]+$/.test(column));
	return [...new Set(columns)].sort();
}

/** Lines of create and update together: each of the two lacks some, such as the rate or the line's id. */
function withRowsOf({ fields = [] }: DescribedField, again: DescribedField): Pick<DescribedField, 'fields'> {
	if (fields.length === 0) return {};
	const others = (again.fields ?? []).filter(({ name }) => !fields.some((field) => field.name === name));
	return { fields: [...fields, ...others].sort((one, other) => one.name.localeCompare(other.name)) };
}

function describe(spec: Spec, list: string): DescribedResource {
	const [own] = Object.keys(spec.paths).filter((each) => each.startsWith(`${list}/{`) && each.split('/').length === list.split('/').length + 1);
	const { post, get } = spec.paths[list] ?? {};
	const create = bodyOf(spec, post);
	const update = bodyOf(spec, spec.paths[own ?? '']?.put);
	const created = create ? fieldsOf(spec, create, 0) : [];
	const updated = update ? fieldsOf(spec, update, 0) : [];
	const names = (fields: DescribedField[]) => new Set(fields.map(({ name }) => name));
	/** Some bodies hold the fields of their lines once more, beside the list. */
	const ofLines = names(updated.flatMap(({ fields = [] }) => [...fields]));
	const fields: DescribedField[] = [
		...created.map((field): DescribedField => {
			const again = updated.find(({ name }) => name === field.name);
			return again ? { ...field, ...withRowsOf(field, again) } : { ...field, only: 'create' };
		}),
		...updated.filter(({ name }) => !names(created).has(name) && !ofLines.has(name)).map((field): DescribedField => ({ ...field, only: 'update' })),
	].sort((one, other) => one.name.localeCompare(other.name));
	const parameters = parametersOf(spec, get);
	return {
		fields,
		required: [...(create?.required ?? [])].sort(),
		filters: parameters
			.filter(({ name }) => !notFilters.has(name))
			.map((parameter) => filterOf(spec, parameter))
			.sort((one, other) => one.name.localeCompare(other.name)),
		sortColumns: columnsOf(spec, parameters.find(({ name }) => name === 'sort_column')),
	};
}

/** TypeScript with one field on a line. */
function literal(value: unknown): string {
	if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(literal).join(', ')}]`;
	if (typeof value !== 'object' || value === null) return typeof value === 'string' ? `'${value}'` : String(value);
	return `{ ${Object.entries(value)
		.map(([key, each]) => `${key}: ${literal(each)}`)
		.join(', ')} }`;
}

const lines = (fields: readonly DescribedField[]) => (fields.length === 0 ? '[]' : `[\n${fields.map((field) => `\t\t${literal(field)},\n`).join('')}\t]`);

function sourceOf(name: string, file: string, { fields, required, filters, sortColumns }: DescribedResource): string {
	return `/** Written by scripts/generateBooks.mts from Zoho's ${file}.yml. Do not edit. */

import type { DescribedResource } from '../described';

export const ${name}: DescribedResource = {
	fields: ${lines(fields)},
	required: ${literal(required)},
	filters: ${lines(filters)},
	sortColumns: ${literal(sortColumns)},
};
`;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
	console.error('Say where Zoho\'s OpenAPI files lie: node scripts/generateBooks.mts <folder>');
	process.exit(1);
}
mkdirSync(target, { recursive: true });
for (const [name, file, list] of resources) {
	const spec = parse(readFileSync(path.join(folder, `${file}.yml`), 'utf8')) as Spec;
	const described = describe(spec, list);
	writeFileSync(path.join(target, `${name}.ts`), sourceOf(name, file, described));
	console.log(`${name.padEnd(16)} ${described.fields.length} fields, ${described.filters.length} filters, ${described.sortColumns.length} columns`);
}
