import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	ILoadOptionsFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import { ZohoCrmClientCredentialsApi } from '../../credentials/ZohoCrmClientCredentialsApi.credentials';
import { ZohoCrmOAuth2Api } from '../../credentials/ZohoCrmOAuth2Api.credentials';
import { ZohoCrm } from '../../nodes/ZohoCrm/ZohoCrm.node';
import type { Simulator } from '../../sandbox/simulator/simulator.mts';
import type { CallEntry, Fault, Location, TenantOptions } from '../../sandbox/simulator/types.mts';
import { writeRecords } from '../../zoho/crm/records';
import type { JsonObject } from '../../zoho/types';
import { directClient } from '../support/directZoho.mts';
import type { CredentialStore } from '../support/memoryCredentials.mts';
import { loadOptionsContext } from '../support/loadOptions.mts';
import { runNode } from '../support/nodeRun.mts';
import { startZoho, type Zoho } from '../support/zoho.mts';

export type Row = Record<string, unknown>;
type NamedError = Error & { description?: string | null };

export interface Run {
	items: INodeExecutionData[];
	rows: Row[];
	error?: NamedError;
	/** Calls that reached Zoho. */
	calls: CallEntry[];
}

export const location: Location = 'in';
const types: ICredentialType[] = [new ZohoCrmOAuth2Api(), new ZohoCrmClientCredentialsApi()];
let ids = 0;

/** The Zoho CRM node in n8n's engine, against a simulated CRM. */
export class CrmBench {
	readonly zoho: Zoho;
	/** What the node is run with; a new one for each test, as the guards of the process go by its id. */
	store: CredentialStore = {};

	private constructor(zoho: Zoho) {
		this.zoho = zoho;
		this.reset();
	}

	static async start(): Promise<CrmBench> {
		return new CrmBench(await startZoho());
	}

	get simulator(): Simulator {
		return this.zoho.simulator;
	}

	/** A new Zoho with one CRM, and a new OAuth2 credential. */
	reset(crm: NonNullable<TenantOptions['crm']> = {}): void {
		this.simulator.reset({ tenants: [{ location, crm }] });
		this.grant();
	}

	/** Another OAuth2 credential; `change` alters what consent left in it. */
	grant(scopes?: string[], change: (data: ICredentialDataDecryptedObject) => void = () => {}): void {
		const { clientId, clientSecret, oauthTokenData } = this.simulator.grant({
			location,
			product: 'crm',
			...(scopes && { scopes }),
		});
		const data = { dataCentre: location, clientId, clientSecret, oauthTokenData: { ...oauthTokenData } };
		change(data);
		this.store = { [`crm${++ids}`]: { type: 'zohoCrmOAuth2Api', data } };
	}

	/** A client-credentials credential that has no token yet. */
	grantClient(more: IDataObject = {}): ICredentialDataDecryptedObject {
		const { clientId, clientSecret } = this.simulator.grant({ location, product: 'crm' });
		const zgid = this.simulator.world.tenantOf('crm', location)?.crm.zgid ?? '';
		const data = { dataCentre: location, clientId, clientSecret, zgid, ...more };
		this.store = { [`client${++ids}`]: { type: 'zohoCrmClientCredentialsApi', data } };
		return data;
	}

	fault(fault: Omit<Fault, 'on'>): void {
		this.simulator.world.faults.push({ on: 'call', ...fault });
	}

	/** @param binary files that each item has */
	async run(parameters: IDataObject, items: Row[] = [{}], onError?: 'continueRegularOutput', binary?: IBinaryKeyData): Promise<Run> {
		const before = this.simulator.calls().length;
		const [credential] = Object.values(this.store);
		const { outputs, error } = await runNode({
			node: new ZohoCrm(),
			parameters: {
				authentication: credential?.type === 'zohoCrmOAuth2Api' ? 'oAuth2' : 'clientCredentials',
				resource: 'record',
				...parameters,
			},
			items: items as IDataObject[],
			...(binary && { binary }),
			credentials: this.store,
			credentialTypes: types,
			...(onError && { onError }),
		});
		const out = outputs[0] ?? [];
		return {
			items: out,
			rows: out.map(({ json }) => json),
			calls: this.simulator.calls().slice(before),
			...(error && { error }),
		};
	}

	/** Runs one of the methods behind the node's dropdowns and forms as n8n's server does, with the given module, or what else stands in the node, chosen. */
	async list<Result>(
		method: (node: ZohoCrm) => (this: ILoadOptionsFunctions, ...given: never[]) => Promise<Result>,
		module: string | IDataObject,
		...given: unknown[]
	): Promise<Result> {
		const node = new ZohoCrm();
		const parameters = typeof module === 'string' ? of(module) : module;
		const context = loadOptionsContext(node, { authentication: 'oAuth2', resource: 'record', operation: 'getAll', ...parameters }, this.store, types);
		return await method(node).call(context, ...(given as never[]));
	}

	/** Writes the items' own content. */
	async write(operation: string, module: string, items: Row[], more: IDataObject = {}, onError?: 'continueRegularOutput') {
		const record = '={{ $json }}';
		return await this.run({ operation, ...of(module), inputMode: 'json', record, ...more }, items, onError);
	}

	records(module: string): Row[] {
		return this.simulator.world.tenantOf('crm', location)?.crm.records(module) ?? [];
	}

	/** Puts records into the CRM without the node; resolves with their ids. */
	async fill(module: string, records: JsonObject[]): Promise<string[]> {
		const results = await writeRecords(directClient(this.simulator, 'crm', location), module, 'create', records);
		const failed = results.find(({ ok }) => !ok);
		if (failed) throw new Error(`Could not fill ${module}: ${failed.fault?.message}`);
		return results.map(({ id }) => id ?? '');
	}
}

/** The module, as the Module field holds it. */
export function of(module: string): IDataObject {
	return { module: { __rl: true, mode: 'name', value: module } };
}

/** The record, as the Record field holds it. */
export function chosen(id: string): IDataObject {
	return { recordId: { __rl: true, mode: 'id', value: id } };
}

export function persons(count: number, more: (n: number) => JsonObject = () => ({})): JsonObject[] {
	return Array.from({ length: count }, (_, n) => ({ Last_Name: `Lee ${n}`, Email: `lee${n}@example.com`, ...more(n) }));
}

/** Message and description together: what a person reads. */
export function wordsOf({ error }: Run): string {
	return `${error?.message ?? ''} ${error?.description ?? ''}`;
}
