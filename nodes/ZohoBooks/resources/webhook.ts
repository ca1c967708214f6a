import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { workflowPlan } from '../../../zoho/books/webhooks';
import { choice } from '../filters';
import { byDisplayName, entries, field, longText } from '../formFields';
import { nodeResource, type Kind } from '../kind';
import { ownLocator } from '../locators';
import { operationsOf } from '../operations';

/** Source: Books v3 "Webhooks". */
const books: BooksResource = {
	...unwatched,
	name: 'webhook',
	label: 'Webhook',
	path: '/settings/webhooks',
	listKey: 'webhooks',
	recordKey: 'webhook',
	idField: 'webhook_id',
	displayField: 'webhook_name',
	scope: 'settings',
	plan: workflowPlan,
};

const pairs = (displayName: string, name: string, entry: string) =>
	entries(displayName, name, entry, [field('Name', 'param_name'), field('Value', 'param_value')]);

const kind: Kind = {
	books,
	one: 'a webhook',
	many: 'webhooks',
	id: ownLocator('Webhook', 'webhookId'),
	main: [
		{ field: 'webhook_name', property: field('Name', 'webhookName', { description: 'At most 50 characters, and of no other webhook' }), required: true },
		{ field: 'entity', property: field('Entity', 'entity', { placeholder: 'e.g. invoice', description: 'As Zoho names it: customer, vendor, item, estimate, invoice, salesorder' }), required: true },
		{ field: 'url', property: field('URL', 'url', { placeholder: 'e.g. https://example.com/hook' }), required: true },
		{ field: 'method', property: choice('Method', 'method', { POST: 'POST', PUT: 'PUT', DELETE: 'DELETE' }) },
	],
	fields: [
		field('Body Type', 'body_type', { placeholder: 'e.g. application/json', description: 'Empty: Zoho sends the whole record' }),
		longText('Description', 'description'),
		pairs('Form Data', 'form_data', 'pair'),
		pairs('Headers', 'headers', 'header'),
		pairs('Query Parameters', 'query_parameters', 'parameter'),
		field('Raw Data', 'raw_data', { placeholder: 'e.g. ${JSONString}', description: 'The body, with placeholders of Zoho' }),
		field('Secret', 'secret', {
			typeOptions: { password: true },
			description: '12 to 50 letters and digits, with which Zoho signs what it sends; it can be neither read nor changed later',
		}),
	].sort(byDisplayName),
	example: '{ "webhook_name": "New invoices", "entity": "invoice", "method": "POST", "url": "https://example.com/hook" }',
};

const has = operationsOf(kind);

/** Zoho sends a webhook only where a workflow rule calls it. Source: Books v3 "Webhooks". */
export const webhook = nodeResource(kind, [has.create(), has.remove(), has.get('with the rules that call it'), has.getAll(), has.update()]);
