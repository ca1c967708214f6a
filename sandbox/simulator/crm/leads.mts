import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { type CrmFault, CrmRefusal, fault, faults, refuse } from './errors.mts';
import type { CrmOrg, ModuleState } from './org.mts';
import { moduleScope, type Route } from './routing.mts';
import { type StoredRecord, valueOf } from './store.mts';
import { carryTags, moveAttachments } from './leadBelongings.mts';
import { isObject, type Json } from './values.mts';
import type { Change, Written } from './writer.mts';
import { recordsOf } from './writes.mts';

/**
 * A Lead becomes a Contact, an Account and, when asked for, a Deal. Sources: https://www.zoho.com/crm/developer/docs/api/v8/convert-lead.html and Zoho's OpenAPI
 * file for it. Of the mapping of fields the page shows none: it is that of a new account (Setup > Modules > Leads > Lead Conversion Mapping).
 */

const credits = 5;

const known = new Set([
	'overwrite',
	'notify_lead_owner',
	'notify_new_entity_owner',
	'add_to_existing_record',
	'move_attachments_to',
	'Accounts',
	'Contacts',
	'assign_to',
	'Deals',
	'carry_over_tags',
]);

/** Names in the request that are passed over. */
function ignoredNames(call: CrmCall): string[] {
	const { data } = call.json();
	const entries = Array.isArray(data) ? (data as unknown[]).filter(isObject) : [];
	return entries.flatMap((entry) => Object.keys(entry).filter((name) => !known.has(name)));
}

const address = (prefix: string, zip: string) => ({
	Street: `${prefix}Street`,
	City: `${prefix}City`,
	State: `${prefix}State`,
	Zip_Code: `${prefix}${zip}`,
	Country: `${prefix}Country`,
});
const same = (...names: string[]) => Object.fromEntries(names.map((name) => [name, name]));
const ofContact: Record<string, string> = {
	...same('Salutation', 'First_Name', 'Last_Name', 'Email', 'Secondary_Email', 'Phone', 'Mobile', 'Fax', 'Lead_Source', 'Email_Opt_Out', 'Skype_ID', 'Twitter', 'Description'),
	Designation: 'Title',
	...address('Mailing_', 'Zip'),
};
const ofAccount: Record<string, string> = {
	...same('Phone', 'Fax', 'Website', 'Industry', 'Annual_Revenue', 'Rating'),
	Company: 'Account_Name',
	No_of_Employees: 'Employees',
	...address('Billing_', 'Code'),
};
const ofDeal = ['Deal_Name', 'Pipeline', 'Stage', 'Closing_Date'];

const mapped = (lead: StoredRecord, names: Record<string, string>): Json =>
	Object.fromEntries(
		Object.entries(names)
			.map(([from, to]) => [to, valueOf(lead, from)] as const)
			.filter(([, value]) => value !== null),
	);

/** One conversion: what was made or changed, so that all of it can be taken back. */
class Conversion {
	readonly changes: Change[] = [];
	readonly #call: CrmCall;
	readonly #entry: Json;
	readonly #lead: StoredRecord;
	readonly #owner: string;

	constructor(call: CrmCall, lead: StoredRecord, entry: Json) {
		this.#call = call;
		this.#entry = entry;
		this.#lead = lead;
		this.#owner = this.#user('assign_to') ?? lead.owner;
	}

