/**
 * One delivery as it came over the wire. Everything in it is unproven: nothing here throws, logs or trusts.
 */

import type { IWebhookFunctions } from 'n8n-workflow';

import { isObject } from '../../../zoho/json';
import type { SignedParameters } from '../../../zoho/signature';

export interface Delivery {
	/** Decoded; a parameter that occurs several times has a list. */
	query: SignedParameters;
	/** Empty unless the body is a form. */
	form: SignedParameters;
	isForm: boolean;
	/** The bytes as they came. */
	rawBody: Buffer;
	/** Lower-case name. */
	header(name: string): string | undefined;
}

/**
 * Zoho's own limit for a webhook body is 100,000 characters; a notification of 100 records stays far below.
 */
const largestBody = 2 * 1024 * 1024;

/** undefined when there is no body, or one that Zoho would never send. */
export async function readDelivery(context: IWebhookFunctions): Promise<Delivery | undefined> {
	const request = context.getRequestObject();
	// n8n reads the body itself for the content types that Zoho sends; it leaves others to the node.
	if (!Buffer.isBuffer(request.rawBody) && typeof request.readRawBody === 'function')
		await request.readRawBody();
	const rawBody: unknown = request.rawBody;
	if (!Buffer.isBuffer(rawBody) || rawBody.length === 0 || rawBody.length > largestBody) return undefined;
	const headers = context.getHeaderData();
	const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
	const address = request.originalUrl ?? request.url ?? '';
	const queryText = address.includes('?') ? address.slice(address.indexOf('?') + 1) : '';
	return {
		query: parameters(queryText),
		form: isForm ? parameters(rawBody.toString('utf8')) : {},
		isForm,
		rawBody,
		header: (name) => {
			const value = headers[name];
			return typeof value === 'string' ? value : undefined;
		},
	};
}

/** The value of a parameter that must occur once; '' otherwise. */
export function single(values: SignedParameters, name: string): string {
	const value = Object.hasOwn(values, name) ? values[name] : '';
	return typeof value === 'string' ? value : '';
}

/**
 * Parses JSON without rounding: whole numbers that JavaScript cannot hold (ids of 19 digits) become their
 * text.
 */
export function parseJson(json: string): unknown {
	// `source` came to JSON.parse with Node 21; TypeScript does not know it yet.
	const keepDigits = (_key: string, value: unknown, context?: { source?: string }): unknown =>
		typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
			? context?.source
			: value;
	try {
		return JSON.parse(json.charCodeAt(0) === 0xfeff ? json.slice(1) : json, keepDigits);
	} catch {
		return undefined;
	}
}

/**
 * The JSON that a delivery holds: its body, or the form field of that name (older Books webhooks send a
 * form).
 */
export function jsonOf(
	delivery: Delivery,
	formFields: readonly string[],
): Record<string, unknown> | undefined {
	const json = delivery.isForm
		? formFields.map((field) => single(delivery.form, field)).find((value) => value !== '')
		: delivery.rawBody.toString('utf8');
	const value = parseJson(json ?? '');
	return isObject(value) ? value : undefined;
}

function parameters(encoded: string): SignedParameters {
	// No prototype: a parameter may be called `__proto__`.
	const values = Object.create(null) as SignedParameters;
	for (const [name, value] of new URLSearchParams(encoded)) {
		const earlier = values[name];
		values[name] = earlier === undefined ? value : [earlier, value].flat();
	}
	return values;
}
