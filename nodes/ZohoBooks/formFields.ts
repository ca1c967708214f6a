/** The parts that forms are made of. Names are Zoho's own. */

import type { INodeProperties } from 'n8n-workflow';

export const field = (displayName: string, name: string, more: Partial<INodeProperties> = {}): INodeProperties =>
	({ displayName, name, type: 'string', default: '', ...more }) as INodeProperties;

export const numberField = (displayName: string, name: string, description?: string): INodeProperties =>
	field(displayName, name, { type: 'number', default: 0, ...(description && { description }) });

export const dayField = (displayName: string, name: string): INodeProperties =>
	field(displayName, name, { type: 'dateTime', description: 'The day counts, not the time' });

export const yesNo = (displayName: string, name: string, description: string): INodeProperties =>
	field(displayName, name, { type: 'boolean', default: false, description });

export const longText = (displayName: string, name: string): INodeProperties => field(displayName, name, { typeOptions: { rows: 3 } });

const expressions = 'specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.';

/** A choice that the account gives. */
export const loaded = (displayName: string, name: string, loadOptionsMethod: string, description = ''): INodeProperties =>
	field(displayName, name, {
		type: 'options',
		typeOptions: { loadOptionsMethod },
		description: `${description}Choose from the list, or ${expressions}`,
	});

/** A list of entries, each with these fields. */
export const entries = (displayName: string, name: string, entry: string, values: INodeProperties[], description?: string): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: `Add ${entry}`,
	...(description && { description }),
	options: [{ displayName: entry.charAt(0).toUpperCase() + entry.slice(1), name: entry.split(' ').at(-1) ?? entry, values }],
});

/** Custom fields of the resource at hand, of which Books has no list. */
export const customFields: INodeProperties = entries('Custom Fields', 'custom_fields', 'custom field', [
	loaded(
		'Field Name or ID',
		'api_name',
		'getCustomFields',
		'Fields that the latest records show; give the ID or the API name (cf_…) of others. ',
	),
	field('Value', 'value'),
]);

export const byDisplayName = (one: INodeProperties, other: INodeProperties): number => one.displayName.localeCompare(other.displayName);
