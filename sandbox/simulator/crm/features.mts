import type { CrmCall } from './call.mts';
import { CrmRefusal, type CrmFault, fault, faults } from './errors.mts';
import type { ModuleState } from './org.mts';
import { isObject, type Json } from './values.mts';

/**
 * What stands beside the records of a write. Sources: https://www.zoho.com/crm/developer/docs/api/v8/insert-records.html, …/update-records.html and Zoho's OpenAPI file for
 * records. Nothing of it is carried out here: there are no rules to run.
 */

const triggers = ['workflow', 'approval', 'blueprint', 'pathfinder', 'orchestration'];
const applicable = [
	'layout_rules',
	'range_validation',
	'assignment_rules',
	'function_validation_rule',
	'criteria_validation_rule',
	'global_map_dependency',
	'territory_subordinates',
];

/** Refuses what no write takes. */
export function checkFeatures(call: CrmCall): void {
	const { trigger, apply_feature_execution: apply, skip_feature_execution: skip, lar_id: rule } = call.json();
	const invalid = (name: string, path: string): never => {
		throw new CrmRefusal(400, fault('INVALID_DATA', 'invalid data', { api_name: name, json_path: path }));
	};
	if (trigger !== undefined && trigger !== null && !Array.isArray(trigger)) invalid('trigger', '$.trigger');
	if (Array.isArray(trigger))
		trigger.forEach((name, index) => {
			if (!triggers.includes(String(name))) invalid('trigger', `$.trigger[${index}]`);
		});
	const lists: Array<[key: string, list: unknown, known: string[]]> = [
		['apply_feature_execution', apply, applicable],
		['skip_feature_execution', skip, ['cadences']],
	];
	for (const [key, list, known] of lists) {
		if (list === undefined || list === null) continue;
		if (!Array.isArray(list)) return invalid(key, `$.${key}`);
		list.forEach((entry: unknown, index) => {
			const path = `$.${key}[${index}].name`;
			if (!isObject(entry) || entry['name'] === undefined) throw new CrmRefusal(400, faults.mandatory('name', path));
			if (!known.includes(String(entry['name']))) invalid('name', path);
		});
	}
	if (rule !== undefined && rule !== null && !/^\d+$/.test(String(rule))) invalid('lar_id', '$.lar_id');
}

/** A record names its layout by `{"id":"…"}`; every module has one. */
export function layoutFault(module: ModuleState, record: Json, path: string): CrmFault | undefined {
	const { Layout: layout } = record;
	if (layout === undefined || layout === null) return undefined;
	if (isObject(layout) && layout['id'] === module.layoutId) return undefined;
	return faults.badId({ api_name: 'Layout', json_path: `${path}.Layout.id` });
}
