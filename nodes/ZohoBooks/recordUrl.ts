/** The address that a record has in the browser: `https://books.zoho.eu/app/60012345678#/invoices/460000000026049?filter_by=…`. */

import { GivenError, idFrom } from '../shared/given';

/**
 * The id behind the `#`: words come first, and further ids after it. Any host: organizations can have one of their own, and nothing is sent there.
 * Addresses as public code makes them (`#/invoices/{id}`, `#/inventory/items/{id}`, `#/quotes/{id}`); Zoho documents none.
 */
export const recordUrl = '^https?://[^#]+#/(?:[A-Za-z][\\w-]*/)+(\\d{6,})(?:[/?].*)?$';

/** The id of a record that was chosen inside a form, where n8n does not take it out of the address. @throws GivenError */
export function idOfLocator({ mode, value }: { mode?: unknown; value?: unknown }): string {
	const given = idFrom(value);
	if (mode !== 'url' || given === '') return given;
	const [, id] = new RegExp(recordUrl).exec(given) ?? [];
	if (id) return id;
	throw new GivenError(`"${given}" is not the address of a record in Zoho Books`, 'Open the record in Zoho Books and copy the address from the browser.');
}
