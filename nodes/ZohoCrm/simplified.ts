/** Fields and layouts with what people and agents look for in them; Zoho tells some 50 things of each field. */

import type { IDataObject } from 'n8n-workflow';

import { asObject, isObject, objectsOf, text } from '../../zoho/json';
import type { JsonObject } from '../../zoho/types';

/** `label`, `required`, `unique`, `lookup_module` and the plain `pick_list_values` are ours; the other names are Zoho's. */
export function simpleField(field: JsonObject): IDataObject {
	const { unique, lookup } = field;
	const may = asObject(field.operation_type);
	return {
		id: text(field.id),
		api_name: text(field.api_name),
		label: text(field.field_label) || text(field.api_name),
		data_type: text(field.data_type),
		json_type: text(field.json_type),
		length: Number(field.length ?? 0),
		required: field.system_mandatory === true,
		unique: unique === true || (isObject(unique) && Object.keys(unique).length > 0),
		read_only: field.read_only === true || (may.api_create === false && may.api_update === false),
		custom_field: field.custom_field === true,
		lookup_module: text(asObject(asObject(lookup).module).api_name) || null,
		pick_list_values: objectsOf(field.pick_list_values).map((value) => text(value.actual_value) || text(value.display_value)),
	};
}

/** Sections with the API names of their fields, and the fields that the layout demands. */
export function simpleLayout(layout: JsonObject): IDataObject {
	const sections = objectsOf(layout.sections);
	const namesOf = (fields: JsonObject[]) => fields.map((field) => text(field.api_name));
	return {
		id: text(layout.id),
		name: text(layout.name),
		status: text(layout.status),
		visible: layout.visible === true,
		profiles: objectsOf(layout.profiles).map((profile) => text(profile.name)),
		sections: sections.map((section) => ({
			api_name: text(section.api_name) || text(section.name),
			label: text(section.display_label) || text(section.name),
			fields: namesOf(objectsOf(section.fields)),
		})),
		required_fields: namesOf(sections.flatMap((section) => objectsOf(section.fields)).filter((field) => field.required === true)),
	};
}
