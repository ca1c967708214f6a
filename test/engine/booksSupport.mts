import type { IBinaryKeyData, ICredentialDataDecryptedObject, IDataObject, ILoadOptionsFunctions, INodeExecutionData } from 'n8n-workflow';

import { ZohoBooksOAuth2Api } from '../../credentials/ZohoBooksOAuth2Api.credentials';
import { ZohoBooks } from '../../nodes/ZohoBooks/ZohoBooks.node';
import type { Simulator } from '../../sandbox/simulator/simulator.mts';
import type { CallEntry, Fault, Location, Switches, TenantOptions } from '../../sandbox/simulator/types.mts';
import type { BooksOrg } from '../../sandbox/simulator/books/org.mts';
import { loadOptionsContext } from '../support/loadOptions.mts';
import type { CredentialStore } from '../support/memoryCredentials.mts';
import { runNode, type NodeRunOptions } from '../support/nodeRun.mts';
import { startZoho, type Zoho } from '../support/zoho.mts';

export type Row = Record<string, unknown>;

export interface Run {
	items: INodeExecutionData[];
	rows: Row[];
	error?: Error & { description?: string | null };
	/** Calls that reached Zoho. */
	calls: CallEntry[];
	/** The same as `METHOD /path?query`, without the organization. */
	lines: string[];
}

export const location: Location = 'eu';
const types = [new ZohoBooksOAuth2Api()];
let runs = 0;

/** The Zoho Books node in n8n's engine, against a simulated Books. */
export class BooksBench {
	readonly zoho: Zoho;
	/** What the node is run with; a new one for each test, as the guards of the process go by its id. */
	store: CredentialStore = {};

	private constructor(zoho: Zoho) {
		this.zoho = zoho;
		this.reset();
	}

	static async start(): Promise<BooksBench> {
		return new BooksBench(await startZoho());
	}

	get simulator(): Simulator {
		return this.zoho.simulator;
	}

	get org(): BooksOrg {
		const org = this.simulator.world.tenantOf('books', location)?.books;
		if (!org) throw new Error('There is no Books organization');
		return org;
	}

	/** A new Zoho with an organization of a new id, and a new credential. */
	reset(switches: Partial<Switches> = {}, books: Array<NonNullable<TenantOptions['books']>> = [{}]): void {
		const id = 60_000_000 + ++runs * 10;
		const tenants = books.map((one, n) => ({ location, books: { organizationId: String(id + n), name: `Aurora ${n + 1}`, ...one } }));
		this.simulator.reset({ tenants, switches: { booksPerMinute: 10_000, ...switches } });
		this.grant();
	}

	/** Another credential; `change` alters what consent left in it. */
	grant(change: (data: ICredentialDataDecryptedObject) => void = () => {}, scopes?: string[]): void {
		const grant = this.simulator.grant({ location, product: 'books', ...(scopes && { scopes }) });
		const { clientId, clientSecret, oauthTokenData } = grant;
		const data = { dataCentre: location, clientId, clientSecret, oauthTokenData: { ...oauthTokenData } };
		change(data);
		this.store = { [`books${++runs}`]: { type: 'zohoBooksOAuth2Api', data } };
	}

	fault(fault: Omit<Fault, 'on'>): void {
		this.simulator.world.faults.push({ on: 'call', service: 'books', ...fault });
	}

	async run(parameters: IDataObject, items: Row[] = [{}], onError?: NodeRunOptions['onError'], binary?: IBinaryKeyData): Promise<Run> {
		const before = this.simulator.calls().length;
		const { outputs, error } = await runNode({
			node: new ZohoBooks(),
			parameters: { resource: 'contact', ...parameters },
			items: items as IDataObject[],
			credentials: this.store,
			credentialTypes: types,
			...(onError && { onError }),
			...(binary && { binary }),
		});
		const out = outputs.flat();
		const calls = this.simulator.calls().slice(before);
		return {
			items: out,
			rows: out.map(({ json }) => json),
			calls,
			lines: calls.map(lineOf),
			...(error && { error }),
		};
	}

	/** As `run`, with the organization given, so that no call asks for it. */
	async runHere(parameters: IDataObject, items?: Row[], onError?: NodeRunOptions['onError'], binary?: IBinaryKeyData): Promise<Run> {
		return await this.run({ organizationId: this.org.organizationId, ...parameters }, items, onError, binary);
	}

	/** Runs one of the methods behind the node's dropdowns as n8n's server does. */
	async list<Result>(
		method: (node: ZohoBooks) => (this: ILoadOptionsFunctions, ...given: never[]) => Promise<Result>,
		...given: unknown[]
	): Promise<Result> {
		const node = new ZohoBooks();
		const parameters = { resource: 'contact', operation: 'getAll', organizationId: this.org.organizationId };
		return await method(node).call(loadOptionsContext(node, parameters, this.store, types), ...(given as never[]));
	}

	/** Puts contacts into Books without the node; gives them back as Books shows them. */
	fill(records: Row[]): Row[] {
		return records.map((record) =>
			this.simulator.desk({ system: 'books', location, collection: 'contacts', action: 'create', record }),
		);
	}

	contacts(): Row[] {
		return this.simulator.records('books', location, 'contacts');
	}

	contact(id: unknown): Row | undefined {
		return this.contacts().find(({ contact_id }) => contact_id === id);
	}
}

function lineOf({ method, path, query }: CallEntry): string {
	const parameters = new URLSearchParams(query);
	parameters.delete('organization_id');
	const rest = parameters.toString();
	return `${method} ${path.replace('/books/v3', '')}${rest && `?${rest}`}`;
}

/** A contact, as the Contact field holds it. */
export function chosen(id: unknown): IDataObject {
	return { contactId: { __rl: true, mode: 'id', value: String(id) } };
}

/** Message and description together: what a person reads. */
export function wordsOf({ error }: Run): string {
	return `${error?.message ?? ''} ${error?.description ?? ''}`;
}