	get #org(): CrmOrg {
		return this.#call.org;
	}

	#user(key: string): string | undefined {
		const given = this.#idOf(key);
		if (given === undefined || this.#org.users.some((user) => user.id === given)) return given;
		throw new CrmRefusal(400, faults.badId({ api_name: key, json_path: `$.data[0].${key}.id` }), 'data');
	}

	#idOf(key: string): string | undefined {
		const value = this.#entry[key];
		if (value === undefined || value === null) return undefined;
		const path = `$.data[0].${key}`;
		if (!isObject(value)) throw new CrmRefusal(400, faults.type('jsonobject', key, path), 'data');
		const { id } = value;
		if (typeof id !== 'string') throw new CrmRefusal(400, faults.mandatory('id', `${path}.id`), 'data');
		return id;
	}

	/** The record that was named, else one that matches where that is wanted. */
	#existing(module: ModuleState, field: string, value: unknown): StoredRecord | undefined {
		const key = module.spec.name;
		const id = this.#idOf(key);
		if (id !== undefined) {
			const found = module.store.get(id);
			if (found) return found;
			throw new CrmRefusal(400, faults.badId({ api_name: key, json_path: `$.data[0].${key}.id` }), 'data');
		}
		if (this.#entry['add_to_existing_record'] !== true || typeof value !== 'string') return undefined;
		const [match] = module.store.equal(field, value);
		return match === undefined ? undefined : module.store.get(match);
	}

	#done(written: Written): StoredRecord {
		if ('fault' in written) throw new CrmRefusal(400, written.fault, 'data');
		return written.record;
	}

	#insert(module: ModuleState, values: Json, path: string): StoredRecord {
		const record = { ...values, Owner: { id: this.#owner } };
		return this.#done(this.#org.writer.insert(module, record, { path, who: this.#call.user }, this.changes));
	}

	account(): StoredRecord | undefined {
		const module = this.#org.module('Accounts');
		const company = valueOf(this.#lead, 'Company');
		const existing = this.#existing(module, 'Account_Name', company);
		return existing ?? (company === null ? undefined : this.#insert(module, mapped(this.#lead, ofAccount), '$.data[0]'));
	}

	contact(account: StoredRecord | undefined): StoredRecord {
		const module = this.#org.module('Contacts');
		const link = account ? { Account_Name: { id: account.id } } : {};
		const existing = this.#existing(module, 'Email', valueOf(this.#lead, 'Email'));
		if (!existing) return this.#insert(module, { ...mapped(this.#lead, ofContact), ...link }, '$.data[0]');
		const has = valueOf(existing, 'Account_Name');
		if (!account || has === account.id || (has !== null && this.#entry['overwrite'] !== true)) return existing;
		const context = { path: '$.data[0]', who: this.#call.user };
		return this.#done(this.#org.writer.update(module, existing.id, link, context, this.changes));
	}

	deal(contact: StoredRecord, account: StoredRecord | undefined): StoredRecord | undefined {
		const { Deals: wanted } = this.#entry;
		if (wanted === undefined || wanted === null) return undefined;
		if (!isObject(wanted)) throw new CrmRefusal(400, faults.type('jsonobject', 'Deals', '$.data[0].Deals'), 'data');
		const lacking = ofDeal.find((name) => typeof wanted[name] !== 'string' || wanted[name] === '');
		if (lacking) throw new CrmRefusal(400, faults.mandatory(lacking, `$.data[0].Deals.${lacking}`), 'data');
		const link = { Contact_Name: { id: contact.id }, ...(account && { Account_Name: { id: account.id } }) };
		return this.#insert(this.#org.module('Deals'), { ...wanted, ...link }, '$.data[0].Deals');
	}

	/** Names of tags by module. */
	checkTags(): void {
		const { carry_over_tags: tags } = this.#entry;
		if (tags === undefined || tags === null) return;
		for (const [name, list] of Object.entries(isObject(tags) ? tags : { '': tags })) {
			const isList = Array.isArray(list) && list.every((tag) => typeof tag === 'string');
			if (isList && ['Accounts', 'Contacts', 'Deals'].includes(name)) continue;
			throw new CrmRefusal(400, faults.type('jsonarray', 'carry_over_tags', `$.data[0].carry_over_tags.${name}`), 'data');
		}
	}

	/** Takes back what was written: a conversion is done as a whole or not at all. */
	undo(): void {
		for (const { module, before, after } of this.changes.reverse()) {
			if (before) module.store.put(before);
			else if (after) module.store.remove(after.id);
		}
	}
}

const wholeRefusal = (code: string, message: string): CrmFault => fault(code, message, { resource_path_index: 1 });

/** `POST /Leads/{id}/actions/convert`. */
function convertLead(call: CrmCall, module: ModuleState, id: string): SimResponse {
	const { org } = call;
	const lead = /^\d{1,19}$/.test(id) ? module.store.get(id) : undefined;
	if (!lead) throw new CrmRefusal(400, wholeRefusal('INVALID_DATA', 'invalid data'));
	if (lead.values['$converted'] === true) throw new CrmRefusal(400, wholeRefusal('ID_ALREADY_CONVERTED', 'id already converted'));
	const [entry, second] = recordsOf(call);
	if (!entry || second) return refuse(400, 'INVALID_DATA', 'invalid data', { maximum_length: 1, api_name: 'data', json_path: '$.data' });
	const conversion = new Conversion(call, lead, entry);
	const name = (of: string, record: StoredRecord | undefined) =>
		record ? { name: org.nameOf(org.module(of), record), id: record.id } : null;
	conversion.checkTags();
	try {
		const account = conversion.account();
		const contact = conversion.contact(account);
		const deal = conversion.deal(contact, account);
		const records = { Accounts: account, Contacts: contact, Deals: deal };
		carryTags(call, lead, entry, records, conversion.changes);
		moveAttachments(call, lead, entry, records);
		module.store.put({ ...lead, values: { ...lead.values, $converted: true } });
		org.publish(conversion.changes, 'api');
		const details = { Contacts: name('Contacts', contact), Deals: name('Deals', deal), Accounts: name('Accounts', account) };
		const message = 'The record has been converted successfully';
		return { status: 200, json: { data: [{ code: 'SUCCESS', details, message, status: 'success' }] } };
	} catch (error) {
		conversion.undo();
		throw error;
	}
}

export function convertRoute(call: CrmCall, module: ModuleState, id: string): Route {
	return {
		kind: 'write',
		scopes: [moduleScope(module, 'CREATE')],
		credits,
		heavy: true,
		handle: () => convertLead(call, module, id),
		ignored: () => ignoredNames(call),
	};
}
