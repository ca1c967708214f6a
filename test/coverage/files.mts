/** The operations of Zoho's OpenAPI files. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

import type { Product } from './exchanges.mts';

export interface ZohoOperation {
	/** Without its ending: `invoices`, `record`. */
	file: string;
	id: string;
	method: string;
	/** As in the file: `/invoices/{invoice_id}`. */
	path: string;
	/** Of whole addresses. */
	pattern: RegExp;
}

interface Spec {
	servers?: Array<{ url: string }>;
	paths?: Record<string, Record<string, { operationId?: string; responses?: unknown }>>;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** Files that describe operations of another one again. */
const again = ['customer-debit-notes'];

/** Books: ids are digits, so that `/contacts/contactpersons` is no contact. CRM: modules and lists have names. */
const products = {
	books: { ending: '.yml', before: '', after: '', root: () => '/books/v3', parameter: '\\d+' },
	crm: { ending: '.json', before: 'zoho-crm-', after: '-openapi', root: serverPath, parameter: '[^/]+' },
} as const;

/** `/crm/v8` of `https://zohoapis.{dc}/crm/{version}`. */
function serverPath({ servers }: Spec): string {
	const url = servers?.[0]?.url ?? '';
	return url.replace(/^https:\/\/[^/]+/, '').replace('{version}', 'v8');
}

const escaped = (text: string): string => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');

/** Names a call whatever its parameters are called. */
const shapeOf = ({ method, path: address }: Pick<ZohoOperation, 'method' | 'path'>): string => `${method} ${address.replace(/\{[^}]+\}/g, '{}')}`;

/**
 * Every operation once, by file; of two files that describe it the first counts.
 * @param folder holds the files of one product
 * @throws when it is not there or holds none
 */
export function zohoOperations(folder: string, product: Product): ZohoOperation[] {
	const { ending, before, after, root, parameter } = products[product];
	const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ending)) : [];
	if (names.length === 0) throw new Error(`Zoho's OpenAPI files are not in ${folder}`);
	const found = new Map<string, ZohoOperation>();
	const isAgain = (name: string) => again.some((one) => name.startsWith(one));
	for (const name of [...names.filter((one) => !isAgain(one)).sort(), ...names.filter(isAgain)]) {
		const spec = parse(readFileSync(path.join(folder, name), 'utf8')) as Spec;
		for (const [address, described] of Object.entries(spec.paths ?? {})) {
			for (const [method, operation] of Object.entries(described)) {
				if (!methods.includes(method)) continue;
				const pattern = `${escaped(root(spec))}${escaped(address).replace(/\{[^}]+\}/g, parameter)}`;
				const one: ZohoOperation = {
					file: name.slice(before.length, -ending.length).replace(new RegExp(`${after}$`), ''),
					id: operation.operationId ?? '',
					method: method.toUpperCase(),
					path: address,
					pattern: new RegExp(`^${pattern}$`),
				};
				const key = `${root(spec)} ${shapeOf(one)}`;
				if (!found.has(key)) found.set(key, one);
			}
		}
	}
	return [...found.values()];
}

/** The operation that a call is of: of several whose address fits, the one that says most of it in words. */
export function operationOf(operations: readonly ZohoOperation[], method: string, address: string): ZohoOperation | undefined {
	const words = (one: ZohoOperation) => one.path.replace(/\{[^}]+\}/g, '').length;
	return operations
		.filter((one) => one.method === method && one.pattern.test(address))
		.sort((one, other) => words(other) - words(one))[0];
}
