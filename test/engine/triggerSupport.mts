/**
 * A trigger node in n8n-core's own contexts, driven as n8n 2.41 drives one: webhook methods and first poll at
 * the same moment, static data kept only at an activation and when a poll puts something out, deliveries over
 * HTTP, and the execution in the real engine.
 */

import 'reflect-metadata';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type * as N8nCore from 'n8n-core';
import type {
	IDataObject,
	IPollFunctions,
	IRun,
	INode,
	INodeExecutionData,
	INodeType,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	Workflow as N8nWorkflow,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';

process.env.N8N_USER_FOLDER ??= mkdtempSync(path.join(tmpdir(), 'n8n-trigger-'));
process.env.N8N_ENCRYPTION_KEY ??= 'test-key';
process.env.N8N_LOG_LEVEL ??= 'silent';

export type Item = IDataObject & { _event?: IDataObject };

/** The part of n8n's own oAuth2Api type that its children here rely on. */
export const oAuth2Api = {
	name: 'oAuth2Api',
	properties: [
		'clientId',
		'clientSecret',
		'grantType',
		'accessTokenUrl',
		'authUrl',
		'scope',
		'authentication',
	].map((name) => ({
		displayName: name,
		name,
		type: 'string',
		default: '',
	})),
};

export interface TriggerOptions {
	/**
	 * Loads the node's class: called again after every kill, in a module registry of its own, as a new
	 * process would.
	 */
	load(): {
		node: INodeType;
		credentialTypes: Record<string, { name: string; extends?: string[]; properties: unknown[] }>;
	};
	parameters: IDataObject;
	credentialType: string;
	credential: IDataObject;
	webhookId?: string;
}

interface Answer {
	status: number;
	body: string;
}

/** A node of somebody else's that fails whatever it gets. */
const failing = {
	type: 'test.failing',
	node: { id: 'failing', name: 'Next', type: 'test.failing', typeVersion: 1, parameters: {}, credentials: {} },
	nodeType: {
		description: { name: 'failing', displayName: 'Failing', version: 1, group: [], inputs: ['main'], outputs: ['main'], defaults: {}, description: '', properties: [] },
		execute: () => Promise.reject(new Error('The next node fails')),
	} as unknown as INodeType,
};

export class TriggerDriver {
	/** One list of items per execution, in the order of their start. */
	executions: Item[][] = [];
	/** Errors of executions. */
	failures: Error[] = [];
	/** Errors that polls reported without failing. */
	emittedErrors: Error[] = [];
	/** What n8n keeps of each execution. */
	readonly runs: unknown[] = [];
	readonly #options: TriggerOptions;
	readonly #node: INode;
	#server: Server | undefined;
	#process: Process | undefined;
	/** As n8n's database holds it. */
	#savedStaticData: IDataObject = {};
	/** As n8n stores it. */
	credential: IDataObject;
	#running: Array<Promise<unknown>> = [];
	/** False while n8n is down: deliveries find nobody. */
	#up = false;
	#test = false;
	/** False: what a poll puts out is kept as it is, and the execution that would complete it is left out. */
	executes = true;
	/** True: the node after the trigger fails. */
	failsLater = false;
	/** True: workers are killed (queue mode), and the main process hears from n8n only that the execution has failed. */
	losesWorkers = false;

	constructor(options: TriggerOptions) {
		this.#options = options;
		this.credential = structuredClone(options.credential);
		this.#node = {
			id: `node-${options.webhookId ?? Math.random()}`,
			name: 'Trigger',
			type: 'zoho.trigger',
			typeVersion: 1.1,
			position: [0, 0],
			parameters: options.parameters as INode['parameters'],
			credentials: { [options.credentialType]: { id: '1', name: 'Zoho' } },
			...(options.webhookId ? { webhookId: options.webhookId } : {}),
		};
	}

	get node(): INode {
		return this.#node;
	}

	get items(): Item[] {
		return this.executions.flat();
	}

	/** All that n8n shows or keeps of this workflow. */
	get kept(): unknown {
		const { executions, failures, emittedErrors, runs, staticData } = this;
		return { executions, failures, emittedErrors, runs, staticData };
	}

	get staticData(): IDataObject {
		return structuredClone(this.#savedStaticData);
	}

	get port(): number {
		return (this.#server?.address() as AddressInfo).port;
	}

	/** n8n's HTTP side comes up. */
	async listen(): Promise<void> {
		if (this.#server) return;
		this.#server = createServer((request, response) => void this.#running.push(this.#answer(request, response)));
		await new Promise<void>((done) => this.#server?.listen(0, '127.0.0.1', done));
	}

	/** Publishes the workflow, or starts n8n with it. */
	async activate(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		await this.listen();
		this.#process ??= this.#newProcess();
		this.#up = true;
		await Promise.all([this.#register('trigger', activation), this.#pollOnce(activation)]);
		this.#save();
		await this.idle();
	}

	/** A tick of the poll's clock. */
	async poll(): Promise<void> {
		await this.#pollOnce('activate');
		await this.idle();
	}

	/** kill -9: what is in memory is gone, and so are executions under way. */
	kill(): void {
		this.#process = undefined;
		this.#up = false;
	}

	/** Unpublishes the workflow. */
	async deactivate(): Promise<void> {
		await this.#hook('delete', 'internal', 'update', false);
		this.#up = false;
	}

	/** Listens for a test event in the editor. */
	async listenForTest(): Promise<void> {
		await this.listen();
		this.#process ??= this.#newProcess();
		this.#test = true;
		await this.#register('manual', 'manual', true);
	}

	async stopTest(): Promise<void> {
		await this.#hook('delete', 'internal', 'update', true);
		this.#test = false;
	}

	/** Runs the node by hand in the editor, without a delivery. */
	async runByHand(): Promise<Item[]> {
		this.#process ??= this.#newProcess();
		const before = this.executions.length;
		await this.#execute([{ json: {} }], 'manual');
		return this.executions[before] ?? [];
	}

	/** Are executions and deliveries done? */
	async idle(): Promise<void> {
		while (this.#running.length > 0) await this.#running.shift();
	}

	async close(): Promise<void> {
		await this.idle();
		this.#server?.closeAllConnections();
		await new Promise<void>((done) => (this.#server ? this.#server.close(() => done()) : done()));
	}

	/** Sends anything to the webhook. */
	async send(body: string | Buffer, headers: Record<string, string> = {}, query = ''): Promise<Answer> {
		const response = await fetch(`${this.webhookUrl}${query}`, {
			method: 'POST',
			body: typeof body === 'string' ? body : new Uint8Array(body),
			headers: { 'content-type': 'application/json', ...headers },
		});
		const answer = { status: response.status, body: await response.text() };
		await this.idle();
		return answer;
	}

	/** Where Zoho sends to. */
	get webhookUrl(): string {
		const { webhooks } = this.#current().nodeType.description;
		return `http://127.0.0.1:${this.port}/webhook/${this.#node.webhookId ?? 'wf1/trigger'}/${String(webhooks?.[0]?.path)}`;
	}

	#current(): Process {
		if (!this.#process) throw new Error('n8n is down');
		return this.#process;
	}

	#newProcess(): Process {
		const core = require('n8n-core') as typeof N8nCore;
		const { Workflow, NodeHelpers } = require('n8n-workflow') as typeof import('n8n-workflow');
		const { node: nodeType, credentialTypes } = this.#options.load();
		core.DirectoryLoader.prototype['applySpecialNodeParameters'].call({} as never, nodeType);
		const nodeTypes = {
			getByName: () => nodeType,
			getByNameAndVersion: (type: string) => (type === failing.type ? failing.nodeType : nodeType),
			getKnownTypes: () => ({}),
		};
		const newWorkflow = (staticData: IDataObject) =>
			new Workflow({
				id: 'wf1',
				name: 'test',
				nodes: [structuredClone(this.#node), ...(this.failsLater ? [{ ...this.#node, ...failing.node }] : [])],
				connections: this.failsLater ? { Trigger: { main: [[{ node: failing.node.name, type: 'main', index: 0 }]] } } : {},
				active: true,
				nodeTypes,
				settings: { executionOrder: 'v1' },
				staticData: structuredClone(staticData),
			});
		const base = `http://127.0.0.1:${this.port}`;
		const additionalData = {
			credentialsHelper: credentialsHelper(core, NodeHelpers, credentialTypes, {
				read: () => this.credential,
				write: (data) => (this.credential = data),
			}),
			executionId: '1',
			restApiUrl: base,
			instanceBaseUrl: base,
			userId: 'u',
			variables: {},
			webhookBaseUrl: `${base}/webhook`,
			webhookTestBaseUrl: `${base}/webhook-test`,
			webhookWaitingBaseUrl: `${base}/waiting`,
			formBaseUrl: `${base}/form`,
			formTestBaseUrl: `${base}/form-test`,
			formWaitingBaseUrl: `${base}/form-waiting`,
			setExecutionStatus() {},
			sendDataToUI() {},
			logAiEvent() {},
		} as unknown as IWorkflowExecuteAdditionalData;
		return { core, nodeType, newWorkflow, additionalData, workflow: newWorkflow(this.#savedStaticData) };
	}

	#save(): void {
		this.#savedStaticData = JSON.parse(JSON.stringify(this.#current().workflow.staticData)) as IDataObject;
	}

	async #register(mode: WorkflowExecuteMode, activation: WorkflowActivateMode, test = false): Promise<void> {
		if (this.#node.parameters.delivery === 'polling') return;
		if (!(await this.#hook('checkExists', mode, activation, test)))
			await this.#hook('create', mode, activation, test);
	}

	async #hook(
		method: 'checkExists' | 'create' | 'delete',
		mode: WorkflowExecuteMode,
		activation: WorkflowActivateMode,
		test: boolean,
	) {
		const { core, nodeType, workflow, additionalData } = this.#current();
		const webhook = { webhookDescription: { name: 'default' }, isTest: test } as unknown as IWebhookData;
		const context = new core.HookContext(
			workflow,
			this.#workflowNode(),
			additionalData,
			mode,
			activation,
			webhook,
		);
		return await nodeType.webhookMethods?.default?.[method]?.call(context);
	}

	async #pollOnce(activation: WorkflowActivateMode): Promise<void> {
		const { core, nodeType, workflow, additionalData } = this.#current();
		const emit: IPollFunctions['__emit'] = (data, _response, end) => {
			this.#save();
			const execution = this.#execute(data[0] ?? [], 'trigger').then((run) => end?.resolve(run));
			this.#running.push(execution);
		};
		const emitError = (error: Error) => void this.emittedErrors.push(error);
		const context = new core.PollContext(
			workflow,
			this.#workflowNode(),
			additionalData,
			'trigger',
			activation,
			emit,
			emitError,
		);
		await nodeType.poll?.call(context);
	}

	#workflowNode(): INode {
		return this.#current().workflow.getNode('Trigger') as INode;
	}

	async #execute(items: INodeExecutionData[], mode: WorkflowExecuteMode): Promise<IRun | undefined> {
		const process = this.#current();
		if (!this.executes) {
			this.executions.push(items.map(({ json }) => json as Item));
			return undefined;
		}
		if (this.losesWorkers) return { status: 'error' } as IRun;
		const { core, newWorkflow, additionalData } = process;
		const { createRunExecutionData } = require('n8n-workflow') as typeof import('n8n-workflow');
		const workflow = newWorkflow(this.#savedStaticData);
		const node = workflow.getNode('Trigger') as INode;
		const data = createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] },
		} as never);
		const hooks = new core.ExecutionLifecycleHooks(mode, '1', {} as never);
		const engine = new core.WorkflowExecute(
			{ ...additionalData, hooks } as IWorkflowExecuteAdditionalData,
			mode,
			data,
		);
		const run = await engine.processRunExecutionData(workflow);
		// What a killed process had under way leaves no trace.
		if (this.#process !== process) return undefined;
		this.runs.push(run.data);
		const { error, runData } = run.data.resultData;
		if (error) this.failures.push(error as unknown as Error);
		const output = runData.Trigger?.[0]?.data?.main?.[0];
		if (output) this.executions.push(output.map(({ json }) => json as Item));
		return run;
	}

	/** What n8n's webhook server does around `webhook()`. */
	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const isTest = request.url?.startsWith('/webhook-test/') ?? false;
		if (!this.#process || (isTest ? !this.#test : !this.#up)) {
			response.writeHead(404).end();
			return;
		}
		const { core, nodeType, newWorkflow, additionalData } = this.#process;
		const rawBody = Buffer.concat(chunks);
		const express = {
			status(code: number) {
				response.statusCode = code;
				return express;
			},
			send(text: string) {
				response.write(text);
				return express;
			},
			end: () => response.end(),
		};
		const httpRequest = Object.assign(request, {
			rawBody,
			originalUrl: request.url,
			body: {},
			query: {},
			params: {},
		});
		const workflow = newWorkflow(this.#savedStaticData);
		const webhook = { webhookDescription: { name: 'default' }, isTest } as unknown as IWebhookData;
		const mode = isTest ? 'manual' : 'webhook';
		const context = new core.WebhookContext(
			workflow,
			workflow.getNode('Trigger') as INode,
			{ ...additionalData, httpRequest, httpResponse: express } as unknown as IWorkflowExecuteAdditionalData,
			mode,
			webhook,
			[],
			null,
		);
		try {
			const result = await nodeType.webhook?.call(context);
			if (result?.workflowData && this.#process)
				this.#running.push(this.#execute(result.workflowData[0] ?? [], mode));
			if (!response.writableEnded) response.end();
		} catch (error) {
			// n8n keeps a failed execution for an exception in webhook().
			this.failures.push(error as Error);
			if (!response.writableEnded) response.writeHead(500).end();
		}
	}
}

interface Process {
	core: typeof N8nCore;
	nodeType: INodeType;
	additionalData: IWorkflowExecuteAdditionalData;
	newWorkflow(staticData: IDataObject): N8nWorkflow;
	/** The one that registration and polls share, for as long as the process lives. */
	workflow: N8nWorkflow;
}

function credentialsHelper(
	core: typeof N8nCore,
	NodeHelpers: typeof import('n8n-workflow').NodeHelpers,
	types: Record<string, { name: string; extends?: string[]; properties: unknown[] }>,
	store: { read(): IDataObject; write(data: IDataObject): void },
) {
	const { ICredentialsHelper, Workflow } = require('n8n-workflow') as typeof import('n8n-workflow');
	const propertiesOf = (name: string): never[] => {
		const merged: never[] = [];
		for (const parent of types[name]?.extends ?? [])
			NodeHelpers.mergeNodeProperties(merged, propertiesOf(parent));
		NodeHelpers.mergeNodeProperties(merged, (types[name]?.properties ?? []) as never[]);
		return merged;
	};
	const parentsOf = (name: string): string[] =>
		(types[name]?.extends ?? []).flatMap((parent) => [parent, ...parentsOf(parent)]);
	const helper = {
		getParentTypes: parentsOf,
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: propertiesOf,
		async getDecrypted(
			_data: unknown,
			_ref: unknown,
			type: string,
			mode: WorkflowExecuteMode,
			_e: unknown,
			raw?: boolean,
		) {
			const stored = structuredClone(store.read());
			if (raw) return stored;
			const data = NodeHelpers.getNodeParameters(
				propertiesOf(type),
				stored as never,
				true,
				false,
				null,
				null,
			) as IDataObject;
			data.oauthTokenData = stored.oauthTokenData;
			const node: INode = {
				id: 'c',
				name: '',
				typeVersion: 1,
				type: 'mock',
				position: [0, 0],
				parameters: {},
			};
			const nodeTypes = {
				getByNameAndVersion: () => ({ description: { properties: [] } }),
				getByName() {},
				getKnownTypes: () => ({}),
			};
			const workflow = new Workflow({
				nodes: [node],
				connections: {},
				active: false,
				nodeTypes: nodeTypes as never,
			});
			return workflow.expression.getComplexParameterValue(
				node,
				data as never,
				mode,
				{},
				undefined,
				undefined,
				data as never,
			);
		},
		authenticate: async (_c: unknown, _t: unknown, request: unknown) => request,
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		getCredentials: async (ref: never, type: string) => new core.Credentials(ref, type, ''),
		updateCredentials: async (_ref: unknown, _type: unknown, data: IDataObject) =>
			store.write(structuredClone(data)),
		updateCredentialsOauthTokenData: async (_ref: unknown, _type: unknown, data: IDataObject) =>
			store.write({ ...store.read(), oauthTokenData: structuredClone(data.oauthTokenData) }),
	};
	return Object.assign(Object.create(ICredentialsHelper.prototype as object) as object, helper);
}
