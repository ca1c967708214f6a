/** Cases of the operations that many resources have, made of what tells the resources apart. */

import type { IDataObject } from 'n8n-workflow';

import type { Row } from '../booksSupport.mts';
import { at, line, note, whole, type Case, type Cases, type Ids } from './case.mts';
import type { Maker } from './maker.mts';

export interface Thing {
	/** `/bills` */
	path: string;
	idField: string;
	/** The node's parameter for the record. */
	parameter: string;
	/** Makes a record; its id is `it`. */
	given(make: Maker): Promise<Ids>;
}

export function commonCases({ path, idField, parameter, given }: Thing) {
	const one = ({ it = '' }: Ids): IDataObject => at(parameter, it);
	const own = ({ it = '' }: Ids) => `${path}/${it}`;
	/** One call about the record. */
	const call = (method: string, below: string, puts: (ids: Ids) => Row, more: { given?: Case['given']; parameters?: (ids: Ids) => IDataObject; body?: unknown } = {}): Case => ({
		given: more.given ?? given,
		parameters: (ids) => ({ ...one(ids), ...more.parameters?.(ids) }),
		sends: (ids) => [[`${method} ${own(ids)}${below}`, more.body]],
		puts: (ids) => [puts(ids)],
	});
	const list = (below: string, puts: (ids: Ids) => object, before: Case['given'] = given): Case => ({
		given: before,
		parameters: (ids) => ({ ...one(ids), returnAll: true }),
		sends: (ids) => [[line('GET', own(ids) + below, whole)]],
		puts,
	});
	return {
		one,
		own,
		call,
		list,
		get: call('GET', '', ({ it = '' }) => ({ [idField]: it })),
		delete: call('DELETE', '', () => ({ deleted: true })),
		/** With filters and sorting as the form has them, and as they are sent. */
		getAll: (filters: IDataObject, sent: Record<string, string>, options: Record<string, string> = {}, before = given): Case => ({
			given: before,
			parameters: () => ({ returnAll: true, filters, options }),
			sends: () => [[line('GET', path, { ...sent, ...options, ...whole })]],
			puts: ({ it = '' }) => [{ [idField]: it }],
		}),
		/** Mark Sent, Mark Void, …; `from` is done to the record first. */
		mark: (status: string, { below = `/status/${status}`, from = [] }: { below?: string; from?: string[] } = {}): Case =>
			call('POST', below, () => ({ status }), { given: steps(given, path, from) }),
		act: (below: string, output: Row, from: string[] = []): Case => call('POST', below, () => output, { given: steps(given, path, from) }),
		approvals: (): Cases => ({
			submitForApproval: call('POST', '/submit', () => ({ status: 'pending_approval' })),
			approve: call('POST', '/approve', () => ({ status: 'approved' }), { given: steps(given, path, ['/submit']) }),
		}),
		comments: (listKey = 'comments'): Cases => {
			const withComment = async (make: Maker): Promise<Ids> => {
				const ids = await given(make);
				await make.call('POST', `${own(ids)}/comments`, { description: 'Called' });
				return { ...ids, comment: await make.first(`${own(ids)}/comments`, listKey, 'comment_id', { description: 'Called' }) };
			};
			return {
				addComment: call('POST', '/comments', () => ({ description: 'Paid soon' }), { parameters: () => ({ comment: 'Paid soon' }), body: { description: 'Paid soon' } }),
				deleteComment: {
					given: withComment,
					parameters: (ids) => ({ ...one(ids), commentId: ids.comment }),
					sends: (ids) => [[`DELETE ${own(ids)}/comments/${ids.comment ?? ''}`]],
					puts: () => [{ deleted: true }],
				},
				getComments: { ...list('/comments', ({ comment = '' }) => expect.arrayContaining([expect.objectContaining({ comment_id: comment, description: 'Called' })]) as object, withComment) },
			};
		},
		email: (): Case =>
			call('POST', '/email', () => ({ emailed: true }), {
				parameters: () => ({ emailTo: 'pat@example.com, sam@example.com', emailSubject: 'Hello', emailBody: 'Please see.' }),
				body: { to_mail_ids: ['pat@example.com', 'sam@example.com'], subject: 'Hello', body: 'Please see.' },
			}),
		customFields: (singular: string, body: unknown = note.sent, method = 'PUT'): Case => ({
			given,
			parameters: (ids) => ({ ...one(ids), customFields: note.form }),
			sends: ({ it = '' }) => [[`${method} ${singular}/${it}/customfields`, body]],
			puts: () => [{ custom_fields: note.sent }],
		}),
		/** Finds nothing under the unique value, so a record is made. */
		upsert: (before: Case['given'], parameters: (ids: Ids) => IDataObject, body: (ids: Ids) => Row): Case => ({
			given: before,
			parameters: (ids) => ({ uniqueField: 'cf_key', uniqueValue: 'K-1', ...parameters(ids) }),
			sends: (ids) => [[`PUT ${path}`, body(ids)]],
			headers: () => ({ 'x-unique-identifier-key': 'cf_key', 'x-unique-identifier-value': 'K-1', 'x-upsert': 'true' }),
			puts: () => [{ [idField]: expect.any(String) as string }],
		}),
		create: (before: Case['given'], parameters: (ids: Ids) => IDataObject, body: (ids: Ids) => Row, puts: Row = {}, query = {}): Case => ({
			given: before,
			parameters,
			sends: (ids) => [[line('POST', path, query), body(ids)]],
			puts: () => [{ [idField]: expect.any(String) as string, ...puts }],
		}),
		update: (fields: IDataObject, body: Row, puts: Row = body): Case => ({
			given,
			parameters: (ids) => ({ ...one(ids), fields }),
			sends: (ids) => [[`PUT ${own(ids)}`, body]],
			puts: ({ it = '' }) => [{ [idField]: it, ...puts }],
		}),
	};
}

