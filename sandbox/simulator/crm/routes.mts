import type { SimRequest, SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { coqlCredits, queryOf, runCoql } from './coql.mts';
import { listCurrencies, listProfiles } from './orgSettings.mts';
import { createFields } from './customFields.mts';
import { createModules, moduleCredits } from './customModules.mts';
import { refuse } from './errors.mts';
import { listLayouts, listRelatedLists } from './layouts.mts';
import { getField, getModule, listFields, listModules } from './metadata.mts';
import type { ModuleState } from './org.mts';
import { getOrg, listUsers } from './orgInfo.mts';
import { getRecord, listDeleted, listRecords } from './reads.mts';
import { linkRecords, listRelated, unlinkRecords } from './related.mts';
import { searchRecords } from './search.mts';
import { listTaxes, writeTaxes } from './taxes.mts';
import { disableChannels, listChannels, writeChannels } from './watch.mts';
import {
	deleteRecord,
	deleteRecords,
	ignoredFields,
	insertRecords,
	updateRecords,
	upsertRecords,
} from './writes.mts';

/** What a request is about, before anything is done. */
export interface Route {
	kind: 'read' | 'write';
	/** All of them are needed; `a|b` means either. */
	scopes: string[];
	credits: number;
	/** Belongs to the calls of which only ten may run at once. */
	heavy: boolean;
	handle(): SimResponse;
	/** Names in the body that will be passed over. */
	ignored(): string[];
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Operation = 'READ' | 'CREATE' | 'UPDATE' | 'DELETE';

const operationOf: Record<Method, Operation> = {
	GET: 'READ',
	POST: 'CREATE',
	PUT: 'UPDATE',
	PATCH: 'UPDATE',
	DELETE: 'DELETE',
};

/** `ZohoCRM.modules.{module}.{operation}`; Zoho's scope names of modules have no underscores, WRITE stands for create and update. */
function moduleScope(module: ModuleState, operation: Operation): string {
	const { name, generated } = module.spec;
	const names = generated === 'custom' ? ['custom', name] : [name.replaceAll('_', ''), name];
	const operations = operation === 'CREATE' || operation === 'UPDATE' ? [operation, 'WRITE'] : [operation];
	return names.flatMap((one) => operations.map((what) => `ZohoCRM.modules.${one}.${what}`)).join('|');
}

const nothing = () => [];
const reading = (scope: string, handle: () => SimResponse): Route => ({
	kind: 'read',
	scopes: [scope],
	credits: 1,
	heavy: false,
	handle,
	ignored: nothing,
});

const wrongUrl = (): never =>
	refuse(404, 'INVALID_URL_PATTERN', 'Please check if the URL trying to access is a correct one');
const wrongMethod = (): never =>
	refuse(400, 'INVALID_REQUEST_METHOD', 'The http request method type is not a valid one');

function settingsRoute(call: CrmCall, method: Method, [what, id, ...rest]: string[]): Route {
	if (rest.length) return wrongUrl();
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

function orgRoute(call: CrmCall, method: Method, [what, id, ...rest]: string[]): Route {
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

function watchRoute(call: CrmCall, method: Method): Route {
	const scope = `ZohoCRM.notifications.${operationOf[method]}`;
	if (method === 'GET') return reading(scope, () => listChannels(call));
	const handle = method === 'DELETE' ? () => disableChannels(call) : () => writeChannels(call, method);
	return { ...reading(scope, handle), kind: 'write' };
}

function coqlRoute(call: CrmCall, method: Method): Route {
	if (method !== 'POST') return wrongMethod();
	const query = queryOf(call);
	const module = call.org.modules.get(query.module);
	const scopes = module ? ['ZohoCRM.coql.READ', moduleScope(module, 'READ')] : ['ZohoCRM.coql.READ'];
	return {
		kind: 'read',
		scopes,
		credits: coqlCredits(query),
		heavy: true,
		handle: () => runCoql(call),
		ignored: nothing,
	};
}

/** Reads of a module's records; `rest` is what follows its name. */
function readRoute(call: CrmCall, module: ModuleState, rest: string[]): Route {
	const [first, second, third] = rest;
	const scope = moduleScope(module, 'READ');
	if (first === undefined) {
		return {
			...reading(scope, () => listRecords(call, module)),
			heavy: call.query('sort_by') !== undefined || call.query('cvid') !== undefined,
		};
	}
	if (second === undefined) {
		if (first === 'deleted') return { ...reading(scope, () => listDeleted(call, module)), credits: 2 };
		if (first === 'search' && module.spec.name === 'Notes') return wrongUrl();
		if (first !== 'search') return reading(scope, () => getRecord(call, module, first));
		return {
			...reading(scope, () => searchRecords(call, module)),
			scopes: [scope, 'ZohoSearch.securesearch.READ'],
		};
	}
	return third === undefined ? reading(scope, () => listRelated(call, module, first, second)) : wrongUrl();
}

function writeRoute(call: CrmCall, module: ModuleState, method: Method, rest: string[]): Route {
	const [first, second, third, fourth] = rest;
	if (fourth !== undefined) return wrongUrl();
	const bulk = (handle: () => SimResponse): Route => ({
		kind: 'write',
		scopes: [moduleScope(module, operationOf[method])],
		credits: Math.max(1, Math.ceil(call.count / 10)),
		heavy: call.count > 10,
		handle,
		ignored: () => (method === 'DELETE' ? [] : ignoredFields(call, module)),
	});
	if (first !== undefined && second !== undefined) {
		const handles: Partial<Record<Method, () => SimResponse>> = {
			PUT: () => linkRecords(call, module, first, second, third),
			DELETE: () => unlinkRecords(call, module, first, second, third),
		};
		const handle = handles[method];
		return handle ? { ...bulk(handle), ignored: nothing } : wrongMethod();
	}
	if (method === 'POST') {
		if (first === undefined) return bulk(() => insertRecords(call, module));
		return first === 'upsert' && module.spec.name !== 'Notes'
			? bulk(() => upsertRecords(call, module))
			: wrongUrl();
	}
	if (method === 'PUT') return bulk(() => updateRecords(call, module, first));
	if (method !== 'DELETE') return wrongMethod();
	return bulk(() => (first === undefined ? deleteRecords(call, module) : deleteRecord(call, module, first)));
}

/** Finds the operation that a request asks for; refuses what CRM does not have. */
export function routeOf(call: CrmCall, request: SimRequest): Route {
	const method = request.method.toUpperCase() as Method;
	const [, product, version, first, ...rest] = request.url.pathname.split('/').map(decodeURIComponent);
	if (product !== 'crm' || version !== 'v8' || !first || !(method in operationOf)) return wrongUrl();
	if (first === 'settings') return settingsRoute(call, method, rest);
	if (first === 'actions' && rest[0] === 'watch' && rest.length === 1) return watchRoute(call, method);
	if (first === 'coql' && rest.length === 0) return coqlRoute(call, method);
	if (first === 'org') return orgRoute(call, method, rest);
	if (first === 'users' && rest.length === 0)
		return method === 'GET' ? reading('ZohoCRM.users.READ', () => listUsers(call)) : wrongMethod();
	// `actions`, `__composite_requests` and the like are no modules; Zoho has them, this simulator does not.
	if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(first)) return wrongUrl();
	const module = call.org.module(first);
	return method === 'GET' ? readRoute(call, module, rest) : writeRoute(call, module, method, rest);
}
