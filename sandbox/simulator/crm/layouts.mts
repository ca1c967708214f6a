import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { choices, fieldJson, namedModule } from './metadata.mts';
import type { CrmOrg, FieldState, ModuleState } from './org.mts';

type Json = Record<string, unknown>;

function layoutJson(org: CrmOrg, module: ModuleState): Json {
	const fixed = {
		add_field: true,
		rename: true,
		change_tab_traversal: true,
		reorder: true,
		delete: false,
		remove_field: true,
		change_column_count: true,
	};
	const section = (
		name: string,
		label: string,
		sequence: number,
		fields: FieldState[],
		subform: boolean,
	) => ({
		isSubformSection: subform,
		display_label: label,
		mode: 'all',
		sequence_number: sequence,
		actions_allowed: fixed,
		tab_traversal: 'left_to_right',
		api_name: name,
		column_count: 2,
		name: label,
		generated_type: 'default',
		id: `${module.layoutId.slice(0, -2)}${String(sequence).padStart(2, '0')}`,
		type: 'used',
		parent_section: null,
		fields: fields.map((field, index) => {
			const shown = fieldJson(org, field);
			for (const name of ['profiles', 'businesscard_supported', 'external', 'email_parser'])
				delete shown[name];
			if (field.values) shown['pick_list_values'] = choices(field).map((choice) => ({ ...choice, maps: [] }));
			return {
				...shown,
				required: field.mandatory ?? false,
				sequence_number: index + 1,
				section_id: sequence,
			};
		}),
	});
	const fields = [...module.fields.values()].filter((field) => field.name !== 'id' && field.type !== 'tags');
	const subforms = fields.filter((field) => field.type === 'subform');
	return {
		has_more_profiles: false,
		created_time: null,
		convert_mapping: null,
		visible: true,
		created_for: null,
		profiles: [
			{
				default: true,
				name: 'Administrator',
				id: org.profileId,
				_default_view: { name: 'Standard View', id: module.layoutId, type: 'layout' },
				_default_assignment_view: { name: 'Standard View', id: module.layoutId, type: 'layout' },
			},
		],
		source: 'crm',
		created_by: null,
		sections: [
			section(
				`${module.spec.name}_Information`,
				`${module.spec.singular} Information`,
				1,
				fields.filter((field) => field.type !== 'subform'),
				false,
			),
			...subforms.map((field, index) => section(field.name, field.label, index + 2, [field], true)),
		],
		display_label: 'Standard',
		show_business_card: true,
		modified_time: null,
		api_name: 'Standard',
		name: 'Standard',
		modified_by: null,
		actions_allowed: {
			edit: true,
			rename: true,
			clone: true,
			downgrade: false,
			delete: false,
			deactivate: false,
			set_layout_permissions: true,
		},
		generated_type: 'system',
		id: module.layoutId,
		status: 'active',
	};
}

/** `GET /settings/layouts?module=` and `GET /settings/layouts/{id}?module=`: every module has its standard layout. */
export function listLayouts(call: CrmCall, id?: string): SimResponse {
	const module = namedModule(call);
	if (id !== undefined && id !== module.layoutId) return { status: 204 };
	return { status: 200, json: { layouts: [layoutJson(call.org, module)] } };
}

/** `GET /settings/related_lists?module=`. */
export function listRelatedLists(call: CrmCall): SimResponse {
	const module = namedModule(call);
	const roles = module.spec.name === 'Deals' ? ([['Contact_Roles', 'Contacts']] as const) : [];
	const lists = [...module.spec.related, ...module.spec.linked, ...roles].filter(([, target]) => call.org.modules.has(target));
	if (lists.length === 0) return { status: 204 };
	return {
		status: 200,
		json: {
			related_lists: lists.map(([name, target], index) => {
				const other = call.org.module(target);
				return {
					id: `${module.id.slice(0, -2)}${String(index).padStart(2, '0')}`,
					sequence_number: String(index + 1),
					display_label: name === 'Contact_Roles' ? 'Contact Roles' : other.spec.plural,
					api_name: name,
					module: { api_name: target, id: other.id },
					name: name === 'Contact_Roles' ? 'Contact Roles' : other.spec.plural,
					action: null,
					href: `${module.spec.name}/{ENTITYID}/${name}`,
					type: 'default',
					customize_sort: true,
					customize_fields: true,
					customize_display_label: true,
					status: 'visible',
				};
			}),
		},
	};
}
