/** What the node's parameters say about each input item. */

import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { getPath, isBlank, isObject, setPath } from '../../sync/fields';
import { isFromPayload } from '../../sync/fold';
import { companyField, linkField, markField, upkeepFields } from '../../sync/mark';
import { itemKind, vendorKind, type BooksItem, type CrmItem, type FlatKind, type PlanOptions } from '../../sync/plan';
import type { ConflictPolicy, Fields, Json, JsonObject, MatchRule } from '../../sync/types';
import { readBooksRecord } from './booksSource';
import { objectFrom, withWholeNumbers } from '../shared/given';

/** Choices that hold for the whole run; read at the first item. */
export interface MatchSettings extends PlanOptions {
	newOnlyFields: string[];
	/** Nothing is written to Books after this: the results are only looked at. */
	dryRun: boolean;
	/** Name of the run that reads the whole module once; absent: only what the items look for is read. */
	wholeModuleFor?: string;
}

/** An item on its way to CRM, with the module it belongs to. */
export interface CrmInput {
	module: string;
	item: CrmItem;
	newOnly: Fields;
}

export interface BooksInput {
	item: BooksItem;
	newOnly: Fields;
	/** Set where the CRM record is the only one that makes up its Books record. */
	flat?: FlatKind;
}

const vendorsModule = 'Vendors';

/** Options of the node. `policy` may be an expression; it is read once, for all items alike. */
export function readSettings(context: IExecuteFunctions): MatchSettings {
	const options = context.getNodeParameter('options', 0, {});
	return {
		policy: context.getNodeParameter('policy', 0) as ConflictPolicy,
		overwriteBlank: options.overwriteBlank === true,
		newOnlyFields: listFrom(options.newOnlyFields),
		emptyFields: listFrom(options.emptyFields),
		subformCheck: listFrom(options.subformCheck),
		// In the editor a step is tried again and again, and nothing may come after it.
		dryRun: options.dryRun === true || context.getMode() === 'manual',
		...(typeof options.markLimit === 'number' ? { markLimit: options.markLimit } : {}),
		...(isBlank(options.wholeModuleFor as Json) ? {} : { wholeModuleFor: text(options.wholeModuleFor as Json) }),
	};
}

/** `a, b` → both. */
function listFrom(value: unknown): string[] {
	return String(value ?? '')
		.split(',')
		.map((field) => field.trim())
		.filter(Boolean);
}

/** Throws a NodeOperationError that names the parameter when the item does not tell what is needed. */
export function readCrmInput(
	context: IExecuteFunctions,
	inputIndex: number,
	settings: MatchSettings,
): CrmInput {
	const source = readSource(context, inputIndex);
	const books = readBooksRecord(source);
	const rules = readRules(context, inputIndex);
	const { record, newOnly } = splitRecord(context, inputIndex, settings);
	const item: CrmItem = {
		inputIndex,
		record,
		rules,
		link: linkOf(rules) || books.id,
		source: books.source,
		sourceFields: books.sourceFields,
		...(books.booksParent ? { booksParent: books.booksParent } : {}),
		...(books.modified ? { sourceModified: books.modified } : {}),
		...(isFromPayload(source) && { fromPayload: true }),
	};
	const module = text(context.getNodeParameter('module', inputIndex, '', { extractValue: true }));
	if (module === '')
		throw problem(context, inputIndex, 'No CRM module is chosen', 'Choose one under "Module".');
	return { module, item, newOnly };
}

/** As `readCrmInput`. The company of a person carries its link where the source record brings it (`Account_Name.Zoho_Books_ID`). */
export function readBooksInput(
	context: IExecuteFunctions,
	inputIndex: number,
	settings: MatchSettings,
): BooksInput {
	const source = readSource(context, inputIndex);
	const { record, newOnly } = splitRecord(context, inputIndex, settings);
	const module = moduleOf(context, inputIndex, source);
	if (isBlank(source.id)) {
		throw problem(
			context,
			inputIndex,
			'The source record has no "id"',
			'Let "Source Record" give the CRM record as CRM returned it.',
		);
	}
	for (const field of [linkField, markField]) {
		if (field in source) continue;
		throw problem(
			context,
			inputIndex,
			`The source record (${module} ${text(source.id)}) does not bring the field ${field}`,
			`Read ${field} with the record: add it to the fields of the trigger or of the Zoho CRM node. If CRM does not have the field yet, run the template "Set up the sync".`,
		);
	}
	const isItem = context.getNodeParameter('booksResource', 0, 'contact') === 'item';
	const standsFor = isItem ? 'contact' : personOrContact(context, inputIndex, module);
	// Without it Books makes a customer.
	if (!isItem && module === vendorsModule && isBlank(record.contact_type)) record.contact_type = 'vendor';
	const item: BooksItem = {
		inputIndex,
		record,
		rules: readRules(context, inputIndex),
		module,
		standsFor,
		source,
		sourceFields: Object.keys(source).filter((key) => !upkeepFields.has(key) && !/^[_$]|\./.test(key)),
	};
	if (!isBlank(source.Modified_Time)) item.sourceModified = text(source.Modified_Time);
	const accountId = standsFor === 'person' ? text(getPath(source, companyField)) : '';
	if (accountId !== '') item.account = { id: accountId, link: companyLink(source) ?? '' };
	if (isItem) return { item, newOnly, flat: itemKind };
	return isVendor(item) ? { item, newOnly, flat: vendorKind } : { item, newOnly };
}

