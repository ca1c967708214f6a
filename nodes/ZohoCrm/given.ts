/** Records as people give them to the node: as JSON, or in a form that shows the fields of a module. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { toCrmTime } from '../../zoho/dates';
import { asObject, text } from '../../zoho/json';
import type { JsonObject } from '../../zoho/types';
import { recordFrom } from '../shared/given';
import { momentOf } from '../shared/instants';

/** @throws GivenError when it is no object, or holds a number that has lost digits */
export function recordFromJson(context: IExecuteFunctions, name: string, index: number): JsonObject {
	return withZohoTimes(recordFrom(context.getNodeParameter(name, index)));
}

/**
 * What stands in a resource mapper. It gives null for fields that were added but left empty: those are not sent. A null in the input item empties the field.
 * @throws GivenError when a number has lost digits
 */
export function recordFromForm(context: IExecuteFunctions, name: string, index: number): JsonObject {
	const isAuto = context.getNodeParameter(`${name}.mappingMode`, index, 'defineBelow') === 'autoMapInputData';
	if (isAuto) return withZohoTimes(recordFrom({ ...context.getInputData()[index]?.json }));
	const values = asObject(context.getNodeParameter(`${name}.value`, index, {}));
	return withZohoTimes(recordFrom(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined))));
}

/** A choice of fields: a list, or comma-separated from an expression. */
export function fieldList(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(text) : text(value).split(',');
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The form gives times as objects, which would be sent with milliseconds: Zoho's pages know times without only. */
function withZohoTimes(record: JsonObject): JsonObject {
	const values = Object.entries(record).map(([name, value]) => {
		const moment = momentOf(value);
		return [name, moment === undefined ? value : toCrmTime(moment)] as const;
	});
	return Object.fromEntries(values);
}
