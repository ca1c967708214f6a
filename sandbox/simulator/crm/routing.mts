import type { SimResponse } from '../types.mts';
import { refuse } from './errors.mts';
import type { ModuleState } from './org.mts';

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

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Operation = 'READ' | 'CREATE' | 'UPDATE' | 'DELETE';

export const operationOf: Record<Method, Operation> = {
	GET: 'READ',
	POST: 'CREATE',
	PUT: 'UPDATE',
	PATCH: 'UPDATE',
	DELETE: 'DELETE',
};

/** `ZohoCRM.modules.{module}.{operation}`; Zoho's scope names of modules have no underscores, WRITE stands for create and update. */
export function moduleScope(module: ModuleState, operation: Operation): string {
	const { name, generated } = module.spec;
	const names = generated === 'custom' ? ['custom', name] : [name.replaceAll('_', ''), name];
	const operations = operation === 'CREATE' || operation === 'UPDATE' ? [operation, 'WRITE'] : [operation];
	return names.flatMap((one) => operations.map((what) => `ZohoCRM.modules.${one}.${what}`)).join('|');
}

export const nothing = () => [];
/** A read of one credit; a write is one with `kind` and scope changed. */
export const reading = (scope: string, handle: () => SimResponse): Route => ({
	kind: 'read',
	scopes: [scope],
	credits: 1,
	heavy: false,
	handle,
	ignored: nothing,
});

export const wrongUrl = (): never =>
	refuse(404, 'INVALID_URL_PATTERN', 'Please check if the URL trying to access is a correct one');
export const wrongMethod = (): never =>
	refuse(400, 'INVALID_REQUEST_METHOD', 'The http request method type is not a valid one');
