import { runCheck } from './check/check.mts';
import { planPair, tenantsOf } from './launcher/credentials.mts';
import { LaunchError, reasonOf } from './launcher/failure.mts';
import { startLive } from './launcher/live.mts';
import { owner } from './launcher/n8nApi.mts';
import { readOptions, usage, type Options } from './launcher/options.mts';
import { places } from './launcher/places.mts';
import { endAll } from './launcher/processes.mts';
import type { RunningN8n } from './launcher/runningN8n.mts';
import { startSandbox, type Sandbox } from './launcher/sandbox.mts';
import { stopOnSignal, stopWhenOrphaned } from './launcher/signals.mts';

const say = (line: string) => console.log(line);
const login = `  Login      ${owner.email}  /  ${owner.password}`;

async function simulated(options: Options): Promise<Sandbox> {
	const sandbox = await startSandbox({
		folder: options.queue ? places.queue : places.run,
		port: options.port ?? 5678,
		pagePort: options.pagePort ?? 4680,
		tenants: tenantsOf(options.books, options.crm),
		credentials: planPair(options.books, options.crm),
		queue: options.queue,
		reset: options.reset,
		say,
	});
	say(`
Ready. Zoho Books (${options.books.toUpperCase()}) and Zoho CRM (${options.crm.toUpperCase()}) are simulated; n8n between them is real.

  Watch it   ${sandbox.page.url}
  n8n        ${sandbox.n8n.url}
${login}

Add a contact on one side of the page and see it appear on the other. Ctrl-C stops everything.`);
	return sandbox;
}

async function live(options: Options): Promise<RunningN8n> {
	const n8n = await startLive(options.port ?? 5678, options.reset, say);
	say(`
Ready, for your own Zoho account.

  n8n        ${n8n.url}
${login}

1. Make an API client for your data centre (docs/set-up.md has the addresses), with this redirect URI:
   ${n8n.url}/rest/oauth2-credential/callback
2. In n8n, create a "Zoho Books OAuth2 API" and a "Zoho CRM OAuth2 API" credential with its id and secret, and connect each.
3. Open "Set up the sync", choose the credentials in its nodes, run it and read its report; then do the same in the two sync
   workflows and publish them.

Zoho reaches this n8n only when N8N_WEBHOOK_URL is an address of yours that leads here from the Internet; without one choose
"Polling Only" in the trigger nodes. Ctrl-C stops n8n.`);
	return n8n;
}

/** What Ctrl-C undoes. The mode in charge sets it. */
let stop: () => Promise<void> = async () => undefined;
let stopping = false;

/** Waits until the user has had enough; n8n ending by itself is a failure. */
async function untilStopped(n8n: RunningN8n): Promise<never> {
	await n8n.ended();
	if (!stopping) n8n.demandRunning();
	return new Promise(() => undefined); // The signal's handler ends the process.
}

async function undo(): Promise<void> {
	stopping = true;
	console.log('\nStopping …');
	await stop().catch((error: unknown) => console.error(reasonOf(error)));
}

async function main(): Promise<number> {
	const options = readOptions(process.argv.slice(2));
	if (options.mode === 'help') {
		say(usage);
		return 0;
	}
	stopOnSignal(undo);
	stopWhenOrphaned();
	if (options.mode === 'check') return runCheck(options, (undo) => (stop = undo));
	if (options.mode === 'live') {
		const n8n = await live(options);
		stop = () => n8n.stop();
		return untilStopped(n8n);
	}
	const sandbox = await simulated(options);
	stop = () => sandbox.stop();
	return untilStopped(sandbox.n8n);
}

try {
	process.exitCode = await main();
} catch (error) {
	// A reason that we know is told in its own words; anything else is a mistake of ours and comes with its stack.
	console.error(error instanceof LaunchError ? error.message : error);
	process.exitCode = 1;
} finally {
	endAll();
}
process.exit();
