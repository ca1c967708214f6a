import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { RunningProxy } from '../proxy.mts';
import { LaunchError } from './failure.mts';
import { N8n, type N8nOptions } from './n8nProcess.mts';
import { freePort } from './ports.mts';
import { openQueueServices, type QueueServices } from './queueServices.mts';
import { startRouter, type Router } from './router.mts';
import type { RunningCluster } from './runningN8n.mts';

export interface ClusterOptions {
	/** Of the main process, with the package installed; each other process has a folder of its own in it. */
	folder: string;
	/** Where people and Zoho reach n8n: the router. */
	port: number;
	workers: number;
	proxy?: RunningProxy;
}

interface Ports {
	main: number;
	webhook: number;
}

/** n8n in queue mode: a main process, a webhook process and workers, over PostgreSQL and Redis, with a router in front. */
export class N8nCluster implements RunningCluster {
	readonly url: string;
	readonly workers: number;
	private readonly options: ClusterOptions;
	private readonly ports: Ports;
	private readonly services: QueueServices;
	private readonly main: N8n;
	private readonly helpers: N8n[];
	private readonly workerList: N8n[];
	private router: Router | undefined;

	/** Makes a database of its own; nothing runs yet. Throws a LaunchError when PostgreSQL or Redis cannot be reached. */
	static async create(options: ClusterOptions): Promise<N8nCluster> {
		const services = await openQueueServices();
		const ports = { main: await freePort(), webhook: await freePort() };
		const workerPorts = await Promise.all(Array.from({ length: options.workers }, () => freePort()));
		return new N8nCluster(options, services, ports, workerPorts);
	}

	private constructor(options: ClusterOptions, services: QueueServices, ports: Ports, workerPorts: number[]) {
		this.options = options;
		this.ports = ports;
		this.services = services;
		this.workers = options.workers;
		this.url = `http://localhost:${options.port}`;
		const { folder, proxy } = options;
		const common = { proxy, url: this.url };
		const settings = {
			...services.settings,
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
			N8N_EDITOR_BASE_URL: this.url,
			N8N_PROXY_HOPS: '1',
			// Production webhooks are the webhook process's business alone.
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		};
		this.main = new N8n({ ...common, folder, port: ports.main, settings });
		const helper = (name: string, port: number, role: N8nOptions['role'], more?: Record<string, string>) =>
			new N8n({ ...common, folder: this.shareNodes(name), port, role, settings: { ...settings, ...more } });
		this.workerList = workerPorts.map((port, index) =>
			helper(`worker-${index + 1}`, port, 'worker', {
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: String(port),
				N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			}),
		);
		this.helpers = [helper('webhook', ports.webhook, 'webhook'), ...this.workerList];
	}

	command(...args: string[]): Promise<void> {
		return this.main.command(...args);
	}

	/** The main process first: it brings the database up to date. */
	async start(): Promise<void> {
		this.router ??= await startRouter(this.options.port, this.ports);
		await this.main.start();
		await Promise.all(this.helpers.map((helper) => helper.start()));
	}

	async stop(): Promise<void> {
		await Promise.all(this.helpers.map((helper) => helper.stop()));
		await this.main.stop();
		await this.router?.stop();
		this.router = undefined;
	}

	async kill(): Promise<void> {
		await Promise.all([this.main, ...this.helpers].map((each) => each.kill()));
	}

	async killWorker(worker = 0): Promise<void> {
		await this.worker(worker).kill();
	}

	async restartWorker(worker = 0): Promise<void> {
		await this.worker(worker).start();
	}

	busyWorker(): number | undefined {
		const newest = this.workerList.map((worker) => (worker.isRunning ? Math.max(0, ...underWay(worker.log)) : 0));
		const highest = Math.max(...newest);
		return highest > 0 ? newest.indexOf(highest) : undefined;
	}

	async ended(): Promise<void> {
		while (this.isRunning) {
			const running = [this.main, ...this.helpers].filter((each) => each.isRunning);
			await Promise.race(running.map((each) => each.ended()));
		}
	}

	/** Workers that were killed on purpose are not missed. */
	get isRunning(): boolean {
		return this.main.isRunning && !this.helpers.some(({ hasFailed }) => hasFailed);
	}

	demandRunning(): void {
		this.main.demandRunning();
		for (const helper of this.helpers) if (helper.hasFailed) helper.demandRunning();
	}

	async discard(): Promise<void> {
		await this.services.discard();
	}

	private worker(index: number): N8n {
		const worker = this.workerList[index];
		if (worker) return worker;
		throw new LaunchError(`There is no worker ${index} (0 to ${this.workers - 1}).`);
	}

	/** A user folder with the community packages of the main process. n8n keeps the mark of a crash there, so no two processes share one. */
	private shareNodes(name: string): string {
		const folder = path.join(this.options.folder, name);
		const nodes = path.join(folder, '.n8n', 'nodes');
		mkdirSync(path.dirname(nodes), { recursive: true });
		if (!existsSync(nodes)) symlinkSync(path.join(this.options.folder, '.n8n', 'nodes'), nodes, 'junction');
		return folder;
	}
}

/** Executions that a worker has begun and not ended, by what it logs (n8n 2.41 `job-processor.js`). */
function underWay(log: string): number[] {
	const lines = readFileSync(log, 'utf8');
	const ids = (what: string) => [...lines.matchAll(new RegExp(`Worker ${what} execution (\\d+)`, 'g'))].map(([, id]) => Number(id));
	const over = new Set([...ids('finished'), ...ids('errored while running')]);
	return ids('started').filter((id) => !over.has(id));
}