function steps(given: Thing['given'], path: string, below: string[]): Thing['given'] {
	return async (make) => {
		const ids = await given(make);
		for (const step of below) await make.call('POST', `${path}/${ids.it ?? ''}${step}`);
		return ids;
	};
}

/** What was paid back of a payment or credit. */
export function refundCases(
	{ path, parameter }: Pick<Thing, 'path' | 'parameter'>,
	{ given, listKey, account, idField }: { given: Thing['given']; listKey: string; account: string; idField: string },
): Cases {
	const one = ({ it }: Ids) => at(parameter, it);
	const refunds = ({ it = '' }: Ids) => `${path}/${it}/refunds`;
	const form = ({ bank }: Ids) => ({ refundAmount: 5, refundDate: '2026-07-02T00:00:00', refundAccountId: bank, fields: { refund_mode: 'cash' } });
	const body = ({ bank }: Ids) => ({ amount: 5, date: '2026-07-02', [account]: bank, refund_mode: 'cash' });
	const refunded = async (make: Maker): Promise<Ids> => {
		const ids = await given(make);
		await make.call('POST', refunds(ids), { amount: 2, date: '2026-07-02', refund_mode: 'cash', [account]: ids.bank });
		return { ...ids, refund: await make.first(refunds(ids), listKey, idField) };
	};
	return {
		createRefund: { given, parameters: (ids) => ({ ...one(ids), ...form(ids) }), sends: (ids) => [[`POST ${refunds(ids)}`, body(ids)]], puts: () => [{ amount: 5 }] },
		deleteRefund: { given: refunded, parameters: (ids) => ({ ...one(ids), refundId: ids.refund }), sends: (ids) => [[`DELETE ${refunds(ids)}/${ids.refund ?? ''}`]], puts: () => [{ deleted: true }] },
		getRefund: {
			given: refunded,
			parameters: (ids) => ({ ...one(ids), refundId: ids.refund }),
			sends: (ids) => [[`GET ${refunds(ids)}/${ids.refund ?? ''}`]],
			puts: ({ refund }) => [{ [idField]: refund, amount: 2 }],
		},
		getRefunds: { given: refunded, parameters: (ids) => ({ ...one(ids), returnAll: true }), sends: (ids) => [[line('GET', refunds(ids), whole)]], puts: ({ refund }) => [{ [idField]: refund }] },
		updateRefund: {
			given: refunded,
			parameters: (ids) => ({ ...one(ids), refundId: ids.refund, ...form(ids) }),
			sends: (ids) => [[`PUT ${refunds(ids)}/${ids.refund ?? ''}`, body(ids)]],
			puts: () => [{ amount: 5 }],
		},
	};
}
