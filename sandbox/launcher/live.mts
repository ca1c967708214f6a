import { mkdirSync, rmSync } from 'node:fs';
import { ensureN8n } from './install.mts';
import { N8nApi } from './n8nApi.mts';
import { N8n } from './n8nProcess.mts';
import { installPackage } from './package.mts';
import { places } from './places.mts';
import { demandPort } from './ports.mts';
import { importTemplates } from './templates.mts';

/** n8n with the package and its templates, for a real Zoho account: nothing simulated, nothing published, no credentials made. */
export async function startLive(port: number, reset: boolean, say: (line: string) => void): Promise<N8n> {
	await demandPort(port, 'n8n', '--port');
	await ensureN8n(say);
	const folder = places.live;
	if (reset) rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await installPackage(folder, say);
	const n8n = new N8n({ folder, port });
	try {
		say('Starting n8n …');
		await n8n.start();
		const api = new N8nApi(n8n.url);
		await api.login();
		await importTemplates(api, { folder, links: {} });
		return n8n;
	} catch (error) {
		await n8n.stop();
		throw error;
	}
}
