import type { SimRequest } from '../../types.mts';
import type { CrmCall } from '../call.mts';
import { type Method, moduleScope, nothing, type Route, wrongMethod, wrongUrl } from '../routing.mts';
import { bulkReadCredits, createReadJob, moduleOfRead, readJobDetails, readJobResult } from './read.mts';
import { uploadFile } from './upload.mts';
import { bulkWriteCredits, createWriteJob, moduleOfWrite, writeJobDetails, writeJobResult } from './write.mts';

const route = (kind: Route['kind'], scopes: string[], handle: Route['handle'], credits = 1): Route => ({
	kind,
	scopes,
	credits,
	heavy: false,
	handle,
	ignored: nothing,
});

/** `/crm/bulk/v8/…` */
export function bulkRoute(call: CrmCall, method: Method, [version, what, id, result, ...rest]: string[]): Route {
	if (version !== 'v8' || rest.length > 0 || (result !== undefined && (what !== 'read' || result !== 'result'))) return wrongUrl();
	if (method !== (id === undefined ? 'POST' : 'GET')) return wrongMethod();
	if (what === 'read') {
		const module = moduleOfRead(call, id);
		const scopes = ['ZohoCRM.bulk.READ', ...(module ? [moduleScope(module, 'READ')] : [])];
		if (id === undefined) return route('read', scopes, () => createReadJob(call), bulkReadCredits);
		return route('read', scopes, () => (result === undefined ? readJobDetails(call, id) : readJobResult(call, id)));
	}
	if (what !== 'write') return wrongUrl();
	if (id !== undefined) return route('read', ['ZohoCRM.bulk.CREATE'], () => writeJobDetails(call, id));
	const module = moduleOfWrite(call);
	const scopes = ['ZohoCRM.bulk.CREATE', ...(module ? [moduleScope(module, 'CREATE')] : [])];
	return route('write', scopes, () => createWriteJob(call), bulkWriteCredits);
}

/** `/crm/v8/upload` of the server that takes files. */
export function uploadRoute(call: CrmCall, method: Method, { url, headers }: SimRequest): Route {
	if (url.pathname !== '/crm/v8/upload') return wrongUrl();
	if (method !== 'POST') return wrongMethod();
	return route('write', ['ZohoFiles.files.ALL'], () => uploadFile(call, (name) => headers[name]));
}

const resultPath = /^\/v\d+\/crm\/(?:org)?(\d+)\/bulk-write\/(\d+)\/\2\.zip$/;

/** The results of bulk write jobs, on a server of their own or on the API host. */
export function resultRoute(call: CrmCall, method: Method, { url }: SimRequest): Route {
	const [, zgid, id = ''] = resultPath.exec(url.pathname) ?? [];
	if (zgid !== call.org.zgid) return wrongUrl();
	return method === 'GET' ? route('read', ['ZohoCRM.bulk.CREATE'], () => writeJobResult(call, id)) : wrongMethod();
}
