/** What a document looks like on paper. Sources: Books v3 "Get an invoice" (`accept`), "List invoice templates", "Update invoice template", "Update billing address" and their like. */

import type { INodeProperties } from 'n8n-workflow';

import type { JsonObject } from '../../zoho/types';
import { outputFileField } from '../shared/declarativeFiles';
import { GivenError } from '../shared/given';
import { byDisplayName, field } from './formFields';
import type { Kind, KindOperation } from './kind';
import type { operationsOf } from './operations';
import { readForm } from './record';
import { callTo, listOf, says } from './resource';

type Has = ReturnType<typeof operationsOf>;

/** *Get PDF*. */
export function pdfOperation({ books, one, id }: Kind, has: Has): KindOperation {
	return has.called(
		{ name: 'Get PDF', value: 'getPdf', description: `Get ${one} as a PDF file`, action: `Get ${one} as PDF` },
		callTo(books, 'GET', `${books.path}/{${id.name}}`, { download: true, query: () => ({ accept: 'pdf' }) }),
		['id'],
		[outputFileField],
	);
}

/** *Get Templates* and *Use Template*: how the PDF looks. */
export function templateOperations({ books, one, many, id }: Kind, has: Has): KindOperation[] {
	return [
		has.called(
			{ name: 'Get Templates', value: 'getTemplates', description: `Get the PDF templates that ${many} can have`, action: `Get templates of ${many}` },
			listOf({ ...books, label: 'Template', listKey: 'templates' }, `${books.path}/templates`),
			['list'],
		),
		has.called(
			{ name: 'Use Template', value: 'useTemplate', description: `Give ${one} another PDF template`, action: `Use a template for ${one}` },
			callTo(books, 'PUT', `${books.path}/{${id.name}}/templates/{templateId}`, { answer: says({ updated: true }) }),
			['id'],
			[field('Template ID', 'templateId', { required: true, placeholder: 'e.g. 460000000000143', description: 'As Get Templates tells it' })],
		),
	];
}

const lines: Record<string, INodeProperties> = {
	address: field('Address', 'address', { description: 'Street and number' }),
	attention: field('Attention', 'attention', { description: 'The person that it is addressed to' }),
	city: field('City', 'city'),
	country: field('Country', 'country'),
	fax: field('Fax', 'fax'),
	phone: field('Phone', 'phone'),
	state: field('State', 'state'),
	street2: field('Street 2', 'street2'),
	zip: field('ZIP Code', 'zip'),
};

/** Lines that every address has in Zoho's description. */
export const addressLines = ['address', 'city', 'state', 'zip', 'country', 'fax'] as const;

/** The form of an address. */
export const addressForm = (names: readonly string[]): INodeProperties => ({
	displayName: 'Address',
	name: 'fields',
	type: 'collection',
	placeholder: 'Add line',
	default: {},
	options: names.flatMap((name) => lines[name] ?? []).sort(byDisplayName),
});

/** *Update Billing Address* or *Update Shipping Address*: of the document alone; its contact keeps its own. @param more lines beside the usual ones */
export function addressOperation({ books, one, id }: Kind, has: Has, which: 'Billing' | 'Shipping', more: readonly string[] = []): KindOperation {
	const address = `${which.toLowerCase()} address`;
	return has.called(
		{
			name: `Update ${which} Address`,
			value: `update${which}Address`,
			description: `Change the ${address} of ${one} alone`,
			action: `Update the ${address} of ${one}`,
		},
		callTo(books, 'PUT', `${books.path}/{${id.name}}/address/${which.toLowerCase()}`, {
			body: (read) => {
				const given = readForm(read, {});
				if (Object.keys(given).length > 0) return given;
				throw new GivenError('No line of the address is given', 'Add the lines that the address has.');
			},
			answer: async (client, call) => {
				await client.request(call);
				return [call.body as JsonObject];
			},
		}),
		['id'],
		[addressForm([...addressLines, ...more])],
	);
}
