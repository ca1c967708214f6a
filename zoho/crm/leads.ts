/** Converting Leads. Source: CRM v8 "Convert Lead"; costs 5 credits. */

import type { ZohoClient } from '../client';
import { ZohoError, faultsOfItem, joinFaults, refusal } from '../errors';
import { asObject, isObject, objectsOf, text } from '../json';
import type { JsonObject, ZohoCall } from '../types';
import { crmRoot } from './read';

/** What a Lead can become. */
export const conversionTargets = ['Accounts', 'Contacts', 'Deals'] as const;
export type ConversionTarget = (typeof conversionTargets)[number];

export interface LeadConversion {
	/** Id of the Account, or Contact, that the Lead is joined with; a new one is made without. */
	accountId?: string;
	contactId?: string;
	/** Join with an Account and Contact that match the Lead, where there are any. */
	addToExisting?: boolean;
	/** Replace the Account of an existing Contact. */
	overwrite?: boolean;
	/** Fields of the Deal to be made; CRM demands Deal_Name, Stage, Pipeline and Closing_Date. None is made without. */
	deal?: JsonObject;
	/** Id of the user who gets the new records; default the owner of the Lead. */
	assignTo?: string;
	notifyLeadOwner?: boolean;
	notifyNewOwner?: boolean;
	moveAttachmentsTo?: ConversionTarget;
	/** Names of tags of the Lead that the new records get. */
	tags?: Partial<Record<ConversionTarget, string[]>>;
}

export interface ConvertedRecord {
	id: string;
	name: string;
}

export interface ConvertedLead {
	leadId: string;
	contact: ConvertedRecord | null;
	account: ConvertedRecord | null;
	deal: ConvertedRecord | null;
	/** Set when CRM converts later; the other parts are then null. */
	jobId?: string;
}

function bodyOf(wish: LeadConversion): JsonObject {
	const { accountId, contactId, deal, assignTo, tags = {}, moveAttachmentsTo } = wish;
	const carried = Object.entries(tags).filter(([, names]) => names.length > 0);
	return {
		...(wish.overwrite !== undefined && { overwrite: wish.overwrite }),
		...(wish.addToExisting && { add_to_existing_record: true }),
		...(wish.notifyLeadOwner !== undefined && { notify_lead_owner: wish.notifyLeadOwner }),
		...(wish.notifyNewOwner !== undefined && { notify_new_entity_owner: wish.notifyNewOwner }),
		...(accountId && { Accounts: { id: accountId } }),
		...(contactId && { Contacts: { id: contactId } }),
		...(assignTo && { assign_to: { id: assignTo } }),
		...(moveAttachmentsTo && { move_attachments_to: { api_name: moveAttachmentsTo } }),
		...(deal && { Deals: deal }),
		...(carried.length > 0 && { carry_over_tags: Object.fromEntries(carried) }),
	};
}

/**
 * Makes a Contact, an Account and, when asked for, a Deal of a Lead.
 * @throws ZohoError
 */
export async function convertLead(client: ZohoClient, leadId: string, wish: LeadConversion): Promise<ConvertedLead> {
	const call: ZohoCall = {
		method: 'POST',
		path: `${crmRoot}/Leads/${encodeURIComponent(leadId)}/actions/convert`,
		body: { data: [bodyOf(wish)] },
		subject: `Leads ${leadId}`,
		scope: 'ZohoCRM.modules.Leads.CREATE',
	};
	const { reply, error } = await client.attempt(call);
	if (error) throw isNoLead(error) ? noLead(call) : error;
	const [item] = objectsOf(asObject(reply.body).data);
	const fault = joinFaults(faultsOfItem(item, reply.status));
	if (fault) throw new ZohoError([fault], call, reply.status);
	const details = asObject(item?.details);
	const part = (name: ConversionTarget) => recordOf(details[name]);
	const jobId = text(details.job_id);
	return {
		leadId,
		contact: part('Contacts'),
		account: part('Accounts'),
		deal: part('Deals'),
		...(jobId !== '' && { jobId }),
	};
}

function recordOf(value: unknown): ConvertedRecord | null {
	return isObject(value) ? { id: text(value.id), name: text(value.name) } : null;
}

/** CRM says "invalid data", without a field, of an id in the address that it does not know. */
function isNoLead({ fault }: ZohoError): boolean {
	return fault.code === 'INVALID_DATA' && fault.field === undefined;
}

function noLead(call: ZohoCall): ZohoError {
	return refusal(call, 'not-found', 'there is no such Lead', 'Check the ID. The Lead may have been deleted.');
}
