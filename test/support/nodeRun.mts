/** Runs nodes in n8n-core's real engine, loaded from the sources, against whatever answers Zoho's host names in this process. */

import 'reflect-metadata';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
	Workflow,
	createRunExecutionData,
	type IBinaryKeyData,
	type IConnections,
	type ICredentialType,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type IRunData,
} from 'n8n-workflow';

import { MemoryCredentials, type CredentialStore } from './memoryCredentials.mts';

process.env.N8N_USER_FOLDER ??= path.join(tmpdir(), 'zoho-node-run');
process.env.N8N_ENCRYPTION_KEY ??= 'for tests only';
process.env.N8N_LOG_LEVEL ??= 'silent';

type Core = typeof import('n8n-core');
/** Loaded after the environment is set. */
const core = (): Core => require('n8n-core') as Core;

export interface NodeRunOptions {
	node: INodeType;
	parameters: IDataObject;
	items: IDataObject[];
	/** Files that each item has beside its JSON, by the name of the field. */
	binary?: IBinaryKeyData;
	/** Credential id → type and content. */
	credentials?: CredentialStore;
	credentialTypes?: ICredentialType[];
	onError?: 'continueErrorOutput' | 'continueRegularOutput';
	/** The items as the node "Source" puts them out, for expressions; default: the same items. */
	source?: IDataObject[];
	execution?: Execution;
}

/** The execution that the run belongs to; default: the first one, in the editor. */
export interface Execution {
	id: string;
	/** In the editor, or as a published workflow. */
	mode: 'manual' | 'trigger';
}

export interface NodeRunResult {
	/** One list of items for each output. */
	outputs: INodeExecutionData[][];
	error?: Error;
}

/** A trigger and "Map", which hands on other items, each paired with the one of the same position. */
export function feeder(items: IDataObject[], binary?: IBinaryKeyData): INodeType {
	const properties: INodeProperties[] = [];
	const description = {
		displayName: 'Feeder',
		name: 'feeder',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties,
	};
	return {
		description: description as unknown as INodeType['description'],
		async execute() {
			return [items.map((json, item) => ({ json: structuredClone(json), ...(binary && { binary }), pairedItem: { item } }))];
		},
	};
}

/** What a workflow needs beside its JSON: node types by name, credentials by the names that its nodes give them. */
export interface WorkflowRunOptions {
	nodes: INode[];
	connections: IConnections;
	/** Node type → the node; `name@version` first. */
	types: Record<string, INodeType>;
	/** The node that starts, and what it is given. */
	start: string;
	items: IDataObject[];
	credentials?: CredentialStore;
	credentialTypes?: ICredentialType[];
	execution?: Execution;
}

const inEditor: Execution = { id: '1', mode: 'manual' };

/** n8n gives declarative nodes an `execute` that goes through its routing engine. */
function runnable(node: INodeType): INodeType {
	if (!node || node.execute || !node.description.requestDefaults) return node;
	node.execute = async function () {
		const { RoutingNode } = core();
		return (await new RoutingNode(this as never, node).runNode()) ?? [];
	};
	return node;
}

export interface WorkflowRunResult {
	runData: IRunData;
	error?: Error;
}

export async function runWorkflow(options: WorkflowRunOptions): Promise<WorkflowRunResult> {
	const { nodes, connections, types, start, items, credentials = {}, credentialTypes = [], execution = inEditor } = options;
	const typeOf = (type: string, version?: number) =>
		runnable((types[`${type}@${version}`] ?? types[type]) as INodeType);
	const workflow = new Workflow({
		id: 'run',
		name: 'run',
		nodes,
		connections,
		active: false,
		nodeTypes: { getByName: (type) => typeOf(type), getByNameAndVersion: typeOf, getKnownTypes: () => ({}) },
		settings: { executionOrder: 'v1' },
	});
	const { ExecutionLifecycleHooks, WorkflowExecute } = core();
	const hooks = new ExecutionLifecycleHooks(execution.mode, execution.id, { id: 'run', name: 'run', nodes } as never);
	const address = 'http://localhost';
	const additional = {
		credentialsHelper: new MemoryCredentials(credentialTypes, credentials),
		hooks,
		executionId: execution.id,
		restApiUrl: address,
		instanceBaseUrl: address,
		webhookBaseUrl: address,
		webhookWaitingBaseUrl: address,
		webhookTestBaseUrl: address,
		formBaseUrl: address,
		formTestBaseUrl: address,
		formWaitingBaseUrl: address,
		variables: {},
		setExecutionStatus() {},
		sendDataToUI() {},
		logAiEvent() {},
	};
	const input = [items.map((json) => ({ json }))];
	const stack = [{ node: workflow.getNode(start), data: { main: input }, source: null }];
	const data = createRunExecutionData({ executionData: { nodeExecutionStack: stack } } as never);
	const run = await new WorkflowExecute(additional as never, execution.mode, data).processRunExecutionData(
		workflow,
	);
	const { runData, error } = run.data.resultData;
	return { runData, ...(error ? { error: error as unknown as Error } : {}) };
}

/** Source → Map → the node. Expressions can name "Source" and "Map". */
export async function runNode(options: NodeRunOptions): Promise<NodeRunResult> {
	const {
		node,
		parameters,
		items,
		binary,
		credentials = {},
		credentialTypes = [],
		onError,
		source = items,
		execution,
	} = options;
	const references = Object.fromEntries(
		Object.entries(credentials).map(([id, { type }]) => [type, { id, name: id }]),
	);
	const nodeOf = (name: string, type: string, more: Partial<INode> = {}): INode => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const tested = {
		parameters: parameters as INode['parameters'],
		credentials: references,
		...(onError ? { onError } : {}),
	};
	const wire = (to: string) => ({ main: [[{ node: to, type: 'main' as const, index: 0 }]] });
	const { runData, error } = await runWorkflow({
		nodes: [nodeOf('Source', 'source'), nodeOf('Map', 'map'), nodeOf('Tested', 'tested', tested)],
		connections: { Source: wire('Map'), Map: wire('Tested') },
		types: { source: feeder(source), map: feeder(items, binary), tested: node },
		start: 'Source',
		items: source,
		credentials,
		credentialTypes,
		...(execution && { execution }),
	});
	const last = runData.Tested?.[0];
	return { outputs: (last?.data?.main ?? []).map((list) => list ?? []), ...(error ? { error } : {}) };
}
