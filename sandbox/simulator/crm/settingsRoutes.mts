import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { createFields } from './customFields.mts';
import { createModules, moduleCredits } from './customModules.mts';
import { listLayouts, listRelatedLists } from './layouts.mts';
import { getField, getModule, listFields, listModules } from './metadata.mts';
import { getOrg } from './orgInfo.mts';
import { listCurrencies, listProfiles } from './orgSettings.mts';
import { type Method, operationOf, reading, type Route, wrongMethod, wrongUrl } from './routing.mts';
import { createTags, deleteTag, listTags, updateTags } from './tags.mts';
import { listTaxes, writeTaxes } from './taxes.mts';
import { getUser, listUsers } from './users.mts';

/** `/settings/…` */
export function settingsRoute(call: CrmCall, method: Method, [what, id, ...rest]: string[]): Route {
	if (rest.length) return wrongUrl();
	if (what === 'tags') return tagsRoute(call, method, id);
	const create = { fields: createFields, modules: createModules }[what ?? ''];
	const creating = create !== undefined && method === 'POST' && id === undefined;
	const scope = `ZohoCRM.settings.${what}.${creating ? 'CREATE' : 'READ'}`;
	if (creating) {
		const credits = what === 'modules' ? moduleCredits : 1;
		return { ...reading(scope, () => create(call)), kind: 'write', credits };
	}
	const handlers: Record<string, () => SimResponse> = {
		modules: () => (id === undefined ? listModules(call) : getModule(call, id)),
		fields: () => (id === undefined ? listFields(call) : getField(call, id)),
		layouts: () => listLayouts(call, id),
		related_lists: () => listRelatedLists(call),
		profiles: () => listProfiles(call, id),
	};
	const handle = handlers[what ?? ''];
	if (!handle) return wrongUrl();
	return method === 'GET' ? reading(scope, handle) : wrongMethod();
}

function tagsRoute(call: CrmCall, method: Method, id: string | undefined): Route {
	const handles: Partial<Record<Method, () => SimResponse>> =
		id === undefined
			? { GET: () => listTags(call), POST: () => createTags(call), PUT: () => updateTags(call) }
			: { PUT: () => updateTags(call, id), DELETE: () => deleteTag(call, id) };
	const handle = handles[method];
	if (!handle) return wrongMethod();
	return { ...reading(`ZohoCRM.settings.tags.${operationOf[method]}`, handle), kind: method === 'GET' ? 'read' : 'write' };
}

/** `/org/…` */
export function orgRoute(call: CrmCall, method: Method, [what, id, ...rest]: string[]): Route {
	if (rest.length) return wrongUrl();
	if (what === undefined)
		return method === 'GET' ? reading('ZohoCRM.org.READ', () => getOrg(call)) : wrongMethod();
	if (what !== 'taxes' && what !== 'currencies') return wrongUrl();
	const scope = `ZohoCRM.settings.${what}.${operationOf[method]}`;
	if (method === 'GET')
		return reading(scope, () => (what === 'taxes' ? listTaxes(call, id) : listCurrencies(call, id)));
	if (what !== 'taxes' || id !== undefined || (method !== 'POST' && method !== 'PUT')) return wrongMethod();
	return { ...reading(scope, () => writeTaxes(call, method)), kind: 'write' };
}

/** `/users/…` */
export function usersRoute(call: CrmCall, method: Method, [id, ...rest]: string[]): Route {
	if (rest.length) return wrongUrl();
	if (method !== 'GET') return wrongMethod();
	return reading('ZohoCRM.users.READ', () => (id === undefined ? listUsers(call) : getUser(call, id)));
}
