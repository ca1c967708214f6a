/**
 * n8n's credentials helper over a store in memory: fills in defaults, resolves expressions, gets tokens before requests and signs them
 * as `credentials-helper.js` of n8n does. What needs n8n's database or licence is left out.
 */

import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeProperties,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

/** Credential id → type and content. */
export type CredentialStore = Record<string, { type: string; data: ICredentialDataDecryptedObject }>;

/** What n8n takes from the type where that hides it, whatever was stored. */
const pinned = ['authUrl', 'accessTokenUrl', 'grantType', 'authentication', 'usePkce'];

/** The part of n8n's own OAuth2 type that the package's types build on. */
export const oAuth2Api = {
	name: 'oAuth2Api',
	displayName: 'OAuth2 API',
	properties: [
		...['grantType', 'authUrl', 'accessTokenUrl', 'clientId', 'scope', 'authQueryParameters', 'authentication'].map(
			(name) => ({ displayName: name, name, type: 'string' as const, default: '' }),
		),
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
	],
} as ICredentialType;

const bystander: INode = { id: 'c', name: '', typeVersion: 1, type: 'mock', position: [0, 0], parameters: {} };

function bystanders(): Workflow {
	const nodeTypes = {
		getByNameAndVersion: () => ({ description: { properties: [] } }),
		getByName() {},
		getKnownTypes: () => ({}),
	};
	return new Workflow({ nodes: [bystander], connections: {}, active: false, nodeTypes: nodeTypes as never });
}

export class MemoryCredentials extends ICredentialsHelper {
	private readonly types: Map<string, ICredentialType>;
	private readonly store: CredentialStore;

	constructor(types: ICredentialType[], store: CredentialStore) {
		super();
		this.types = new Map([...types, oAuth2Api].map((type) => [type.name, type]));
		this.store = store;
	}

	getParentTypes(name: string): string[] {
		return (this.types.get(name)?.extends ?? []).flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		const properties: INodeProperties[] = [];
		for (const parent of this.types.get(name)?.extends ?? [])
			NodeHelpers.mergeNodeProperties(properties, this.getCredentialsProperties(parent));
		NodeHelpers.mergeNodeProperties(properties, this.types.get(name)?.properties ?? []);
		return properties;
	}

	async getDecrypted(
		_additional: unknown,
		{ id }: { id: string | null },
		type: string,
		mode: WorkflowExecuteMode,
		_execute?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		const original = structuredClone(this.stored(id).data);
		if (raw) return original;
		const properties = this.getCredentialsProperties(type);
		const given = { ...original };
		for (const { name, type: kind } of properties) if (kind === 'hidden' && pinned.includes(name)) delete given[name];
		const filled = NodeHelpers.getNodeParameters(properties, given as never, true, false, null, null);
		const data = { ...filled } as ICredentialDataDecryptedObject;
		if (original.oauthTokenData !== undefined) data.oauthTokenData = original.oauthTokenData;
		const { expression } = bystanders();
		return expression.getComplexParameterValue(
			bystander,
			data as never,
			mode,
			{},
			undefined,
			undefined,
			data as never,
		) as unknown as ICredentialDataDecryptedObject;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const how = this.types.get(typeName)?.authenticate;
		if (typeof how === 'function') return await how(credentials, request);
		const headers = Object.entries(how?.properties.headers ?? {}).map(([name, value]) => [
			name,
			workflow.expression.getSimpleParameterValue(node, value as string, 'internal', {
				$credentials: credentials,
			} as never),
		]);
		return { ...request, headers: { ...request.headers, ...Object.fromEntries(headers) } };
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.types.get(typeName);
		const expirable = type?.properties.find(
			({ type: kind, typeOptions }) => kind === 'hidden' && typeOptions?.expirable === true,
		);
		if (!type?.preAuthentication || !expirable) return undefined;
		if (credentials[expirable.name] !== '' && !credentialsExpired) return undefined;
		const output = await type.preAuthentication.call(helpers, credentials);
		Object.assign(this.stored(node.credentials?.[typeName]?.id).data, output);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(reference: { id: string | null; name: string }, type: string): Promise<never> {
		const { Credentials } = require('n8n-core') as typeof import('n8n-core');
		return new Credentials(reference, type, '') as never;
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(
		{ id }: { id: string | null },
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		if (data.oauthTokenData !== undefined)
			this.stored(id).data.oauthTokenData = structuredClone(data.oauthTokenData);
	}

	private stored(id: string | null | undefined): CredentialStore[string] {
		const stored = this.store[id ?? ''];
		if (!stored) throw new Error(`There is no credential ${id}`);
		return stored;
	}
}
