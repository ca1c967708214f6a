import type { CrmOrg, FieldState, ModuleState } from './org.mts';
import { type Row, type StoredRecord, type Value, valueOf } from './store.mts';
import { writeTime } from './times.mts';

export type Rendered = Record<string, unknown>;

export const renderUser = (org: CrmOrg, id: string, withEmail = true) => {
	const { name, email } = org.user(id);
	return withEmail ? { name, id, email } : { name, id };
};

function renderLookup(org: CrmOrg, field: FieldState, id: string): Rendered | null {
	const target = org.modules.get(field.lookup ?? '');
	const record = target?.store.get(id);
	return target && record ? { name: org.nameOf(target, record), id } : null;
}

/** A record of any module; ids are unique across them. */
function renderParent(org: CrmOrg, id: string): Rendered | null {
	for (const module of org.modules.values()) {
		const record = module.store.get(id);
		if (record)
			return { module: { api_name: module.spec.name, id: module.id }, name: org.nameOf(module, record), id };
	}
	return null;
}

/** A stored value as Zoho's JSON shows it: lookups with name and id, times in the user's zone. */
export function renderValue(org: CrmOrg, field: FieldState, value: Value): unknown {
	if (value === null) return field.type === 'linetax' || field.type === 'tags' ? [] : null;
	switch (field.type) {
		case 'datetime':
			return typeof value === 'number' ? writeTime(value, org.timeZone) : null;
		case 'lookup':
			return renderLookup(org, field, String(value));
		case 'parentlookup':
			return renderParent(org, String(value));
		// Zoho shows the e-mail address of the owner only; created_by and modified_by hold name and id.
		case 'ownerlookup':
			return renderUser(org, String(value), field.name === 'Owner');
		case 'tags':
			return (value as string[]).flatMap((id) => {
				const tag = org.tags.get(id);
				return tag ? [{ name: tag.name, id, color_code: tag.color }] : [];
			});
		case 'subform':
			return (value as Row[]).map((row) => renderRow(org, field, row));
		default:
			return value;
	}
}

function renderRow(org: CrmOrg, field: FieldState, row: Row): Rendered {
	const shown: Rendered = { id: row.id };
	for (const column of field.rows ?? [])
		shown[column.name] = renderValue(org, { ...column, id: '' }, row.values[column.name] ?? null);
	return shown;
}

/**
 * A record as GET shows it. A list (`fields` given) leaves subforms out and cuts rich text at 500 characters; names that are no
 * field are passed over, as Zoho does.
 */
export function render(
	org: CrmOrg,
	module: ModuleState,
	record: StoredRecord,
	fields?: readonly string[],
): Rendered {
	const shown: Rendered = { id: record.id };
	if (!fields && module.spec.name === 'Leads') shown['$converted'] = record.values['$converted'] === true;
	for (const name of fields ?? module.fields.keys()) {
		const field = module.fields.get(name);
		if (!field || name === 'id' || (fields && field.type === 'subform')) continue;
		const value = renderValue(org, field, valueOf(record, name));
		shown[name] =
			fields && field.area === 'rich_text' && typeof value === 'string' ? value.slice(0, 500) : value;
	}
	return shown;
}
