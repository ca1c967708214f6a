import {
	createDocument,
	deleteDocument,
	emailDocument,
	getDocument,
	noted,
	setCustomFields,
	updateDocument,
} from './documentCalls.mts';
import { bodyFields, emailFields } from './documentFields.mts';
import { type Kind, kinds, type Status } from './documentKinds.mts';
import { documentList } from './documentList.mts';
import { stateWords } from './documentWords.mts';
import { paymentOfInvoice } from './paymentRender.mts';
import { type BooksRoute, id, success } from './route.mts';
import { listed, parametersOf } from './rows.mts';

/** A route below one document; what acts on a document without changing its fields takes the scope for creating, as Zoho's files say. */
export const below = (
	kind: Kind,
	method: BooksRoute['method'],
	path: string,
	answer: BooksRoute['answer'],
	fields?: readonly string[],
): BooksRoute => ({
	method,
	path: `/${kinds[kind].list}/{}${path}`,
	scope: `${kinds[kind].scope}.${{ GET: 'READ', POST: 'CREATE', PUT: 'UPDATE', DELETE: 'DELETE' }[method]}`,
	answer,
	...(fields && { fields }),
});

function emailRoutes(kind: Kind): BooksRoute[] {
	return kinds[kind].answers.email === undefined
		? []
		: [below(kind, 'POST', '/email', (call) => emailDocument(call, kind), emailFields)];
}

function customFieldRoutes(kind: Kind): BooksRoute[] {
	const [method, path] = kinds[kind].customFields ?? [];
	if (method === undefined) return [];
	const fields = method === 'POST' ? ['custom_fields'] : [];
	return [
		{
			...below(kind, method, '', (call) => setCustomFields(call, kind), fields),
			path: `${path}/{}/customfields`,
		},
	];
}

/** What every kind has: list, records, states, custom fields, and email where it can be sent. Methods, paths and scopes after Zoho's OpenAPI files. */
export function routesOf(kind: Kind): BooksRoute[] {
	const { list, scope, answers, moves } = kinds[kind];
	const path = `/${list}`;
	return [
		{
			method: 'GET',
			path,
			scope: `${scope}.READ`,
			query: (org) => [
				...parametersOf(documentList(org, kind)),
				...(kind === 'invoice' ? ['response_option'] : []),
			],
			answer: (call) => success(listed(call, call.org.documents.of(kind), documentList(call.org, kind))),
		},
		{
			method: 'POST',
			path,
			scope: `${scope}.CREATE`,
			query: ['ignore_auto_number_generation', 'send'],
			fields: bodyFields[kind],
			answer: (call) => createDocument(call, kind),
		},
		{
			...below(kind, 'GET', '', (call) => getDocument(call, kind)),
			...(kinds[kind].isPrinted && { query: ['accept', 'print'] }),
		},
		{
			...below(kind, 'PUT', '', (call) => updateDocument(call, kind), bodyFields[kind]),
			query: ['ignore_auto_number_generation'],
		},
		below(kind, 'DELETE', '', (call) => deleteDocument(call, kind)),
		...(Object.keys(moves) as Status[]).map((status) =>
			below(kind, 'POST', `/status/${status}`, (call) => {
				noted(call, call.org.documents.setStatus(id(call), status, kind));
				return success({}, stateWords(kind, status), answers.state);
			}),
		),
		...emailRoutes(kind),
		...customFieldRoutes(kind),
	];
}

/** Invoices and estimates; `orderRoutes.mts` has the other kinds, and what all kinds have beside this. */
export const documentRoutes: readonly BooksRoute[] = [
	...routesOf('invoice'),
	...routesOf('estimate'),
	below('invoice', 'GET', '/payments', (call) => {
		const invoice = call.org.documents.get(id(call), 'invoice');
		const payments = call.org.payments
			.of(invoice.id)
			.map(({ payment, applied }) => paymentOfInvoice(payment, applied));
		return success({ payments });
	}),
];
