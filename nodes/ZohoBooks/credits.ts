/** Credits that pay documents. Sources: Books v3 "Credit to an invoice", "Apply credits to a bill" of vendor credits and of bills. */

import type { INodeProperties } from 'n8n-workflow';

import type { JsonObject, JsonValue } from '../../zoho/types';
import { GivenError } from '../shared/given';
import { entries, field, numberField } from './formFields';
import type { Kind, KindOperation } from './kind';
import type { operationsOf } from './operations';
import { plainRows } from './record';
import { callTo, says } from './resource';

export interface Credit {
	name: string;
	value: string;
	description: string;
	action: string;
	/** Below the record: `/invoices`. */
	below: string;
	/** The lists of the body, by Zoho's name, each with what it pays or is paid from. */
	lists: Array<{ key: string; displayName: string; id: INodeProperties }>;
}

/** Shares amounts out, a part to each document. */
export function applyOperation({ books, id }: Kind, has: ReturnType<typeof operationsOf>, { below, lists, ...words }: Credit): KindOperation {
	const parameterOf = (key: string) => `applied_${key}`;
	return has.called(
		words,
		callTo(books, 'POST', `${books.path}/{${id.name}}${below}`, {
			body: (read) => {
				const given = lists.map(({ key }) => [key, plainRows(read(parameterOf(key), {}) as JsonValue)] as const);
				const filled = given.filter(([, rows]) => rows.length > 0);
				if (filled.length > 0) return Object.fromEntries(filled) as JsonObject;
				throw new GivenError('Nothing is to be applied', 'Add at least one entry with its ID and the amount.');
			},
			answer: says({ applied: true }),
		}),
		['id'],
		lists.map(({ key, displayName, id: which }) => entries(displayName, parameterOf(key), 'entry', [numberField('Amount Applied', 'amount_applied'), which])),
	);
}

/** Takes such a share back. */
export function unapplyOperation(
	{ books, id, one }: Kind,
	has: ReturnType<typeof operationsOf>,
	{ from, below }: { /** `an invoice` */ from: string; below: string },
): KindOperation {
	const noun = from.replace(/^an? /, '');
	const label = noun.charAt(0).toUpperCase() + noun.slice(1);
	return has.called(
		{
			name: `Remove From ${label}`,
			value: `removeFrom${label}`,
			description: `Take what was applied to ${from} back`,
			action: `Remove ${one} from ${from}`,
		},
		callTo(books, 'DELETE', `${books.path}/{${id.name}}${below}/{applicationId}`, { answer: says({ deleted: true }) }),
		['id'],
		[field('Application ID', 'applicationId', { required: true, description: `Of what was applied: see the list of its ${noun}s` })],
	);
}
