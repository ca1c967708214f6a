import type { ZohoClient } from '../../zoho/client';
import { contact } from '../../zoho/books/contact';
import { item } from '../../zoho/books/item';
import { getBooksRecord } from '../../zoho/books/read';
import { connect } from '../shared/connection';
import { zohoBooksOAuth2Api } from '../shared/credentials';
import { fewAtOnce } from '../shared/fewAtOnce';
import type { TriggerEvent } from '../shared/trigger/events';
import { parameter, triggerName, type TriggerContext } from '../shared/trigger/keys';
import type { Fetched, TriggerSystem } from '../shared/trigger/system';
import { noteVersion } from './freshness';
import type { ListMemory } from './look';
import { booksRegistration } from './registration';
import { booksScan, latestRow } from './scan';
import { chosenEntities, chosenResource } from './source';
import { modifiedAt, readWebhook } from './webhook';

/** By trigger and resource, for this process. */
const memories = new Map<string, ListMemory>();

function memoryOf(key: string): ListMemory {
	const memory = memories.get(key) ?? { refused: 0, pagesOwed: 0 };
	memories.set(key, memory);
	return memory;
}

const hasLines = (context: TriggerContext): boolean => ![contact.name, item.name].includes(chosenResource(context).name);

/** A poll may bring hundreds of records, and Books' minute goes to whoever asks first: writes of other executions do not wait for all of them. */
const readsAtOnce = 2;

/** Zoho Books as a source of events. */
export const booksSystem: TriggerSystem = {
	idField: (context) => chosenResource(context).idField,
	credentialType: () => zohoBooksOAuth2Api,
	connect: async (context) =>
		await connect(context, 'books', { organizationId: parameter(context, 'organizationId', '') }),
	read: readWebhook,
	registration: booksRegistration,
	// Two lists of webhooks and rules each time; the daily calls of a Books plan are few.
	registrationCheckEvery: () => 60 * 60_000,
	scans: (context, client) => {
		const name = triggerName(context);
		const note = (id: string, modified: number) => noteVersion(`${name}/${id}`, modified);
		const resource = chosenResource(context);
		return [booksScan(client, resource, chosenEntities(context), note, memoryOf(`${name}/${resource.name}`))];
	},
	fetch: async (context, client, events) => {
		const resource = chosenResource(context);
		return await fewAtOnce(events, readsAtOnce, async ({ id }): Promise<Fetched> => {
			const readAt = Date.now();
			try {
				return { record: await getBooksRecord(client, resource, id), readAt };
			} catch (error) {
				return { error };
			}
		});
	},
	// Invoices and payments that a webhook brought yield to what came in the same second, and wait for the poll (sync/money/ledger.ts).
	modified: (context, record) => (hasLines(context) ? undefined : modifiedAt(record, chosenResource(context))),
	latest: async (context, client) => await latest(client, context),
};

async function latest(
	client: ZohoClient,
	context: Parameters<TriggerSystem['latest']>[0],
): Promise<TriggerEvent | undefined> {
	const resource = chosenResource(context);
	const row = await latestRow(client, resource, chosenEntities(context));
	const { organizationId } = client.connection;
	return (
		row && {
			type: 'updated',
			resource: resource.name,
			id: row.id,
			delivery: 'polling',
			...(organizationId ? { organizationId } : {}),
		}
	);
}
