/** What is paid back of a payment or credit. Sources: Books v3 "Refund an excess customer payment", "Refund credit note", "Refund a vendor credit". */

import type { INodeProperties } from 'n8n-workflow';

import { asObject, isObject, objectsOf } from '../../zoho/json';
import type { JsonObject } from '../../zoho/types';
import type { ReadParameter } from '../shared/declarative';
import { dayField, field, numberField } from './formFields';
import type { Kind, KindOperation } from './kind';
import { accountField } from './locators';
import type { operationsOf } from './operations';
import { readForm } from './record';
import { callTo, says } from './resource';

export interface Refunds {
	/** Key of the rows in the list; the one refund is under the same without its last letter, or under this one. */
	listKey: string;
	/** The account that the money leaves or comes back to, as Zoho names it here. */
	account: 'from_account_id' | 'account_id' | 'to_account_id';
}

const refundId = field('Refund ID', 'refundId', { required: true, placeholder: 'e.g. 460000000026051' });

const refundForm: INodeProperties[] = [
	{ ...accountField('Account Name or ID', 'refundAccountId'), required: true },
	{ ...numberField('Amount', 'refundAmount'), required: true },
	{ ...dayField('Date', 'refundDate'), required: true },
	{
		displayName: 'Additional Fields',
		name: 'fields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [
			field('Description', 'description'),
			numberField('Exchange Rate', 'exchange_rate'),
			field('Reference Number', 'reference_number'),
			field('Refund Mode', 'refund_mode', { placeholder: 'e.g. cash' }),
		],
	},
];

/** *Create*, *Delete*, *Get*, *Get Many* and *Update* for the refunds of a record. */
export function refundOperations(kind: Kind, has: ReturnType<typeof operationsOf>, { listKey, account }: Refunds): KindOperation[] {
	const { books, one, id } = kind;
	const list = { ...books, label: 'Refund', listKey };
	const path = `${books.path}/{${id.name}}/refunds`;
	const body = (read: ReadParameter): JsonObject => readForm(read, { amount: 'refundAmount', date: 'refundDate', [account]: 'refundAccountId' });
	const words = (verb: string, description: string) => ({
		name: `${verb} Refund`,
		value: `${verb.toLowerCase()}Refund`,
		description,
		action: `${verb} a refund of ${one}`,
	});
	/** Zoho's descriptions name the one refund in the plural here and there; both are taken. */
	const answer: NonNullable<Parameters<typeof callTo>[3]>['answer'] = async (client, call) => {
		const reply = asObject((await client.request(call)).body);
		const refund = reply[listKey.slice(0, -1)] ?? reply[listKey];
		return isObject(refund) ? [refund] : objectsOf(refund);
	};
	return [
		has.called(words('Create', `Pay back what is not used of ${one}`), callTo(list, 'POST', path, { body, answer }), ['id'], refundForm),
		has.called(
			words('Delete', `Delete a refund of ${one} permanently`),
			callTo(list, 'DELETE', `${path}/{refundId}`, { answer: says({ deleted: true }) }),
			['id'],
			[refundId],
		),
		has.called(words('Get', `Get one refund of ${one}`), callTo(list, 'GET', `${path}/{refundId}`, { answer }), ['id'], [refundId]),
		has.listOfRecord(
			{ name: 'Get Refunds', value: 'getRefunds', description: `Get what was paid back of ${one}`, action: `Get refunds of ${one}` },
			list,
			'/refunds',
		),
		has.called(words('Update', `Change a refund of ${one}`), callTo(list, 'PUT', `${path}/{refundId}`, { body, answer }), ['id'], [refundId, ...refundForm]),
	];
}