/** A vendor stands for its Books contact together with the primary person in it, whose fields its mapping brings. */
function isVendor({ module, record, standsFor }: BooksItem): boolean {
	const isWhole = module === vendorsModule || !isBlank(record.contact_persons);
	return standsFor === 'contact' && record.contact_type === 'vendor' && isWhole;
}

/** The company's link in the source record; undefined when the record does not bring it. */
export function companyLink(source: JsonObject): string | undefined {
	const link = getPath(source, `${companyField}.${linkField}`);
	return link === undefined ? undefined : text(link);
}

function readSource(context: IExecuteFunctions, inputIndex: number): JsonObject {
	const source = objectFrom(context.getNodeParameter('sourceRecord', inputIndex, ''));
	if (source && Object.keys(source).length > 0) return withWholeNumbers(source);
	throw problem(
		context,
		inputIndex,
		'"Source Record" gives no record for this item',
		"Use an expression that gives the record before the mapping, for example {{ $('When a Books contact changes').item.json }}.",
	);
}

function readRules(context: IExecuteFunctions, inputIndex: number): MatchRule[] {
	const rows = context.getNodeParameter('rules.rule', inputIndex, []);
	if (!Array.isArray(rows)) return [];
	return rows.flatMap((row: unknown): MatchRule[] => {
		if (!isObject(row)) return [];
		const kind = row.kind as MatchRule['kind'];
		const field = kind === 'recordId' ? idFieldOf(context) : text(row.field);
		if (field === '')
			throw problem(
				context,
				inputIndex,
				'A rule under "Match By" has no target field',
				'Fill in its field, or remove it.',
			);
		return [{ kind, field, value: row.value }];
	});
}

function idFieldOf(context: IExecuteFunctions): string {
	if (context.getNodeParameter('target', 0) !== 'books') return 'id';
	return context.getNodeParameter('booksResource', 0, 'contact') === 'item' ? 'item_id' : 'contact_id';
}

/** What a rule of kind external ID says is to go into the link field of the CRM record; '' without such a rule: the source's own id. */
function linkOf(rules: MatchRule[]): string {
	const rule = rules.find(({ kind, field }) => kind === 'externalId' && field === linkField);
	return rule && !isBlank(rule.value) ? text(rule.value) : '';
}

function moduleOf(context: IExecuteFunctions, inputIndex: number, source: JsonObject): string {
	const module =
		text(context.getNodeParameter('sourceModule', inputIndex, '')) ||
		text(getPath(source, '_event.resource'));
	if (module !== '') return module;
	throw problem(
		context,
		inputIndex,
		'It is not known which CRM module the source record is from',
		'Fill in "Source Module".',
	);
}

function personOrContact(
	context: IExecuteFunctions,
	inputIndex: number,
	module: string,
): BooksItem['standsFor'] {
	const choice = context.getNodeParameter('standsFor', inputIndex, 'auto');
	if (choice === 'person' || choice === 'contact') return choice;
	return module === 'Contacts' ? 'person' : 'contact';
}

/** The mapped record, and apart from it the fields that only a new record gets. */
function splitRecord(
	context: IExecuteFunctions,
	inputIndex: number,
	{ newOnlyFields }: MatchSettings,
): { record: JsonObject; newOnly: Fields } {
	const record = structuredClone(
		withWholeNumbers(context.getInputData()[inputIndex]?.json ?? {}),
	) as JsonObject;
	const newOnly: Fields = {};
	for (const path of newOnlyFields) {
		const value = getPath(record, path);
		if (value === undefined) continue;
		newOnly[path] = value;
		setPath(record, path, undefined);
	}
	return { record, newOnly };
}

export function problem(
	context: IExecuteFunctions,
	itemIndex: number,
	message: string,
	description: string,
): NodeOperationError {
	return new NodeOperationError(context.getNode(), message, { itemIndex, description });
}

function text(value: Json | object): string {
	return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
