import { noted } from './documentCalls.mts';
import type { Document } from './documentBody.mts';
import { type Kind, kinds } from './documentKinds.mts';
import { below } from './documentRoutes.mts';
import { answerFile, dropFile, fileOf, keepFile, withTables } from './files.mts';
import { setAddress, templatesOf, useTemplate } from './paper.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';

/** Files, addresses and PDF templates of documents. Methods, paths, scopes and statuses after Zoho's OpenAPI files. */

const find = (call: BooksCall, kind: Kind): Document => call.org.documents.get(id(call), kind);

const lines = ['address', 'city', 'state', 'zip', 'country', 'fax'];

/** Lines that an address can have beside the usual ones. */
const addresses: Partial<Record<Kind, { billing: readonly string[]; shipping?: readonly string[] }>> = {
	invoice: { billing: [], shipping: ['street2'] },
	estimate: { billing: [], shipping: [] },
	salesorder: { billing: ['attention', 'phone', 'is_one_off_address', 'is_update_customer', 'is_verified'], shipping: ['attention', 'is_one_off_address', 'is_update_customer', 'is_verified'] },
	creditnote: { billing: [], shipping: [] },
	purchaseorder: { billing: ['attention', 'is_update_customer'] },
	bill: { billing: ['attention', 'is_update_customer'] },
};

function addressRoutes(kind: Kind): BooksRoute[] {
	const { billing, shipping } = addresses[kind] ?? {};
	const route = (which: 'billing' | 'shipping', more: readonly string[]) => {
		const names = [...lines, ...more];
		return below(
			kind,
			'PUT',
			`/address/${which}`,
			(call) => {
				const document = find(call, kind);
				const body = call.body();
				setAddress(call.org, document, which, body, names.filter((name) => !name.startsWith('is_')));
				noted(call, document);
				// Of bills alone the file has the address in the answer.
				return success(kind === 'bill' ? { billing_address: body } : {}, `The ${which} address has been updated.`);
			},
			names,
		);
	};
	return [...(billing ? [route('billing', billing)] : []), ...(shipping ? [route('shipping', shipping)] : [])];
}

function templateRoutes(kind: Kind): BooksRoute[] {
	const list = below(kind, 'GET', '', (call) => success({ templates: templatesOf(call.org, kind) }));
	return [
		{ ...list, path: `/${kinds[kind].list}/templates` },
		below(kind, 'PUT', '/templates/{}', (call) => {
			useTemplate(call.org, find(call, kind), id(call, 1));
			noted(call, find(call, kind));
			return success({}, 'The template has been updated.');
		}),
	];
}

interface Attachments {
	added: 200 | 201;
	endings?: readonly string[];
	/** Whether it can go with an email: when it is added, and later. */
	sends?: readonly ('add' | 'update')[];
}

const attachments: Partial<Record<Kind, Attachments>> = {
	invoice: { added: 200, sends: ['add', 'update'] },
	salesorder: { added: 201, sends: ['add', 'update'] },
	purchaseorder: { added: 201, endings: withTables, sends: ['update'] },
	bill: { added: 201 },
};

function attachmentRoutes(kind: Kind): BooksRoute[] {
	const { added = 200, endings, sends = [] } = attachments[kind] ?? {};
	const path = '/attachment';
	const sending = (when: 'add' | 'update') => (sends.includes(when) ? { query: ['can_send_in_mail'] } : {});
	const add = below(kind, 'POST', path, (call) => {
		keepFile(call, find(call, kind).id, 'attachment', endings);
		noted(call, find(call, kind));
		return success({}, 'The document has been attached.', added);
	});
	const update = below(kind, 'PUT', path, (call) => {
		fileOf(call.org, find(call, kind).id).sent = call.query.get('can_send_in_mail') === 'true';
		return success({}, `The ${kinds[kind].name} has been updated.`);
	});
	return [
		{ ...add, ...sending('add') },
		...(sends.includes('update') ? [{ ...update, ...sending('update') }] : []),
		below(kind, 'GET', path, (call) => answerFile(fileOf(call.org, find(call, kind).id))),
		below(kind, 'DELETE', path, (call) => {
			dropFile(call.org, find(call, kind).id);
			noted(call, find(call, kind));
			return success({}, 'The attachment has been deleted.');
		}),
	];
}

/** Files by their ids. */
function fileRoutes(kind: Kind): BooksRoute[] {
	return [
		{
			...below(kind, 'GET', '/documents/{}', (call) => answerFile(fileOf(call.org, find(call, kind).id, id(call, 1)))),
			// The file has this scope for credit notes, too.
			scope: 'invoices.READ',
		},
		below(kind, 'DELETE', '/documents/{}', (call) => {
			dropFile(call.org, find(call, kind).id, id(call, 1));
			noted(call, find(call, kind));
			return success({}, 'The document has been deleted.');
		}),
	];
}

export const paperRoutes: readonly BooksRoute[] = [
	...(Object.keys(addresses) as Kind[]).flatMap(addressRoutes),
	...(['invoice', 'estimate', 'salesorder', 'creditnote', 'purchaseorder'] as const).flatMap(templateRoutes),
	...(Object.keys(attachments) as Kind[]).flatMap(attachmentRoutes),
	...(['invoice', 'creditnote'] as const).flatMap(fileRoutes),
	{
		...below('creditnote', 'POST', '/attachment', (call) => {
			keepFile(call, find(call, 'creditnote').id, 'attachment');
			noted(call, find(call, 'creditnote'));
			return success({}, 'The document has been attached.');
		}),
		query: ['can_send_in_mail'],
	},
];
