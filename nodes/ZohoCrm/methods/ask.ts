/** What the methods behind lists and dropdowns have in common. */

import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { ZohoClient } from '../../../zoho/client';
import { text } from '../../../zoho/json';
import { connect } from '../../shared/connection';
import { toNodeError } from '../../shared/errors';

/** What stands in another field of the node; '' while nothing does. */
export function chosen(context: ILoadOptionsFunctions, name: string): string {
	return text(context.getNodeParameter(name, '', { extractValue: true })).trim();
}

/** Failures come as n8n shows them. */
export async function ask<Result>(context: ILoadOptionsFunctions, read: (client: ZohoClient) => Promise<Result>): Promise<Result> {
	return await connect(context, 'crm')
		.then(read)
		.catch((error: unknown) => Promise.reject(toNodeError(context.getNode(), error)));
}
