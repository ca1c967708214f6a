/** Zoho Match as the templates for Products, Vendors and Invoices use it, against a simulated Books (EU) and CRM (India). */

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { ZohoBooksOAuth2Api } from '../../credentials/ZohoBooksOAuth2Api.credentials';
import { ZohoCrmOAuth2Api } from '../../credentials/ZohoCrmOAuth2Api.credentials';
import { ZohoMatch } from '../../nodes/ZohoMatch/ZohoMatch.node';
import { listOrganizations } from '../../zoho/books/read';
import type { ZohoClient } from '../../zoho/client';
import { ensureField } from '../../zoho/crm/metadata';
import { writeRecords } from '../../zoho/crm/records';
import type { JsonObject } from '../../zoho/types';
import { directClient } from '../support/directZoho.mts';
import { runNode } from '../support/nodeRun.mts';
import { startZoho, type Zoho } from '../support/zoho.mts';

export type Row = Record<string, unknown>;

export interface Decision {
	record: JsonObject;
	match: {
		id?: string;
		rule?: string;
		reason: string;
		changes: Array<{ field: string }>;
		conflicts: Array<{ field: string; settled: string }>;
		candidates?: Array<{ id: string }>;
		sources: JsonObject[];
	};
}

export interface Decided {
	fresh: Decision[];
	changed: Decision[];
	unchanged: Decision[];
	review: Decision[];
	counts: Record<'books' | 'crm', { read: number; write: number }>;
}

type Rule = { kind: string; field?: string; value: string };

export class FlatBench {
	readonly zoho: Zoho;
	organizationId = '';
	books!: ZohoClient;
	crm!: ZohoClient;
	/** What a process knows of a CRM account must not outlast the account. */
	#consent = 0;

	constructor(zoho: Zoho) {
		this.zoho = zoho;
	}

	static async start(): Promise<FlatBench> {
		return new FlatBench(await startZoho());
	}

	/** A new Zoho, with the fields of the sync on these modules. */
	async reset(...modules: string[]): Promise<void> {
		const { simulator } = this.zoho;
		this.#consent++;
		await simulator.reset();
		this.crm = directClient(simulator, 'crm', 'in');
		const [organization] = await listOrganizations(directClient(simulator, 'books', 'eu'));
		this.organizationId = String(organization?.organization_id);
		this.books = directClient(simulator, 'books', 'eu', this.organizationId);
		for (const module of modules) {
			await ensureField(this.crm, module, { label: 'Zoho Books ID', type: 'text', unique: true });
			await ensureField(this.crm, module, { label: 'Zoho Books Sync', type: 'textarea' });
		}
	}

	crmRows(module: string): Row[] {
		return this.zoho.simulator.records('crm', 'in', module);
	}

	booksRows(collection: string): Row[] {
		return this.zoho.simulator.records('books', 'eu', collection);
	}

	inCrm(collection: string, record: Row, id?: unknown): Row {
		return this.#desk('crm', 'in', collection, record, id);
	}

	inBooks(collection: string, record: Row, id?: unknown): Row {
		return this.#desk('books', 'eu', collection, record, id);
	}

	#desk(system: 'books' | 'crm', location: 'eu' | 'in', collection: string, record: Row, id?: unknown): Row {
		const action = id === undefined ? 'create' : 'update';
		return this.zoho.simulator.desk({
			system,
			location,
			collection,
			action,
			record,
			...(id === undefined ? {} : { id: String(id) }),
		});
	}

	/** The record as the CRM trigger brings it. */
	fromCrm(module: string, id: unknown): Row {
		const row = this.crmRows(module).find((one) => one.id === id);
		return { Zoho_Books_ID: null, Zoho_Books_Sync: null, ...row, _event: { resource: module } };
	}

	async matchCrm(
		module: string,
		records: Row[],
		source: Row[],
		rules: Rule[],
		more: IDataObject = {},
	): Promise<Decided> {
		const parameters = { module: { __rl: true, mode: 'name', value: module }, rules: { rule: rules } };
		return await this.#match({ target: 'crm', ...parameters, ...more }, records, source);
	}

	async matchBooks(
		resource: string,
		records: Row[],
		source: Row[],
		rules: Rule[],
		more: IDataObject = {},
	): Promise<Decided> {
		const parameters = { target: 'books', booksResource: resource, organizationId: this.organizationId };
		return await this.#match({ ...parameters, rules: { rule: rules }, ...more }, records, source);
	}

	async #match(parameters: IDataObject, records: Row[], source: Row[]): Promise<Decided> {
		const shared = { operation: 'match', policy: 'eventSide', options: {} };
		const sourceRecord = "={{ $('Source').item.json }}";
		const { outputs, counts } = await this.#run({ ...shared, sourceRecord, ...parameters }, records, source);
		const decisions = (index: number) =>
			(outputs[index] ?? []).map(({ json }: INodeExecutionData) => json as unknown as Decision);
		const [fresh, changed, unchanged, review] = [0, 1, 2, 3].map(decisions) as [
			Decision[],
			Decision[],
			Decision[],
			Decision[],
		];
		return { fresh, changed, unchanged, review, counts };
	}

	/** Runs Link on what Books returned for each decision, and writes what it puts out as the CRM node does. */
	async link(decisions: Decision[], written: Row[]): Promise<Row[]> {
		const parameters = { authentication: 'oAuth2', operation: 'link', match: "={{ $('Source').item.json.match }}", options: {} };
		const { outputs } = await this.#run(parameters, written, decisions as unknown as Row[]);
		expect(outputs[1]).toEqual([]);
		const links = (outputs[0] ?? []).map(({ json }) => json as unknown as { module: string; record: JsonObject });
		for (const { module, record } of links) await this.write(module, 'update', [record]);
		return links as unknown as Row[];
	}

	async write(module: string, action: 'upsert' | 'update', records: JsonObject[]): Promise<void> {
		const results = await writeRecords(this.crm, module, action, records, {
			...(action === 'upsert' ? { duplicateCheckFields: ['Zoho_Books_ID'] } : {}),
		});
		expect(results.filter(({ ok }) => !ok)).toEqual([]);
	}

	async #run(parameters: IDataObject, items: Row[], source: Row[]) {
		const before = this.zoho.simulator.calls().length;
		const { outputs, error } = await runNode({
			node: new ZohoMatch(),
			parameters,
			items: items as IDataObject[],
			source: source as IDataObject[],
			credentials: { [`books${this.#consent}`]: this.#credential('books', 'eu'), [`crm${this.#consent}`]: this.#credential('crm', 'in') },
			credentialTypes: [new ZohoBooksOAuth2Api(), new ZohoCrmOAuth2Api()],
		});
		if (error) throw error;
		return { outputs, counts: this.zoho.simulator.counts(before) };
	}

	#credential(product: 'books' | 'crm', location: 'eu' | 'in') {
		const { clientId, clientSecret, oauthTokenData } = this.zoho.simulator.grant({ location, product });
		const data = { dataCentre: location, clientId, clientSecret, oauthTokenData: { ...oauthTokenData } };
		return { type: product === 'books' ? 'zohoBooksOAuth2Api' : 'zohoCrmOAuth2Api', data };
	}
}
