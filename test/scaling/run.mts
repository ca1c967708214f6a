/**
 * `npm run bench:scaling`: n8n in queue mode with 1, 2 and 4 workers under one Zoho limit. Each number of workers gets an n8n and a Zoho of its
 * own, the same burst of customers typed into Books and the same burst of Contacts typed into CRM. Last line: the figures as JSON.
 */
import { parseArgs } from 'node:util';
import { Pair } from '../../sandbox/check/pair.mts';
import { Scene } from '../../sandbox/check/scene.mts';
import { planPair, tenantsOf } from '../../sandbox/launcher/credentials.mts';
import { reasonOf } from '../../sandbox/launcher/failure.mts';
import { places } from '../../sandbox/launcher/places.mts';
import { freePort } from '../../sandbox/launcher/ports.mts';
import { startSandbox, type Sandbox } from '../../sandbox/launcher/sandbox.mts';
import { stopOnSignal, stopWhenOrphaned } from '../../sandbox/launcher/signals.mts';
import { contactTemplates, setUpTemplate } from '../../sandbox/launcher/templateList.mts';
import { fromBooks, fromCrm } from './bursts.mts';
import { markdownOf, type Row } from './table.mts';

const usage = `npm run bench:scaling -- [options]

  --workers 1,2,4   numbers of workers, one after the other
  --records 100     how many records are typed into each system
  --json            nothing but the figures on standard output
  --help            this text`;

const [booksAt, crmAt] = ['eu', 'in'] as const;
/** What a process may send by itself. Zoho allows an organization 100 calls a minute. */
const allCalls = 95;

async function open(workers: number, share: number, say: (line: string) => void): Promise<Sandbox> {
	return await startSandbox({
		folder: places.queue,
		port: await freePort(),
		pagePort: await freePort(),
		tenants: tenantsOf(booksAt, crmAt),
		credentials: planPair(booksAt, crmAt).map((plan) => ({ ...plan, callsPerMinute: share })),
		queue: { workers },
		files: [setUpTemplate, ...Object.values(contactTemplates)],
		say,
	});
}

async function measure(workers: number, share: number, records: number, say: (line: string) => void): Promise<Row> {
	const sandbox = await open(workers, share, say);
	try {
		const pair = new Pair(sandbox.simulator, booksAt, crmAt);
		const scene = new Scene(sandbox, pair, pair, pair);
		await scene.quiet();
		const books_to_crm = await fromBooks(scene, records);
		await scene.room();
		const crm_to_books = await fromCrm(scene, records);
		return { workers, share, books_to_crm, crm_to_books };
	} finally {
		await sandbox.stop();
	}
}

/** One process for the triggers of the editor and polls, and the workers: each gets the same part. */
const shareOf = (workers: number) => Math.floor(allCalls / (workers + 1));

async function main(): Promise<void> {
	const text = (value: string) => ({ type: 'string', default: value }) as const;
	const flag = { type: 'boolean', default: false } as const;
	const { values } = parseArgs({ options: { workers: text('1,2,4'), records: text('100'), json: flag, help: flag } });
	if (values.help) return console.log(usage);
	const say = (line: string) => (values.json ? console.error(line) : console.log(line));
	const rows: Row[] = [];
	const numbers = values.workers.split(',').map(Number);
	for (const workers of numbers) {
		// With most workers also what happens where each is left to find its part by itself.
		for (const share of workers === Math.max(...numbers) ? [shareOf(workers), allCalls] : [shareOf(workers)]) {
			say(`${workers} workers, ${share} calls a minute for each process …`);
			const row = await measure(workers, share, Number(values.records), say);
			say(`  ${JSON.stringify(row)}`);
			rows.push(row);
		}
	}
	if (!values.json) for (const line of ['', ...markdownOf(rows), '']) console.log(line);
	console.log(JSON.stringify({ records: Number(values.records), rows }));
}

stopOnSignal();
stopWhenOrphaned();
await main().catch((error: unknown) => {
	console.error(reasonOf(error));
	process.exitCode = 1;
});
