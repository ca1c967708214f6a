import type { CrmCall } from './call.mts';
import { cloneRecord } from './clone.mts';
import type { ModuleState } from './org.mts';
import { moduleScope, nothing, type Route } from './routing.mts';
import { addTags, removeTags } from './tagging.mts';

/** Tags cost a credit per 50 records: https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html */
const recordsPerCredit = 50;

function tagRoute(call: CrmCall, module: ModuleState, change: typeof addTags, id?: string): Route {
	const { ids } = call.json();
	const count = id === undefined && Array.isArray(ids) ? ids.length : 1;
	return {
		kind: 'write',
		// The pages name the first, the OpenAPI file the second.
		scopes: [`${moduleScope(module, 'UPDATE')}|${moduleScope(module, 'CREATE')}`, 'ZohoCRM.settings.tags.ALL'],
		credits: Math.max(1, Math.ceil(count / recordsPerCredit)),
		heavy: false,
		handle: () => change(call, module, id),
		ignored: nothing,
	};
}

/** `POST /{module}/actions/{action}` and `POST /{module}/{id}/actions/{action}`; undefined for others. */
export function actionRoute(call: CrmCall, module: ModuleState, rest: string[]): Route | undefined {
	const [id, action] = rest[0] === 'actions' ? [undefined, rest[1]] : rest[1] === 'actions' ? [rest[0], rest[2]] : [];
	if (rest.length !== (id === undefined ? 2 : 3)) return undefined;
	if (action === 'add_tags') return tagRoute(call, module, addTags, id);
	if (action === 'remove_tags') return tagRoute(call, module, removeTags, id);
	if (action !== 'clone' || id === undefined) return undefined;
	return {
		kind: 'write',
		scopes: [moduleScope(module, 'CREATE')],
		credits: 1,
		heavy: false,
		handle: () => cloneRecord(call, module, id),
		ignored: nothing,
	};
}
