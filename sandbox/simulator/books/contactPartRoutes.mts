import { shownRefund } from './creditRender.mts';
import { addressFields } from './fields.mts';
import type { Address, Contact } from './contacts.mts';
import { invalid, refuse } from './errors.mts';
import { answerFile, dropFile, fileOf, keepFile } from './files.mts';
import type { BooksOrg } from './org.mts';
import { type BooksCall, type BooksRoute, id, page, paging, success } from './route.mts';
import { isObject, type Json, readText } from './values.mts';

/** What belongs to contacts beside fields and persons. Methods, paths, scopes and messages after Zoho's OpenAPI file. */

/** Addresses beside the two that every contact has; by organization and contact. */
const further = new WeakMap<BooksOrg, Map<string, Address[]>>();

const find = (call: BooksCall): Contact => call.org.contacts.get(id(call));
const furtherOf = (org: BooksOrg, { id: contactId }: Contact): Address[] => further.get(org)?.get(contactId) ?? [];

function setFurther(org: BooksOrg, { id: contactId }: Contact, addresses: Address[]): void {
	further.set(org, (further.get(org) ?? new Map<string, Address[]>()).set(contactId, addresses));
}

const lines = Object.keys(addressFields).filter((name) => name !== 'state_code');

function read(call: BooksCall, addressId: string): Address {
	const body = call.body();
	const given = lines.map((name) => [name, readText(name, body[name], addressFields[name])] as const);
	if (given.every(([, value]) => value === '')) invalid('address');
	return { ...Object.fromEntries(given), address_id: addressId };
}

/** One of the further addresses: the others are changed with the contact. */
function oneOf(call: BooksCall): Address {
	return furtherOf(call.org, find(call)).find(({ address_id }) => address_id === id(call, 1)) ?? refuse(404, 1002, 'Address does not exist.');
}

function changed(call: BooksCall, addresses: Address[]): void {
	setFurther(call.org, find(call), addresses);
	call.org.changed('update', find(call), 'api');
}

const route = (method: BooksRoute['method'], path: string, answer: BooksRoute['answer'], more: Partial<BooksRoute> = {}): BooksRoute => ({
	method,
	path: `/contacts${path}`,
	scope: `contacts.${{ GET: 'READ', POST: 'CREATE', PUT: 'UPDATE', DELETE: 'DELETE' }[method]}`,
	answer,
	...more,
});

const addresses: BooksRoute[] = [
	route('GET', '/{}/address', (call) => {
		const contact = find(call);
		const shown = [contact.billing, contact.shipping, ...furtherOf(call.org, contact)];
		return success({ addresses: shown.map(({ state_code: _, ...address }) => address) });
	}),
	route(
		'POST',
		'/{}/address',
		(call) => {
			const address_info = read(call, call.org.newId());
			changed(call, [...furtherOf(call.org, find(call)), address_info]);
			return success({ address_info }, 'The address has been created.');
		},
		{ fields: lines },
	),
	route(
		'PUT',
		'/{}/address/{}',
		(call) => {
			const before = oneOf(call);
			if (readText('address_id', call.body()['address_id']) !== before.address_id) invalid('address_id');
			const address_info = read(call, before.address_id);
			changed(
				call,
				furtherOf(call.org, find(call)).map((one) => (one === before ? address_info : one)),
			);
			return success({ address_info }, 'The address has been updated.');
		},
		{ fields: ['address_id', ...lines] },
	),
	route('DELETE', '/{}/address/{}', (call) => {
		const gone = oneOf(call);
		changed(
			call,
			furtherOf(call.org, find(call)).filter((one) => one !== gone),
		);
		return success({}, 'The address has been deleted.');
	}),
	...(['billing', 'shipping'] as const).map((which) =>
		route('POST', `/{}/address/{}/markas${which}`, (call) => {
			const contact = find(call);
			const chosen = oneOf(call);
			const before = contact[which];
			contact[which] = { ...before, ...chosen };
			changed(
				call,
				furtherOf(call.org, contact).map((one) => (one === chosen ? before : one)),
			);
			return success({});
		}),
	),
];

const acts: ReadonlyArray<readonly [path: string, message?: string]> = [
	['paymentreminder/enable', 'All reminders associated with this contact have been enabled.'],
	['paymentreminder/disable', 'All reminders associated with this contact have been stopped.'],
	['portal/disable'],
	['track1099'],
	['untrack1099'],
];

function persons(call: BooksCall, body: Json): void {
	const list = body['contact_persons'];
	if (!Array.isArray(list) || list.length === 0) return invalid('contact_persons');
	for (const one of list) {
		const { contact, person } = call.org.contacts.person(readText('contact_person_id', isObject(one) ? one['contact_person_id'] : ''));
		if (contact.id !== id(call)) refuse(404, 1002, 'Contact Person does not exist.');
		person.inPortal = true;
	}
}

function email(call: BooksCall): void {
	find(call);
	const body = call.body();
	if (!Array.isArray(body['to_mail_ids']) || body['to_mail_ids'].length === 0) invalid('to_mail_ids');
	for (const name of ['subject', 'body']) if (readText(name, body[name]) === '') invalid(name);
}

export const contactPartRoutes: readonly BooksRoute[] = [
	...addresses,
	...acts.map(([path, message]) =>
		route('POST', `/{}/${path}`, (call) => {
			call.org.changed('update', find(call), 'api');
			return success({}, message);
		}),
	),
	route(
		'POST',
		'/{}/portal/enable',
		(call) => {
			persons(call, call.body());
			call.org.changed('update', find(call), 'api');
			return success({}, 'Client Portal preferences have been updated');
		},
		{ fields: ['contact_persons'] },
	),
	...['invite', 'invite/resend'].map((path) =>
		route('POST', `/contactpersons/{}/portal/${path}`, (call) => {
			const { contact, person } = call.org.contacts.person(id(call));
			if (path === 'invite') person.inPortal = true;
			else if (!person.inPortal) refuse(400, 3080, 'The contact person was not invited yet.');
			call.org.changed('update', contact, 'api');
			return success({});
		}),
	),
	route(
		'POST',
		'/{}/email',
		(call) => {
			email(call);
			return success({}, 'Email has been sent.');
		},
		{ query: ['send_customer_statement'], fields: ['to_mail_ids', 'subject', 'body', 'attachments'] },
	),
	route(
		'GET',
		'/{}/refunds',
		(call) => {
			const contact = find(call);
			const { documents } = call.org;
			const notes = documents.of('creditnote').filter(({ customerId }) => customerId === contact.id);
			const all = notes.flatMap((note) => documents.credits.refundsOf(note.id).map((refund) => ({ note, refund })));
			const { rows, page_context } = page(call, all);
			return success({
				creditnote_refunds: rows.map(({ note, refund }) => shownRefund(call.org, note, refund)),
				page_context: { ...page_context, report_name: 'Credit Notes Refund', sort_column: 'date' },
			});
		},
		{ query: paging },
	),
	route('POST', '/{}/attachment', (call) => {
		keepFile(call, find(call).id, 'attachment');
		return success({});
	}),
	route('GET', '/{}/documents/{}', (call) => answerFile(fileOf(call.org, find(call).id, id(call, 1)))),
	route('DELETE', '/{}/documents/{}', (call) => {
		dropFile(call.org, find(call).id, id(call, 1));
		return success({});
	}),
];
