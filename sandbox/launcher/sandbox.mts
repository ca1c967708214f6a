import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startProxy, type RunningProxy } from '../proxy.mts';
import { startControlServer, type ControlServer } from '../simulator/server.mts';
import { Simulator } from '../simulator/simulator.mts';
import type { Switches, TenantOptions } from '../simulator/types.mts';
import { importCredentials, linksOf, type CredentialPlan } from './credentials.mts';
import { LaunchError, reasonOf } from './failure.mts';
import { ensureN8n } from './install.mts';
import { N8nApi, owner, type WorkflowNode } from './n8nApi.mts';
import { N8nCluster } from './n8nCluster.mts';
import { N8n } from './n8nProcess.mts';
import { installPackage } from './package.mts';
import { demandPort } from './ports.mts';
import type { RunningN8n } from './runningN8n.mts';
import { setUpTemplate } from './templateList.mts';
import { importTemplates, type ImportedTemplate, type ImportOptions } from './templates.mts';

export interface SandboxOptions {
	/** n8n's user folder. */
	folder: string;
	port: number;
	pagePort: number;
	tenants: TenantOptions[];
	switches?: Partial<Switches>;
	/** Further settings of n8n, where it is one process. */
	settings?: Record<string, string>;
	/** The first pair is what the templates are linked to. */
	credentials: CredentialPlan[];
	/** Queue mode with so many workers; its database is new each time, so it always begins anew. Default: one process. */
	queue?: { workers: number };
	reset?: boolean;
	/** Which templates, by file name; default all. */
	files?: readonly string[];
	/** Changes to the templates' nodes, as a user makes them on the canvas. Default: they run unedited. */
	edit?(node: WorkflowNode, file: string): WorkflowNode;
	/** Called when Zoho stands and nothing is connected to it yet. */
	prepare?(simulator: Simulator): void;
	say(line: string): void;
	/** Line for each request that the proxy refused. Default: standard error. */
	warn?(line: string): void;
}

/** A simulated Zoho and a real n8n that knows nothing of the simulation. */
export interface Sandbox {
	simulator: Simulator;
	proxy: RunningProxy;
	page: ControlServer;
	/** `isCluster` tells whether it has workers. */
	n8n: RunningN8n;
	api: N8nApi;
	templates: ImportedTemplate[];
	/** Stops all of it; safe to call at any time. */
	stop(): Promise<void>;
}

/** A set-up workflow goes on after a failed check and tells it in its report. Throws a LaunchError with what is marked there. */
function demandFine(name: string, output: Record<string, unknown[]>): void {
	const lines = JSON.stringify(output.Report ?? []).split('\\n');
	const troubles = lines.filter((line) => line.includes('NOT OK'));
	if (troubles.length > 0) throw new LaunchError(`"${name}" reports:\n${troubles.join('\n')}`);
}

/** Imports the templates, runs the one that sets things up, and publishes those that run by themselves. */
export async function bringToLife(
	api: N8nApi,
	options: Omit<ImportOptions, 'links'> & { credentials: CredentialPlan[]; say(line: string): void },
): Promise<ImportedTemplate[]> {
	const { credentials, say } = options;
	const templates = await importTemplates(api, { ...options, links: linksOf(credentials) });
	for (const { id, name } of templates.filter(({ file }) => file === setUpTemplate)) {
		say(`Running "${name}" …`);
		demandFine(name, await api.run(id));
	}
	for (const { id, name } of templates.filter(({ live }) => live)) {
		say(`Publishing "${name}" …`);
		await api.publish(id);
	}
	return templates;
}

/** Starts everything, in the order that a newcomer would: install, connect, set up, publish. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
	const { folder, port, pagePort, credentials, say } = options;
	await demandPort(port, 'n8n', '--port');
	await demandPort(pagePort, 'the page', '--page-port');
	await ensureN8n(say);
	if (options.reset || options.queue) rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await installPackage(folder, say);

	const undo: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const step of undo.splice(0).reverse()) {
			await step().catch((error: unknown) => say(`Stopping: ${reasonOf(error)}`));
		}
	};
	try {
		say('Starting the simulated Zoho …');
		const simulator = new Simulator({ tenants: options.tenants, switches: options.switches });
		undo.push(() => simulator.close());
		options.prepare?.(simulator);
		const proxy = await startProxy({ simulator, warn: options.warn });
		undo.push(() => proxy.stop());
		const n8n = options.queue
			? await N8nCluster.create({ folder, port, proxy, ...options.queue })
			: new N8n({ folder, port, proxy, settings: options.settings });
		undo.push(() => n8n.discard());
		const about = { n8n: n8n.url, email: owner.email, password: owner.password };
		const page = await startControlServer({ simulator, port: pagePort, about });
		undo.push(() => page.stop());

		// The simulated Zoho begins empty: nothing may run before "Set up the sync" has made its fields again.
		const published = path.join(folder, 'published');
		if (existsSync(published)) await n8n.command('unpublish:workflow', '--all');
		await importCredentials(n8n, simulator, credentials, folder);
		say('Starting n8n …');
		undo.push(() => n8n.stop());
		await n8n.start();
		const api = new N8nApi(n8n.url);
		await api.login();
		writeFileSync(published, '');
		const templates = await bringToLife(api, {
			folder,
			credentials: credentials.slice(0, 2),
			files: options.files,
			edit: options.edit,
			say,
		});
		undo.push(async () => {
			if (!n8n.isRunning) return;
			await Promise.all(templates.filter(({ live }) => live).map(async ({ id }) => await api.unpublish(id, 20_000)));
			rmSync(published);
		});
		return { simulator, proxy, page, n8n, api, templates, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
