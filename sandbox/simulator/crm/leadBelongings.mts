import type { CrmCall } from './call.mts';
import type { StoredRecord } from './store.mts';
import { newTag } from './tags.mts';
import { isObject, type Json } from './values.mts';
import type { Change } from './writer.mts';

/** What was made of a Lead, by module. */
export type Converted = Readonly<Record<'Accounts' | 'Contacts' | 'Deals', StoredRecord | undefined>>;

/** Gives the tags of the Lead that are named to the records that are to have them. Source: https://www.zoho.com/crm/developer/docs/api/v8/convert-lead.html */
export function carryTags(call: CrmCall, lead: StoredRecord, entry: Json, records: Converted, changes: Change[]): void {
	const { org, user } = call;
	const { carry_over_tags: wanted } = entry;
	const names = ((lead.values['Tag'] ?? []) as string[]).map((id) => org.tags.get(id)?.name ?? '');
	for (const [module, record] of Object.entries(records)) {
		const list = isObject(wanted) && Array.isArray(wanted[module]) ? (wanted[module] as string[]) : [];
		const tags = list.filter((name) => names.includes(name)).map((name) => org.tags.named(module, name) ?? newTag(call, module, name, null));
		if (!record || tags.length === 0) continue;
		const before = (record.values['Tag'] ?? []) as string[];
		org.writer.tag(org.module(module), record.id, [...new Set([...before, ...tags.map(({ id }) => id)])], user, changes);
	}
}

/** Moves the files of the Lead to the record of the module that is named; they stay where there is none. */
export function moveAttachments({ org }: CrmCall, lead: StoredRecord, entry: Json, records: Converted): void {
	const wanted = entry['move_attachments_to'];
	const [, target] = Object.entries(records).find(([module]) => isObject(wanted) && wanted['api_name'] === module) ?? [];
	if (target) org.attachments.move(lead.id, target.id);
}
