import { parseArgs } from 'node:util';
import { LaunchError, reasonOf } from '../launcher/failure.mts';
import { N8nApi } from '../launcher/n8nApi.mts';
import { parseDataCentres, parsePort } from '../launcher/options.mts';
import type { SandboxState } from '../simulator/controlState.mts';
import { audit, type AuditOptions } from './audit.mts';
import { jsonLine, reportLines } from './report.mts';
import { readReviewed } from './reviewQueue.mts';
import { readOver, type Side } from './systems.mts';

const usage = `npm run sandbox:audit -- [options]

Compares the simulated Zoho Books and Zoho CRM of a running sandbox ("npm start"), record by record. The last line is JSON; exit 0 only
when nothing differs.

  --page-port N            port of the sandbox's page (4680)
  --data-centres eu,in     which Books organization and CRM to compare (default: the first of each)
  --leave-out-review       records that wait in the review queue for a person's decision are no differences
  --won-stage NAME         stage in which a Deal must have an invoice or estimate ("Closed Won")
  --help                   this text`;

const say = (line: string) => console.log(line);

function readArgs(args: string[]) {
	const text = { type: 'string' } as const;
	const flag = { type: 'boolean', default: false } as const;
	const options = {
		'page-port': text,
		'data-centres': text,
		'won-stage': text,
		'leave-out-review': flag,
		help: flag,
	};
	try {
		return parseArgs({ args, options, allowPositionals: false }).values;
	} catch (error) {
		const reason = reasonOf(error).split('. ')[0];
		throw new LaunchError(`${reason}. "npm run sandbox:audit -- --help" lists the options.`);
	}
}

async function readJson<T>(url: string): Promise<T> {
	let answer: Response;
	try {
		answer = await fetch(url);
	} catch {
		throw new LaunchError(
			`No sandbox answers at ${new URL(url).origin}. Start one with "npm start", or name its port with --page-port N.`,
		);
	}
	if (!answer.ok) throw new LaunchError(`${url} answered ${answer.status}. Is that the page of a sandbox?`);
	return (await answer.json()) as T;
}

/** The two organizations: those of the data centres named, else the first of each. */
function chooseSides({ tenants }: SandboxState, dataCentres: string | undefined): { books: Side; crm: Side } {
	const wanted = dataCentres === undefined ? undefined : parseDataCentres(dataCentres);
	const books = tenants.find(({ books, location }) => books && (!wanted || location === wanted.books));
	const crm = tenants.find(({ crm, location }) => crm && (!wanted || location === wanted.crm));
	if (!books || !crm) {
		throw new LaunchError(`The sandbox has no ${books ? 'CRM' : 'Books organization'} in that data centre.`);
	}
	return {
		books: { location: books.location, organization: books.books?.organizationId },
		crm: { location: crm.location, organization: crm.crm?.zgid },
	};
}

/** Ids in the review queue of the sandbox's n8n. */
async function reviewedIn(url: string): Promise<string[]> {
	const { n8n } = await readJson<{ n8n: string }>(`${url}/sandbox.json`);
	const api = new N8nApi(n8n);
	await api.login();
	return readReviewed(api);
}

async function main(): Promise<number> {
	const values = readArgs(process.argv.slice(2));
	if (values.help) {
		say(usage);
		return 0;
	}
	const url = `http://127.0.0.1:${parsePort(values['page-port'], '--page-port') ?? 4680}`;
	const options: AuditOptions = {
		...chooseSides(await readJson<SandboxState>(`${url}/sim/state`), values['data-centres']),
		...(values['won-stage'] === undefined ? {} : { wonStage: values['won-stage'] }),
		...(values['leave-out-review'] ? { reviewed: await reviewedIn(url) } : {}),
	};
	const result = await audit(readOver(url), options);
	reportLines(result).forEach(say);
	say(jsonLine(result));
	return result.ok ? 0 : 1;
}

try {
	process.exitCode = await main();
} catch (error) {
	console.error(error instanceof LaunchError ? error.message : error);
	say(JSON.stringify({ ok: false, error: reasonOf(error) }));
	process.exitCode = 1;
}
