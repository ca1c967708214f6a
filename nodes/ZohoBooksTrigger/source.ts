/** Which Books records a trigger node watches. Everything comes from the resources' own data. */

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { BooksResource } from '../../zoho/books/resources';
import { booksResources } from '../../zoho/books/resources';
import type { TriggerContext } from '../shared/trigger/keys';
import { parameter } from '../shared/trigger/keys';

/** The resources that can be watched: those with a time of their last modification. */
const watchable: BooksResource[] = Object.values(booksResources).filter(
	({ modifiedField }) => modifiedField,
);

/**
 * Where a record tells which entity it is, for resources that are several entities to webhooks and workflow
 * rules.
 */
const entityFields: Record<string, string> = { contact: 'contact_type' };

export function entityField({ name }: BooksResource): string | undefined {
	return entityFields[name];
}

export function chosenResource(context: TriggerContext): BooksResource {
	const name = parameter(context, 'resource', 'contact');
	const resource = watchable.find((one) => one.name === name);
	// n8n itself refuses a value that is not among the options; this is for a workflow made by another version of the package.
	if (!resource) throw new Error(`Zoho Books Trigger does not know the resource "${name}"`);
	return resource;
}

/** The entities to watch; all that the resource has where the node offers no choice. */
export function chosenEntities(context: TriggerContext): readonly string[] {
	const resource = chosenResource(context);
	const all = resource.webhookEntities ?? [];
	if (!entityField(resource)) return all;
	const chosen = parameter<string[]>(context, 'entities', [...all]);
	return all.filter((entity) => chosen.includes(entity));
}

export const resourceOptions: INodePropertyOptions[] = watchable.map(({ label, name }) => ({
	name: label,
	value: name,
}));

/** One choice of entities for every resource that is several of them. */
export const entityProperties: INodeProperties[] = watchable
	.filter((resource) => entityField(resource) !== undefined)
	.map(({ name, label, webhookEntities = [] }) => ({
		displayName: `${label} Types`,
		name: 'entities',
		type: 'multiOptions',
		displayOptions: { show: { resource: [name] } },
		options: webhookEntities.map((entity) => ({
			name: entity.charAt(0).toUpperCase() + entity.slice(1),
			value: entity,
		})),
		default: [...webhookEntities],
		description: 'Which of them to watch',
	}));
