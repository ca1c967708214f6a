import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { proxyEnvironment, type RunningProxy } from '../proxy.mts';
import { LaunchError } from './failure.mts';
import { places } from './places.mts';
import { freePort } from './ports.mts';
import { hasEnded, lastLines, run, start, stop } from './processes.mts';
import type { RunningN8n } from './runningN8n.mts';
import { waitFor } from './wait.mts';

export interface N8nOptions {
	/** n8n's user folder; its database and log live here. */
	folder: string;
	port: number;
	/** All traffic of n8n but the local one goes through it. Absent: n8n talks to the real world. */
	proxy?: RunningProxy;
	/** What this process is; default: all of n8n (`start`). */
	role?: 'start' | 'worker' | 'webhook';
	/** Where people and Zoho reach n8n; default: this process. */
	url?: string;
	/** Further settings of n8n. */
	settings?: Record<string, string> | undefined;
}

/** What no sandbox should inherit: settings of another n8n on the same machine. */
const foreign = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|OFFLOAD_|NODES_|NODE_FUNCTION_|WEBHOOK_URL$|GENERIC_)/;
/** What a user may want to set for `--live`. */
const wanted = new Set([
	'N8N_LISTEN_ADDRESS',
	'N8N_LOG_LEVEL',
	'N8N_EDITOR_BASE_URL',
	'N8N_PROXY_HOPS',
	'N8N_WEBHOOK_URL',
]);

/** Sources: n8n-config 2.41 `configs/*.config.js`. Nothing is reported to anybody and nothing asked of the Internet. */
const settings = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PYTHON_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry',
	N8N_SECURE_COOKIE: 'false',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
	NODE_NO_WARNINGS: '1',
};

/** One process of n8n 2.x, as a process group that can be started, killed and started again. With nothing else said it is all of n8n, on SQLite. */
export class N8n implements RunningN8n {
	readonly url: string;
	readonly log: string;
	private readonly options: N8nOptions;
	private child: ChildProcess | undefined;

	constructor(options: N8nOptions) {
		this.options = options;
		this.url = options.url ?? `http://localhost:${options.port}`;
		mkdirSync(options.folder, { recursive: true });
		this.log = path.join(options.folder, 'n8n.log');
		writeFileSync(this.log, '');
	}

	/** Runs one of n8n's commands (`import:credentials`, …) while the server is down. */
	async command(...args: string[]): Promise<void> {
		await run({ ...this.program(args), env: await this.environment(), log: this.log }, `n8n ${args[0]}`);
	}

	/** Starts the server and waits until it is ready. */
	async start(): Promise<void> {
		const { role = 'start' } = this.options;
		const env = await this.environment();
		this.child = start({ ...this.program([role]), env, log: this.log });
		await waitFor(role === 'start' ? 'n8n to start' : `n8n's ${role} process to start`, () => this.isReady(), {
			timeout: 180_000,
			abort: () => this.demandRunning(),
			missing: () => `its log ends with\n${lastLines(this.log)}`,
		});
	}

	async stop(): Promise<void> {
		if (this.child) await stop(this.child);
		this.child = undefined;
	}

	/** kill -9 for n8n and all that it started. */
	async kill(): Promise<void> {
		if (this.child) await stop(this.child, 0);
		this.child = undefined;
	}

	/** Resolves when the server ends by itself. */
	async ended(): Promise<void> {
		const { child } = this;
		if (child && !hasEnded(child)) await new Promise<void>((resolve) => child.once('exit', () => resolve()));
	}

	get isRunning(): boolean {
		return this.child !== undefined && !hasEnded(this.child);
	}

	/** Throws a LaunchError with the end of the log when the server is not running. */
	demandRunning(): void {
		if (!this.isRunning) throw new LaunchError(`n8n has ended. Its log ends with\n${lastLines(this.log)}`);
	}

	/** Has it ended without having been told to? */
	get hasFailed(): boolean {
		return this.child !== undefined && hasEnded(this.child);
	}

	async discard(): Promise<void> {
		// Everything of it is in its folder.
	}

	private program(args: string[]): { command: string; args: string[]; cwd: string } {
		const script = path.join(places.n8n, 'node_modules', 'n8n', 'bin', 'n8n');
		return { command: process.execPath, args: [script, ...args], cwd: this.options.folder };
	}

	private async environment(): Promise<NodeJS.ProcessEnv> {
		const { folder, port, proxy, settings: further } = this.options;
		const own = Object.entries(process.env).filter(
			([name]) => !foreign.test(name) || (!proxy && wanted.has(name)),
		);
		return {
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_WEBHOOK_URL: `${this.url}/`,
			...Object.fromEntries(own),
			...settings,
			N8N_USER_FOLDER: folder,
			N8N_PORT: String(port),
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			...further,
			...(proxy && { ...proxyEnvironment(proxy), NODE_EXTRA_CA_CERTS: proxy.caPath }),
		};
	}

	private async isReady(): Promise<boolean> {
		try {
			const answer = await fetch(`http://127.0.0.1:${this.options.port}/healthz/readiness`);
			return answer.ok;
		} catch {
			return false; // Not listening yet.
		}
	}
}
