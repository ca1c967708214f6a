import type { SimResponse } from '../types.mts';
import { deleteAttachment, downloadAttachment, listAttachments, uploadAttachment } from './attachments.mts';
import type { CrmCall } from './call.mts';
import { dealRolesRoute, rolesRoute } from './contactRoles.mts';
import { listDeleted } from './deleted.mts';
import { convertRoute } from './leads.mts';
import type { ModuleState } from './org.mts';
import { getRecord, listRecords } from './reads.mts';
import { linkRecords, listRelated, unlinkRecords } from './related.mts';
import { actionRoute } from './recordActions.mts';
import {
	type Method,
	moduleScope,
	nothing,
	operationOf,
	reading,
	type Route,
	wrongMethod,
	wrongUrl,
} from './routing.mts';
import { searchRecords } from './search.mts';
import {
	deleteRecord,
	deleteRecords,
	ignoredFields,
	insertRecords,
	updateRecords,
	upsertRecords,
} from './writes.mts';

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

/** `/{module}/{id}/Attachments` and what follows: scopes of the module and of attachments are needed, both. */
function attachmentRoute(call: CrmCall, module: ModuleState, method: Method, [id = '', , one, ...rest]: string[]): Route {
	const handles: Partial<Record<string, () => SimResponse>> =
		one === undefined
			? { GET: () => listAttachments(call, module, id), POST: () => uploadAttachment(call, module, id) }
			: { GET: () => downloadAttachment(call, module, id, one), DELETE: () => deleteAttachment(call, module, id, one) };
	const handle = rest.length === 0 ? handles[method] : wrongUrl();
	if (!handle) return wrongMethod();
	return {
		kind: method === 'GET' ? 'read' : 'write',
		scopes: [moduleScope(module, operationOf[method]), `ZohoCRM.modules.attachments.${operationOf[method]}`],
		credits: 1,
		heavy: false,
		handle,
		ignored: nothing,
	};
}

/** `/{module}/…`; `rest` is what follows its name. */
export function recordRoute(call: CrmCall, module: ModuleState, method: Method, rest: string[]): Route {
	if (module.spec.name === 'Leads' && rest[1] === 'actions' && rest[2] === 'convert' && rest.length === 3)
		return method === 'POST' ? convertRoute(call, module, rest[0] ?? '') : wrongMethod();
	if (module.spec.name === 'Contacts' && rest[0] === 'roles' && rest.length === 1) return rolesRoute(call, module, method);
	if (module.spec.name === 'Deals' && rest[1] === 'Contact_Roles' && rest.length <= 3)
		return dealRolesRoute(call, module, method, rest[0] ?? '', rest[2]);
	if (rest[1] === 'Attachments') return attachmentRoute(call, module, method, rest);
	const action = method === 'POST' ? actionRoute(call, module, rest) : undefined;
	if (action) return action;
	return method === 'GET' ? readRoute(call, module, rest) : writeRoute(call, module, method, rest);
}
