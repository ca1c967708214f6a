/** The Zoho Match node in n8n's engine, against a simulated Books (EU) and CRM (India). */

import type { IDataObject } from 'n8n-workflow';

import { ZohoBooksOAuth2Api } from '../../credentials/ZohoBooksOAuth2Api.credentials';
import { ZohoCrmOAuth2Api } from '../../credentials/ZohoCrmOAuth2Api.credentials';
import { ZohoMatch } from '../../nodes/ZohoMatch/ZohoMatch.node';
import type { TenantOptions } from '../../sandbox/simulator/types.mts';
import { runNode, type NodeRunOptions } from '../support/nodeRun.mts';
import { startZoho, type Zoho } from '../support/zoho.mts';

export type CrmOptions = NonNullable<TenantOptions['crm']>;
export type BooksOptions = NonNullable<TenantOptions['books']>;
export type Row = Record<string, unknown>;
type NamedError = Error & { description?: string | null };

export interface MatchRun {
	/** What each output has, in order. */
	rows: Row[][];
	/** Place of the input item that each item of an output is paired with. */
	paired: unknown[][];
	error?: NamedError;
	/** `METHOD /path` of every call, without tokens. */
	lines: string[];
}

let credentials = 0;

export class MatchBench {
	readonly zoho: Zoho;
	/** The credential of all runs of a test that looks at what several runs share. */
	sharedCredential: [string, NonNullable<NodeRunOptions['credentials']>[string]] | undefined;

	private constructor(zoho: Zoho) {
		this.zoho = zoho;
	}

	static async start(): Promise<MatchBench> {
		return new MatchBench(await startZoho());
	}

	/** A new Zoho. */
	reset(crm: CrmOptions = {}, books: BooksOptions = {}): void {
		this.sharedCredential = undefined;
		this.zoho.simulator.reset({
			tenants: [
				{ location: 'eu', books: { name: 'Aurora Trading', ...books } },
				{ location: 'in', crm },
			],
		});
	}

	/** With credentials of their own, as the guards of the process go by these. */
	async run(
		parameters: IDataObject,
		items: Row[],
		onError?: NodeRunOptions['onError'],
		products: Array<'books' | 'crm'> = ['crm'],
	): Promise<MatchRun> {
		const before = this.zoho.simulator.calls().length;
		const { outputs, error } = await runNode({
			node: new ZohoMatch(),
			parameters: { authentication: 'oAuth2', ...parameters },
			items: items as IDataObject[],
			credentials: Object.fromEntries(
				this.sharedCredential ? [this.sharedCredential] : products.map((product) => this.credential(product)),
			),
			credentialTypes: [new ZohoBooksOAuth2Api(), new ZohoCrmOAuth2Api()],
			...(onError && { onError }),
		});
		const rows = outputs.map((list) => list.map(({ json }) => json as Row));
		const paired = outputs.map((list) =>
			list.map(({ pairedItem }) => (pairedItem as { item: number } | undefined)?.item),
		);
		const lines = this.zoho.simulator
			.calls()
			.slice(before)
			.map(({ method, path }) => `${method} ${path}`);
		return { rows, paired, lines, ...(error && { error }) };
	}

	credential(product: 'books' | 'crm'): [string, NonNullable<NodeRunOptions['credentials']>[string]] {
		const location = product === 'books' ? 'eu' : 'in';
		const { clientId, clientSecret, oauthTokenData } = this.zoho.simulator.grant({ location, product });
		const data = { dataCentre: location, clientId, clientSecret, oauthTokenData: { ...oauthTokenData } };
		const type = product === 'books' ? 'zohoBooksOAuth2Api' : 'zohoCrmOAuth2Api';
		return [`${product}${++credentials}`, { type, data }];
	}

	/** Somebody makes a record in CRM. */
	crm(collection: string, record: Row): string {
		const { simulator } = this.zoho;
		return String(simulator.desk({ system: 'crm', location: 'in', collection, action: 'create', record }).id);
	}
}

export const moduleNamed = (value: string): IDataObject => ({ __rl: true, mode: 'name', value });

/** Message and description together: what a person reads. */
export function wordsOf({ error }: MatchRun): string {
	return `${error?.message ?? ''} ${error?.description ?? ''}`;
}
