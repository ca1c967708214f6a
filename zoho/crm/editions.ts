/** Which edition of Zoho CRM has a module. */

import { text } from '../json';
import type { ZohoCall } from '../types';

/** Source: Zoho's comparison of the editions; what is left out is in every edition, or the sources do not agree. */
const modulesFrom: Record<string, string> = {
	Invoices: 'Professional',
	Price_Books: 'Professional',
	Products: 'Standard',
	Purchase_Orders: 'Professional',
	Quotes: 'Professional',
	Sales_Orders: 'Professional',
	Vendors: 'Professional',
};

/** The lowest edition that has the module. */
export function editionOf(module: string): string | undefined {
	return Object.hasOwn(modulesFrom, module) ? modulesFrom[module] : undefined;
}

/** The same of the module that a call is about: `/crm/v8/Invoices/…`, or a parameter. */
export function editionOfCall({ path, query }: Pick<ZohoCall, 'path' | 'query'>): string | undefined {
	const [, module = ''] = /^\/crm\/v\d+\/([^/?]+)/.exec(path) ?? [];
	return editionOf(module === 'settings' ? text(query?.module) : module);
}
