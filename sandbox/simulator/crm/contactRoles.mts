import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { CrmRefusal, fault, faults, refuse } from './errors.mts';
import type { ModuleState } from './org.mts';
import { checkId, fieldsOf } from './reads.mts';
import { render } from './render.mts';
import { type Method, moduleScope, nothing, operationOf, reading, type Route, wrongMethod } from './routing.mts';
import { compareIds } from './store.mts';
import { isObject } from './values.mts';
import { recordsOf } from './writes.mts';

/**
 * Contacts on a Deal, each with its role. Sources: https://www.zoho.com/crm/developer/docs/api/v8/add-contact-roles-to-a-specific-deal.html,
 * …/get-contact-roles-of-a-specific-deal.html, …/get-contact-roles.html; the shape of the roles: repository zoho/crm-oas, v8.0/contact_roles.json.
 */

export interface ContactRole {
	id: string;
	name: string;
}

/** The roles that a new account has. */
const names = ['Developer/Evaluator', 'Decision Maker', 'Executive Sponsor', 'Product Management', 'Purchasing', 'Engineering User'];

export class ContactRoleBook {
	readonly roles: readonly ContactRole[];
	readonly #byDeal = new Map<string, Map<string, ContactRole>>();

	constructor(newId: () => string) {
		this.roles = names.map((name) => ({ id: newId(), name }));
	}

	of(deal: string): ReadonlyMap<string, ContactRole> {
		return this.#byDeal.get(deal) ?? new Map();
	}

	put(deal: string, contact: string, role: ContactRole): void {
		const known = this.#byDeal.get(deal) ?? new Map<string, ContactRole>();
		this.#byDeal.set(deal, known.set(contact, role));
	}

	remove(deal: string, contact: string): boolean {
		return this.#byDeal.get(deal)?.delete(contact) ?? false;
	}

	/** A Deal or Contact is gone. */
	forget(id: string): void {
		this.#byDeal.delete(id);
		for (const contacts of this.#byDeal.values()) contacts.delete(id);
	}
}

/** `GET /Contacts/roles`. */
export function rolesRoute(call: CrmCall, contacts: ModuleState, method: Method): Route {
	if (method !== 'GET') return wrongMethod();
	return reading(moduleScope(contacts, 'READ'), () => ({
		status: 200,
		json: { contact_roles: call.org.contactRoles.roles.map((role, index) => ({ ...role, sequence_number: index + 1 })) },
	}));
}

/** `/Deals/{id}/Contact_Roles` and `/Deals/{id}/Contact_Roles/{contact}`. Roles are set one by one: the pages know no other way. */
export function dealRolesRoute(call: CrmCall, deals: ModuleState, method: Method, deal: string, contact?: string): Route {
	const contacts = call.org.module('Contacts');
	const handles: Partial<Record<Method, () => SimResponse>> =
		contact === undefined
			? { GET: () => list(call, contacts, deal) }
			: { PUT: () => put(call, contacts, deal, contact), DELETE: () => remove(call, deal, contact) };
	const handle = handles[method];
	if (!handle) return wrongMethod();
	return {
		kind: method === 'GET' ? 'read' : 'write',
		scopes: [moduleScope(deals, operationOf[method]), moduleScope(contacts, operationOf[method])],
		credits: 1,
		heavy: false,
		handle: () => {
			checkId(deal);
			if (!deals.store.get(deal)) throw new CrmRefusal(400, faults.badId({ resource_path_index: 1 }));
			return handle();
		},
		ignored: nothing,
	};
}

function list(call: CrmCall, contacts: ModuleState, deal: string): SimResponse {
	const fields = fieldsOf(call);
	const { page, perPage } = call.paging();
	const all = [...call.org.contactRoles.of(deal)].sort(([one], [other]) => compareIds(other, one));
	const rows = all.slice((page - 1) * perPage, page * perPage).flatMap(([id, role]) => {
		const record = contacts.store.get(id);
		return record ? [{ ...render(call.org, contacts, record, fields), Contact_Role: role }] : [];
	});
	if (rows.length === 0) return { status: 204 };
	return { status: 200, json: { data: rows, info: { per_page: perPage, count: rows.length, page, more_records: all.length > page * perPage } } };
}

const done = (id: string, message: string): SimResponse => ({
	status: 200,
	json: { data: [{ code: 'SUCCESS', details: { id }, message, status: 'success' }] },
});

function put(call: CrmCall, contacts: ModuleState, deal: string, contact: string): SimResponse {
	if (!contacts.store.get(contact)) throw new CrmRefusal(400, faults.badId({ resource_path_index: 3 }));
	const wanted = recordsOf(call)[0]?.['Contact_Role'];
	const path = '$.data[0].Contact_Role';
	if (wanted === undefined || wanted === null) throw new CrmRefusal(400, faults.mandatory('Contact_Role', path), 'data');
	if (!isObject(wanted)) throw new CrmRefusal(400, faults.type('jsonobject', 'Contact_Role', path), 'data');
	const { roles } = call.org.contactRoles;
	const role = roles.find(({ id, name }) => (wanted['id'] === undefined ? name === wanted['name'] : id === wanted['id']));
	if (!role) throw new CrmRefusal(400, fault('INVALID_DATA', 'invalid data', { api_name: 'Contact_Role', json_path: path }), 'data');
	call.org.contactRoles.put(deal, contact, role);
	return done(contact, 'relation updated');
}

function remove(call: CrmCall, deal: string, contact: string): SimResponse {
	if (!call.org.contactRoles.remove(deal, contact)) refuse(400, 'INVALID_DATA', 'relation not found', { resource_path_index: 3 });
	return done(contact, 'relation removed');
}
