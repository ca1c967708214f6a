/** The fields of the chosen module, as dropdowns and forms need them. */

import type { FieldType, ILoadOptionsFunctions, INodePropertyOptions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import { listFields } from '../../../zoho/crm/metadata';
import { systemCheckFields } from '../../../zoho/crm/records';
import { asArray, asObject, isObject, objectsOf, text } from '../../../zoho/json';
import type { JsonObject } from '../../../zoho/types';
import { connect } from '../../shared/connection';
import { toNodeError } from '../../shared/errors';

async function fieldsOf(context: ILoadOptionsFunctions, module = text(context.getNodeParameter('module', '', { extractValue: true }))): Promise<JsonObject[]> {
	if (module === '') return [];
	return await connect(context, 'crm')
		.then(async (client) => await listFields(client, module))
		.catch((error: unknown) => Promise.reject(toNodeError(context.getNode(), error)));
}

export function optionOf(field: JsonObject): INodePropertyOptions {
	const apiName = text(field.api_name);
	return { name: text(field.field_label) || apiName, value: apiName, description: apiName };
}

export function byName(one: INodePropertyOptions, other: INodePropertyOptions): number {
	return one.name.localeCompare(other.name);
}

export async function getReadableFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return (await fieldsOf(this)).map(optionOf).sort(byName);
}

/** Those of one of Zoho's data types. */
export async function getFieldsOfKind(this: ILoadOptionsFunctions, kind: string): Promise<INodePropertyOptions[]> {
	return (await fieldsOf(this)).filter((field) => text(field.data_type) === kind).map(optionOf).sort(byName);
}

/** The unique fields, and those by which Zoho CRM's own system checks duplicates. */
export async function getUniqueFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const isUnique = ({ unique }: JsonObject) => unique === true || (isObject(unique) && Object.keys(unique).length > 0);
	const fields = await fieldsOf(this);
	return fields.filter((field) => isUnique(field) || systemCheckFields.includes(text(field.api_name))).map(optionOf).sort(byName);
}

/** How n8n's form shows Zoho's data types; everything else is text. */
const formTypes: Record<string, FieldType> = {
	boolean: 'boolean',
	currency: 'number',
	double: 'number',
	integer: 'number',
	percent: 'number',
	datetime: 'dateTime',
	picklist: 'options',
	multiselectpicklist: 'array',
	lookup: 'object',
	ownerlookup: 'object',
	subform: 'array',
	multiselectlookup: 'array',
};

/** For the form of the write operations: every field that the API may write. */
export async function getWritableFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	return formOf(await fieldsOf(this));
}

/** What CRM demands of the Deal that a Lead is converted into. */
const demandedOfDeals = ['Closing_Date', 'Pipeline', 'Stage'];
/** Set by the conversion. */
const setByConversion = ['Account_Name', 'Contact_Name', 'Owner'];

/** For the form of the Deal that a Lead is converted into. */
export async function getDealFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const fields = await fieldsOf(this, 'Deals');
	const shown = fields.filter((field) => !setByConversion.includes(text(field.api_name)));
	return formOf(shown.map((field) => (demandedOfDeals.includes(text(field.api_name)) ? { ...field, system_mandatory: true } : field)));
}

function formOf(given: JsonObject[]): ResourceMapperFields {
	const fields = given.filter((field) => {
		const may = asObject(field.operation_type);
		return field.read_only !== true && (may.api_create !== false || may.api_update !== false);
	});
	return { fields: fields.map(formField).sort((one, other) => Number(other.required) - Number(one.required) || one.displayName.localeCompare(other.displayName)) };
}

/** What the form cannot show of a kind. */
const formHints: Record<string, string> = {
	subform: ' (JSON list of rows)',
	multiselectlookup: ' (JSON list)',
	multiselectpicklist: ' (JSON list of choices)',
	lookup: ' (JSON with ID)',
	ownerlookup: ' (JSON with ID)',
};

function formField(field: JsonObject): ResourceMapperField {
	const type = formTypes[text(field.data_type)] ?? 'string';
	return {
		id: text(field.api_name),
		displayName: (text(field.field_label) || text(field.api_name)) + (formHints[text(field.data_type)] ?? ''),
		// Rows of a subform have a form of their own, Line Items: n8n would ask for them here, too.
		required: field.system_mandatory === true && field.data_type !== 'subform',
		defaultMatch: false,
		display: true,
		type,
		...(type === 'options' && {
			options: objectsOf(asArray(field.pick_list_values)).map((value) => ({
				name: text(value.display_value),
				value: text(value.actual_value),
			})),
		}),
	};
}
