/** The templates as they are shipped, run in n8n-core's engine against the simulated Zoho. */

import { createRequire } from 'node:module';
import path from 'node:path';
import type { IConnections, IDataObject, INode, INodeExecutionData, INodeType } from 'n8n-workflow';

import { ZohoBooksOAuth2Api } from '../../credentials/ZohoBooksOAuth2Api.credentials';
import { ZohoCrmOAuth2Api } from '../../credentials/ZohoCrmOAuth2Api.credentials';
import { build, type WorkflowSpec } from '../../workflows/src/builder.mts';
import { crmFields } from '../../workflows/src/contactMapping.mts';
import { listOrganizations } from '../../zoho/books/read';
import { ensureField } from '../../zoho/crm/metadata';
import { builtInFolder } from '../support/builtInNodes.mts';
import { directClient } from '../support/directZoho.mts';
import { feeder, runWorkflow } from '../support/nodeRun.mts';
import { startZoho, type Zoho } from '../support/zoho.mts';

const root = path.resolve(import.meta.dirname, '../..');
/** n8n's own nodes; undefined where they are not installed. */
export const folder = builtInFolder();

export type Row = Record<string, unknown>;
let zoho: Zoho;

export async function start(): Promise<Zoho> {
	return (zoho = await startZoho());
}

/** What a process knows of a CRM account must not outlast the account. */
let consent = 0;
let executions = 0;

export async function fresh(): Promise<void> {
	consent++;
	zoho.simulator.reset();
	const crm = directClient(zoho.simulator, 'crm', 'in');
	for (const module of ['Accounts', 'Contacts']) {
		await ensureField(crm, module, { label: 'Zoho Books ID', type: 'text', unique: true });
		await ensureField(crm, module, { label: 'Zoho Books Sync', type: 'textarea' });
	}
	await listOrganizations(directClient(zoho.simulator, 'books', 'eu'));
}

/** n8n's own nodes of the template, the package's from the sources, and a table that remembers its rows in place of the Data Table. */
function typesFor(spec: WorkflowSpec, reviewed: Row[]): Record<string, INodeType> {
	const types: Record<string, INodeType> = {};
	const known = JSON.parse(
		JSON.stringify(createRequire(import.meta.url)(path.join(folder as string, 'dist/known/nodes.json'))),
	) as Record<string, { className: string; sourcePath: string }>;
	const load = (file: string, name: string) =>
		new (require(file) as Record<string, new () => INodeType & { nodeVersions?: Record<number, INodeType> }>)[
			name
		]!();
	for (const { type, typeVersion } of spec.nodes) {
		const name = type.split('.')[1] as string;
		if (name.endsWith('Trigger')) types[type] = feeder([]);
		else if (name === 'dataTable') types[type] = tableOf(reviewed);
		else if (type.startsWith('n8n-nodes-base.')) {
			const { className, sourcePath } = known[name] as { className: string; sourcePath: string };
			const node = load(path.join(folder as string, sourcePath), className);
			types[`${type}@${typeVersion}`] = node.nodeVersions?.[typeVersion] ?? node;
		} else {
			const className = name[0]?.toUpperCase() + name.slice(1);
			types[type] = load(path.join(root, 'nodes', className, `${className}.node.ts`), className);
		}
	}
	return types;
}

function tableOf(reviewed: Row[]): INodeType {
	const table = feeder([]);
	table.execute = async function () {
		const items = this.getInputData();
		reviewed.push(...items.map(({ json }) => json));
		return [items];
	};
	return table;
}

export async function run(spec: WorkflowSpec, items: Row[]) {
	const reviewed: Row[] = [];
	const workflow = build(spec);
	const of = (product: 'books' | 'crm', location: 'eu' | 'in') => {
		const { clientId, clientSecret, oauthTokenData } = zoho.simulator.grant({ location, product });
		return { dataCentre: location, clientId, clientSecret, oauthTokenData: { ...oauthTokenData } };
	};
	const types = typesFor(spec, reviewed);
	const start = workflow.nodes.find(({ type }) => type.endsWith('Trigger'))!;
	types[start.type] = feeder(items as IDataObject[]);
	const nodes = workflow.nodes
		.filter(({ type }) => !type.endsWith('.stickyNote'))
		.map((node) => ({
			...node,
			credentials: Object.fromEntries(
				Object.entries(node.credentials ?? {}).map(([type, { name }]) => [type, { id: type + consent, name }]),
			),
		}));
	const before = zoho.simulator.calls().length;
	const { runData, error } = await runWorkflow({
		nodes: nodes as unknown as INode[],
		connections: workflow.connections as unknown as IConnections,
		types,
		start: start.name,
		items: items as IDataObject[],
		credentials: {
			[`zohoBooksOAuth2Api${consent}`]: { type: 'zohoBooksOAuth2Api', data: of('books', 'eu') },
			[`zohoCrmOAuth2Api${consent}`]: { type: 'zohoCrmOAuth2Api', data: of('crm', 'in') },
		},
		credentialTypes: [new ZohoBooksOAuth2Api(), new ZohoCrmOAuth2Api()],
		execution: { id: String(++executions), mode: 'trigger' },
	});
	if (error) throw error;
	const output = (name: string, index = 0): INodeExecutionData[] =>
		(runData[name] ?? []).flatMap(({ data }) => data?.main?.[index] ?? []);
	return { reviewed, output, counts: zoho.simulator.counts(before), calls: zoho.simulator.calls(before) };
}

export const booksRows = () =>
	zoho.simulator.records('books', 'eu', 'contacts') as Array<Row & { contact_persons: Row[] }>;
export const crmRows = (module: string) => zoho.simulator.records('crm', 'in', module);
export const deskBooks = (record: Row, id?: string) =>
	zoho.simulator.desk({
		system: 'books',
		location: 'eu',
		collection: 'contacts',
		action: id ? 'update' : 'create',
		record,
		...(id ? { id } : {}),
	});
export const deskCrm = (collection: string, record: Row, id?: string) =>
	zoho.simulator.desk({
		system: 'crm',
		location: 'in',
		collection,
		action: id ? 'update' : 'create',
		record,
		...(id ? { id } : {}),
	});

/** All customers, as the Books trigger puts them out. */
export const fromBooks = (): Row[] =>
	booksRows().map((row) => ({
		...row,
		_event: { type: 'updated', resource: 'contact', id: row.contact_id },
	}));

/** All Accounts and Contacts, as the CRM trigger puts them out: the fields that the template lists. */
export function fromCrm(): Row[] {
	const linkOf = (id: unknown) =>
		crmRows('Accounts').find((account) => account.id === id)?.Zoho_Books_ID ?? null;
	return ['Accounts', 'Contacts'].flatMap((module) =>
		crmRows(module).map((row) => {
			const company = row.Account_Name as { id?: string } | null;
			const own = Object.fromEntries(
				crmFields.filter((field) => field in row).map((field) => [field, row[field]]),
			);
			const hop =
				module === 'Contacts'
					? { 'Account_Name.Zoho_Books_ID': company?.id ? linkOf(company.id) : null }
					: {};
			return { ...own, ...hop, id: row.id, _event: { type: 'updated', resource: module, id: row.id } };
		}),
	);
}
