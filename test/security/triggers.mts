/** The two triggers in n8n-core's contexts, each with its webhook registered in a simulated Zoho, and a way to send them anything. */

import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import type { IDataObject } from 'n8n-workflow';

import type { Zoho } from '../support/zoho.mts';
import { oAuth2Api, TriggerDriver } from '../engine/triggerSupport.mts';

export type Product = 'books' | 'crm';
export type Row = Record<string, unknown>;
/** Where the default simulated Zoho has its two organizations. */
export const locations = { books: 'eu', crm: 'in' } as const;

const kinds = {
	books: {
		node: 'ZohoBooksTrigger',
		type: 'ZohoBooksOAuth2Api',
		parameters: { organizationId: '', resource: 'contact', entities: ['customer', 'vendor'] },
	},
	crm: {
		node: 'ZohoCrmTrigger',
		type: 'ZohoCrmOAuth2Api',
		parameters: { authentication: 'oAuth2', modules: ['Contacts'], fields: 'Last_Name,Email,Phone' },
	},
} as const;

let count = 0;

/** The stored credential of a fresh grant. */
export function credentialOf(zoho: Zoho, product: Product): IDataObject {
	const location = locations[product];
	const { clientId, clientSecret, oauthTokenData } = zoho.simulator.grant({ location, product });
	return {
		clientId,
		clientSecret,
		dataCentre: location,
		// Each test has a new Zoho, and does not wait for the minute of the one before.
		...(product === 'books' && { callsPerMinute: 10_000 }),
		oauthTokenData: { ...oauthTokenData },
		grantType: 'authorizationCode',
	};
}

/** A new trigger node; what the process remembers goes by its id. */
export function triggerOf(
	zoho: Zoho,
	product: Product,
	parameters: IDataObject = {},
	credential = credentialOf(zoho, product),
): TriggerDriver {
	const kind = kinds[product];
	const credentialType = `zoho${kind.type.slice(4)}`;
	return new TriggerDriver({
		load: () => {
			const nodes = require(`../../nodes/${kind.node}/${kind.node}.node`) as Record<string, new () => never>;
			const types = require(`../../credentials/${kind.type}.credentials`) as Record<string, new () => never>;
			return {
				node: new (nodes[kind.node] as new () => never)(),
				credentialTypes: { oAuth2Api, [credentialType]: new (types[kind.type] as new () => never)() },
			};
		},
		parameters: {
			...structuredClone(kind.parameters as unknown as IDataObject),
			events: ['created', 'updated', 'deleted'],
			delivery: 'webhookAndPolling',
			options: { batchWindow: 0 },
			...parameters,
		},
		credentialType,
		credential,
		webhookId: `security-${product}-${++count}`,
	});
}

export interface Delivery {
	url: string;
	headers: OutgoingHttpHeaders;
	body: string | Buffer;
	method?: string;
}

export interface Answer {
	status: number;
	body: string;
	/** Names only, in order. */
	headers: string[];
}

/** Sends exactly these headers: a list of values makes as many header lines. */
export async function post({ url, headers, body, method = 'POST' }: Delivery): Promise<Answer> {
	const bytes = Buffer.from(body as string);
	return await new Promise((resolve, reject) => {
		const request = httpRequest(
			url,
			{ method, headers: { ...headers, 'content-length': bytes.length }, agent: false },
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () =>
					resolve({
						status: response.statusCode ?? 0,
						body: Buffer.concat(chunks).toString('utf8'),
						headers: Object.keys(response.headers).sort(),
					}),
				);
			},
		);
		request.on('error', reject);
		request.end(bytes);
	});
}

/** Everything that the simulated Zoho has delivered, as it went over the wire. */
export function watchDeliveries(zoho: Zoho): Delivery[] {
	const seen: Delivery[] = [];
	const { deliveries } = zoho.simulator.world;
	const send = deliveries.send.bind(deliveries);
	jest.spyOn(deliveries, 'send').mockImplementation((url, message, meta) => {
		seen.push({ url, headers: message.headers, body: message.body });
		send(url, message, meta);
	});
	return seen;
}

/** Until deliveries and the executions they start are over. */
export async function settled(zoho: Zoho, driver: TriggerDriver): Promise<void> {
	await zoho.simulator.world.deliveries.settled();
	await driver.idle();
}

const collections = { books: 'contacts', crm: 'Contacts' } as const;

/** Somebody works in Zoho's own screens. */
export function desk(
	zoho: Zoho,
	product: Product,
	action: 'create' | 'update' | 'delete',
	record: Row,
	id?: string,
): Row {
	const location = locations[product];
	return zoho.simulator.desk({
		system: product,
		location,
		collection: collections[product],
		action,
		record,
		...(id ? { id } : {}),
	});
}
