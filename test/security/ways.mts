/** Every way on which the package sends something to Zoho, and what of it n8n shows and keeps. */

import type {
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';

import { ZohoBooksOAuth2Api } from '../../credentials/ZohoBooksOAuth2Api.credentials';
import { ZohoCrmClientCredentialsApi } from '../../credentials/ZohoCrmClientCredentialsApi.credentials';
import { ZohoCrmOAuth2Api } from '../../credentials/ZohoCrmOAuth2Api.credentials';
import { ZohoBooks } from '../../nodes/ZohoBooks/ZohoBooks.node';
import { ZohoCrm } from '../../nodes/ZohoCrm/ZohoCrm.node';
import { ZohoMatch } from '../../nodes/ZohoMatch/ZohoMatch.node';
import { loadOptionsContext } from '../support/loadOptions.mts';
import type { CredentialStore } from '../support/memoryCredentials.mts';
import { feeder, runNode, type NodeRunOptions } from '../support/nodeRun.mts';
import type { Zoho } from '../support/zoho.mts';
import { credentialOf, triggerOf, type Product } from './triggers.mts';

export interface Outcome {
	/** Message and description of the failure, '' when it succeeded. */
	words: string;
	/** What n8n keeps with the execution or shows. */
	kept: unknown;
}

export interface Way {
	name: string;
	product: Product;
	run(zoho: Zoho, credential: IDataObject, onError?: NodeRunOptions['onError']): Promise<Outcome>;
}

export const types: ICredentialType[] = [
	new ZohoBooksOAuth2Api(),
	new ZohoCrmOAuth2Api(),
	new ZohoCrmClientCredentialsApi(),
];
const typeOf = { books: 'zohoBooksOAuth2Api', crm: 'zohoCrmOAuth2Api' } as const;
const clientType = 'zohoCrmClientCredentialsApi';

let count = 0;

/** A credential of an id that nothing was remembered of yet. */
export function storeOf(type: string, data: IDataObject): CredentialStore {
	return { [`c${++count}`]: { type, data } } as CredentialStore;
}

/** Message and description together: what a person reads. */
export function wordsOf(error: unknown): string {
	const { message = '', description = '' } = (error ?? {}) as { message?: string; description?: string };
	return `${message} ${description ?? ''}`.trim();
}

function node(
	name: string,
	product: Product,
	make: () => INodeType,
	parameters: IDataObject,
	type: string = typeOf[product],
): Way {
	return {
		name,
		product,
		async run(_zoho, credential, onError) {
			const authentication = type === clientType ? 'clientCredentials' : 'oAuth2';
			const kept = await runNode({
				node: make(),
				parameters: { ...(product === 'crm' && { authentication }), ...parameters },
				items: [{}],
				credentials: storeOf(type, credential),
				credentialTypes: types,
				...(onError && { onError }),
			});
			return { words: wordsOf(kept.error), kept };
		},
	};
}

const contacts = { __rl: true, mode: 'name', value: 'Contacts' };
const organizationId = '60000100001';
const books = (name: string, parameters: IDataObject) =>
	node(name, 'books', () => new ZohoBooks(), parameters);
const crm = (name: string, parameters: IDataObject) => node(name, 'crm', () => new ZohoCrm(), parameters);

export const nodes: Way[] = [
	books('Zoho Books, read', { resource: 'contact', operation: 'getAll', organizationId }),
	books('Zoho Books, organization looked up', { resource: 'contact', operation: 'getAll' }),
	books('Zoho Books, write', {
		resource: 'contact',
		operation: 'upsert',
		contactName: 'Acme',
		organizationId,
	}),
	crm('Zoho CRM, read', { resource: 'record', operation: 'getAll', module: contacts }),
	crm('Zoho CRM, write', {
		resource: 'record',
		operation: 'create',
		module: contacts,
		inputMode: 'json',
		record: { Last_Name: 'Lee' },
	}),
	node('Zoho Match', 'crm', () => new ZohoMatch(), {
		operation: 'lookUp',
		module: contacts,
		rules: { rule: [{ kind: 'email', field: 'Email', value: 'a@b.example' }] },
		putUnder: 'found',
	}),
];

function trigger(product: Product): Way {
	return {
		name: `${product} trigger`,
		product,
		async run(zoho, credential) {
			const driver = triggerOf(zoho, product, {}, credential);
			const failed = await driver.activate().then(
				() => driver.emittedErrors[0] ?? driver.failures[0],
				(error: unknown) => error,
			);
			await driver.close();
			return { words: wordsOf(failed), kept: [failed, driver.kept] };
		},
	};
}

const dropdown: Way = {
	name: 'dropdown of organizations',
	product: 'books',
	async run(_zoho, credential) {
		const shown = new ZohoBooks();
		const methods = shown.methods as unknown as {
			loadOptions: Record<string, (this: unknown) => Promise<unknown>>;
		};
		const parameters = { resource: 'contact', operation: 'getAll' };
		const context = loadOptionsContext(shown, parameters, storeOf(typeOf.books, credential), types);
		return await (methods.loadOptions.getOrganizations as (this: unknown) => Promise<unknown>)
			.call(context)
			.then(
				(kept) => ({ words: '', kept }),
				(error: unknown) => ({ words: wordsOf(error), kept: error }),
			);
	},
};

export const ways: Way[] = [...nodes, trigger('books'), trigger('crm'), dropdown];

/** Also the one of a trigger, with its token and the key in its address. */
const channels: Way = {
	...crm('Zoho CRM, channels', { resource: 'notificationChannel', operation: 'getAll' }),
	async run(zoho, credential, onError) {
		const driver = triggerOf(zoho, 'crm');
		await driver.activate().catch(() => undefined);
		const list = crm('', { resource: 'notificationChannel', operation: 'getAll' });
		const outcome = await list.run(zoho, credential, onError);
		await driver.close();
		return outcome;
	},
};

/** Operations whose requests or answers have more to hide than the token. */
export const delicateWays: Way[] = [
	books('Zoho Books, declarative write', {
		resource: 'contact',
		operation: 'create',
		contactName: 'Acme',
		organizationId,
	}),
	crm('Zoho CRM, query', {
		resource: 'record',
		operation: 'query',
		query: 'select id from Contacts where id is not null',
	}),
	channels,
];

/** With a client secret in each token request. */
export const clientCredentials: Way = node(
	'Zoho CRM, client credentials',
	'crm',
	() => new ZohoCrm(),
	{ resource: 'record', operation: 'getAll', module: contacts },
	clientType,
);

/** As n8n stores a new credential of this type. */
export function storedFor(zoho: Zoho, type: string): IDataObject {
	if (type !== clientType) return credentialOf(zoho, type === typeOf.books ? 'books' : 'crm');
	const { clientId, clientSecret } = zoho.simulator.grant({ location: 'in', product: 'crm' });
	const zgid = zoho.simulator.world.tenantOf('crm', 'in')?.crm.zgid ?? '';
	return { dataCentre: 'in', clientId, clientSecret, zgid };
}

/** The test behind "Save" in n8n's credential window: a declarative node made of the type's `test` (credentials-tester.service.js of n8n). */
export async function testCredential(type: ICredentialType, data: IDataObject): Promise<Outcome> {
	const request = (type.test as ICredentialTestRequest).request;
	const { description } = feeder([]);
	const properties = [
		{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request }, default: '' },
	] as INodeProperties[];
	const tester = {
		description: {
			...description,
			requestDefaults: {},
			credentials: [{ name: type.name, required: true }],
			properties,
		},
	} as unknown as INodeType;
	const credentials = storeOf(type.name, data);
	const kept = await runNode({
		node: tester,
		parameters: {},
		items: [{}],
		credentials,
		credentialTypes: types,
	});
	return { words: wordsOf(kept.error), kept };
}
