/** Statements of a bank that are brought into Books. Sources: Books v3 "Import a bank/credit card statement", "Get last imported statement", "Delete last imported statement". */

import type { INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../../zoho/types';
import { dayField, entries, field } from './formFields';
import type { Kind, KindOperation } from './kind';
import type { operationsOf } from './operations';
import { plainRows, readForm } from './record';
import { callTo, says } from './resource';

const side = field('Debit or Credit', 'debit_or_credit', {
	type: 'options',
	options: [
		{ name: 'Credit', value: 'credit' },
		{ name: 'Debit', value: 'debit' },
	],
	default: 'credit',
});

const transactions: INodeProperties = {
	...entries('Transactions', 'transactions', 'transaction', [
		field('Amount', 'amount'),
		dayField('Date', 'date'),
		side,
		field('Description', 'description'),
		field('Payee', 'payee'),
		field('Reference Number', 'reference_number'),
		field('Transaction ID', 'transaction_id', { description: 'An ID of your own, by which the transaction is known' }),
	]),
	required: true,
};

/** *Delete*, *Get Last* and *Import*. */
export function bankStatementOperations({ books, id }: Kind, has: ReturnType<typeof operationsOf>): KindOperation[] {
	const path = `${books.path}/{${id.name}}/statement`;
	return [
		has.called(
			{ name: 'Delete Statement', value: 'deleteStatement', description: 'Delete the statement that was imported last', action: 'Delete a statement of a bank account' },
			callTo(books, 'DELETE', `${path}/{statementId}`, { answer: says({ deleted: true }) }),
			['id'],
			[field('Statement ID', 'statementId', { required: true, description: 'As Get Last Statement tells it' })],
		),
		has.called(
			{ name: 'Get Last Statement', value: 'getLastStatement', description: 'Get the statement that was imported last, with its transactions', action: 'Get the last statement of a bank account' },
			callTo({ ...books, recordKey: 'statement' }, 'GET', `${path}/lastimported`),
			['id'],
		),
		has.called(
			{ name: 'Import Statement', value: 'importStatement', description: 'Bring transactions of a bank into Zoho Books', action: 'Import a statement of a bank account' },
			callTo(books, 'POST', '/bankstatements', {
				body: (read, idOf): JsonObject => ({
					account_id: idOf(id.name),
					...readForm(read, { start_date: 'startDate', end_date: 'endDate' }),
					transactions: plainRows(read('transactions', {}) as JsonObject),
				}),
				answer: async (client, call) => {
					await client.request(call);
					return [{ account_id: (call.body as JsonObject).account_id, imported: true }];
				},
			}),
			['id'],
			[transactions, dayField('Start Date', 'startDate'), dayField('End Date', 'endDate')],
		),
	];
}
