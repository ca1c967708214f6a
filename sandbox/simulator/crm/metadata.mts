import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { refuse } from './errors.mts';
import { includes } from './modules.mts';
import type { CrmOrg, FieldState, ModuleState } from './org.mts';
import { writeTime } from './times.mts';

/** What CRM says of its modules. Shapes: Zoho's OpenAPI files for modules, fields, layouts and related lists. */

type Json = Record<string, unknown>;

const jsonTypes: Partial<Record<FieldState['type'], string>> = {
	integer: 'integer',
	double: 'double',
	currency: 'double',
	percent: 'double',
	boolean: 'boolean',
	lookup: 'jsonobject',
	parentlookup: 'jsonobject',
	ownerlookup: 'jsonobject',
	subform: 'jsonarray',
	tags: 'jsonarray',
	multiselectpicklist: 'jsonarray',
};

/** A picklist's options. */
export function choices(field: FieldState): Json[] {
	return (field.values ?? []).map((value, index) => ({
		display_value: value,
		sequence_number: index + 1,
		reference_value: value,
		actual_value: value,
		id: `${field.id.slice(0, -3)}${String(index).padStart(3, '0')}`,
		type: 'used',
	}));
}

/** A field as `/settings/fields` shows it. */
export function fieldJson(org: CrmOrg, field: FieldState): Json {
	const writable = !field.readOnly;
	const target = org.modules.get(field.lookup ?? '');
	return {
		webhook: true,
		operation_type: {
			web_update: writable,
			api_create: writable,
			web_create: writable,
			api_update: writable,
		},
		colour_code_enabled_by_system: false,
		field_label: field.label,
		tooltip: null,
		type: 'used',
		field_read_only: !writable,
		display_label: field.label,
		read_only: !writable,
		association_details: null,
		businesscard_supported: true,
		multi_module_lookup: {},
		id: field.id,
		created_time: field.createdAt === undefined ? null : writeTime(field.createdAt, org.timeZone),
		filterable: field.type !== 'textarea' && field.type !== 'subform',
		visible: true,
		profiles: [
			{ permission_type: writable ? 'read_write' : 'read_only', name: 'Administrator', id: org.profileId },
		],
		view_type: { view: true, edit: writable, quick_create: false, create: writable },
		separator: false,
		searchable: true,
		history_tracking_enabled: false,
		external: null,
		api_name: field.name,
		unique: field.unique ? { case_sensitive: field.unique.caseSensitive } : {},
		enable_colour_code: false,
		pick_list_values: choices(field),
		system_mandatory: field.mandatory ?? false,
		virtual_field: false,
		json_type: jsonTypes[field.type] ?? 'string',
		crypt: null,
		range: null,
		created_source: 'default',
		display_type: -1,
		ui_type: 1,
		modified_time: null,
		public: true,
		email_parser: { fields_update_supported: writable, record_operations_supported: writable },
		currency: field.type === 'currency' ? { rounding_option: 'normal', precision: 2 } : {},
		custom_field: field.custom ?? false,
		lookup:
			field.type === 'lookup' && target
				? {
						display_label: field.label,
						api_name: field.name,
						module: { api_name: target.spec.name, id: target.id, crypt: false },
						id: field.id,
					}
				: {},
		convert_mapping: { Contacts: null, Deals: null, Accounts: null },
		rollup_summary: {},
		length: field.length,
		display_field: false,
		pick_list_values_sorted_lexically: false,
		sortable: field.type !== 'textarea',
		global_picklist: null,
		data_type: { formula: 'text', parentlookup: 'lookup', tags: 'text' }[field.type as string] ?? field.type,
		formula: {},
		decimal_place: field.type === 'currency' ? 2 : null,
		mass_update: writable,
		multiselectlookup: {},
		auto_number: {},
		...(field.area ? { textarea: { type: field.area } } : {}),
	};
}

/** The module that `?module=` names. */
export function namedModule(call: CrmCall): ModuleState {
	const name = call.query('module');
	if (name === undefined)
		return refuse(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
			param_name: 'module',
		});
	return (
		call.org.modules.get(name) ??
		refuse(400, 'INVALID_MODULE', 'the module name given seems to be invalid', {})
	);
}

/** `GET /settings/fields?module=`. */
export function listFields(call: CrmCall): SimResponse {
	const module = namedModule(call);
	return {
		status: 200,
		json: { fields: [...module.fields.values()].map((field) => fieldJson(call.org, field)) },
	};
}

/** `GET /settings/fields/{id}?module=`. */
export function getField(call: CrmCall, id: string): SimResponse {
	const field = [...namedModule(call).fields.values()].find((candidate) => candidate.id === id);
	if (!field)
		return refuse(400, 'INVALID_DATA', 'the id given seems to be invalid', { resource_path_index: 2 });
	return { status: 200, json: { fields: [fieldJson(call.org, field)] } };
}

function moduleJson(org: CrmOrg, module: ModuleState, sequence: number): Json {
	const { name, singular, plural, generated } = module.spec;
	return {
		global_search_supported: true,
		public_fields_configured: false,
		recycle_bin_on_delete: true,
		has_more_profiles: false,
		sub_menu_available: true,
		lookupable: true,
		profile_count: org.profiles.length,
		module_type: 'ENTITIES',
		deletable: true,
		description: null,
		creatable: true,
		inventory_template_supported: false,
		modified_time: null,
		presence_sub_menu: true,
		triggers_supported: true,
		id: module.id,
		api_name: name,
		plural_label: plural,
		actual_plural_label: plural,
		actual_singular_label: singular,
		singular_label: singular,
		isBlueprintSupported: includes(org.edition, 'professional'),
		visibility: 1,
		convertable: name === 'Leads',
		editable: true,
		emailTemplate_support: true,
		email_parser_supported: false,
		filter_supported: true,
		show_as_tab: true,
		web_link: null,
		viewable: true,
		api_supported: true,
		quick_create: true,
		generated_type: generated,
		feeds_required: true,
		scoring_supported: true,
		webform_supported: true,
		arguments: [],
		module_name: name,
		business_card_field_limit: 5,
		track_current_data: false,
		modified_by: null,
		profiles: org.profiles.map(({ name: title, id }) => ({ name: title, id })),
		status: 'visible',
		sequence_number: sequence,
	};
}

/** `GET /settings/modules`: what the edition has. */
export function listModules(call: CrmCall): SimResponse {
	const all = [...call.org.modules.values()];
	return {
		status: 200,
		json: { modules: all.map((module, index) => moduleJson(call.org, module, index + 1)) },
	};
}

/** `GET /settings/modules/{api name or id}`. */
export function getModule(call: CrmCall, name: string): SimResponse {
	const all = [...call.org.modules.values()];
	const index = all.findIndex((module) => module.spec.name === name || module.id === name);
	const found =
		all[index] ??
		refuse(400, 'INVALID_MODULE', 'the module name given seems to be invalid', { resource_path_index: 2 });
	return { status: 200, json: { modules: [moduleJson(call.org, found, index + 1)] } };
}
