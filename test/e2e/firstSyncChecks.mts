/** First sync in a real n8n: dry run, a crash in the middle, again, and the other way. */

import { audit } from '../../sandbox/audit/audit.mts';
import { readReviewed } from '../../sandbox/audit/reviewQueue.mts';
import { readFrom } from '../../sandbox/audit/systems.mts';
import { only, same } from '../../sandbox/check/scene.mts';
import { Pair, textAt, type Item } from '../../sandbox/check/pair.mts';
import { planPair, tenantsOf } from '../../sandbox/launcher/credentials.mts';
import { places } from '../../sandbox/launcher/places.mts';
import { freePort } from '../../sandbox/launcher/ports.mts';
import { startSandbox, type Sandbox } from '../../sandbox/launcher/sandbox.mts';
import { firstSyncTemplates, setUpTemplate } from '../../sandbox/launcher/templateList.mts';
import { waitFor } from '../../sandbox/launcher/wait.mts';
import type { Outcome } from './run.mts';

const [books, crm] = ['eu', 'in'] as const;
const customers = 450;
/** The first ones are in CRM, too, unlinked. */
const inBoth = 200;
const onlyInCrm = 3;
/** So that there are several pages. */
const rowsPerPage = 200;
/** Its name is that of two Accounts in CRM. */
const doubtful = 'Twin Peaks';
const runTime = 300_000;

const companyOf = (n: number) => `Volta ${n}`;
const emailOf = (n: number) => `person-${n}@volta.example`;

interface Bench {
	sandbox: Sandbox;
	pair: Pair;
}

function fill({ pair }: Bench): void {
	for (let n = 0; n < customers; n++) {
		const person = { first_name: 'Laura', last_name: `Bassi ${n}`, email: emailOf(n), phone: `+39 051 ${n}` };
		pair.createCompanyInBooks(n === 0 ? doubtful : companyOf(n), person);
		if (n >= inBoth) continue;
		const account = pair.createInCrm('Accounts', { Account_Name: n === 0 ? doubtful : companyOf(n) });
		pair.createInCrm('Contacts', { Last_Name: `Bassi ${n}`, Email: emailOf(n), Account_Name: { id: account.id } });
	}
	pair.createInCrm('Accounts', { Account_Name: doubtful });
	pair.createInBooks({ contact_name: 'Maria Agnesi', customer_sub_type: 'individual', contact_persons: [{ first_name: 'Maria', last_name: 'Agnesi', email: 'maria@agnesi.example' }] });
	for (let n = 0; n < onlyInCrm; n++) {
		const account = pair.createInCrm('Accounts', { Account_Name: `Galvani ${n}` });
		pair.createInCrm('Contacts', { Last_Name: `Galvani ${n}`, Email: `galvani-${n}@volta.example`, Account_Name: { id: account.id } });
	}
}

/** As a user changes them on the canvas. */
async function setSettings({ sandbox }: Bench, file: string, values: Record<string, boolean | number>): Promise<string> {
	const template = only(`templates ${file}`, sandbox.templates.filter((each) => each.file === file));
	const workflow = await sandbox.api.workflow(template.id);
	const settings = workflow?.nodes.find(({ name }) => name === 'Settings');
	if (!workflow || !settings?.parameters) throw new Error(`${file} has no Settings`);
	const { assignments } = settings.parameters.assignments as { assignments: Array<{ name: string; value: unknown }> };
	for (const [name, value] of Object.entries(values)) {
		only(`settings ${name}`, assignments.filter((each) => each.name === `settings.${name}`)).value = value;
	}
	const { id, name, nodes, connections } = workflow;
	await sandbox.api.updateWorkflow({ id, name, nodes, connections, settings: workflow.settings } as Parameters<typeof sandbox.api.updateWorkflow>[0]);
	return template.id;
}

async function row({ sandbox }: Bench, name: string): Promise<Item> {
	const rows = (await sandbox.api.dataTable('Zoho first sync')) ?? [];
	return rows.find((each) => each.name === name) ?? {};
}

const counts = ({ read, new: made, linked, updated, unchanged, review, failed }: Item) => ({ read, made, linked, updated, unchanged, review, failed });

/** Calls and writes that an action costs; token calls are neither. */
async function cost({ sandbox }: Bench, action: () => Promise<unknown>): Promise<{ calls: number; writes: number }> {
	const since = sandbox.simulator.world.log.length;
	await action();
	const made = sandbox.simulator.world.log.slice(since).filter(({ kind }) => kind !== 'token');
	return { calls: made.length, writes: made.filter(({ kind }) => kind === 'write').length };
}

/** A person of the customer in doubt waits for its Account. */
const persons = customers;
const companies = customers;

/** What the first run counts. */
const expected = {
	read: customers + 1,
	made: companies - inBoth + (persons - inBoth) + 1,
	linked: 2 * (inBoth - 1),
	updated: 0,
	unchanged: 0,
	review: 1,
	failed: 0,
};

/** All records, whatever became of them. */
const sum = ({ read: _rows, ...records }: Record<string, unknown>) => Object.values(records).reduce<number>((total, count) => total + Number(count), 0);

const checks: Array<[name: string, run: (bench: Bench) => Promise<void>]> = [
	[
		'first sync: a dry run writes nothing and plans each record, with what would change and why',
		async (bench) => {
			const id = await setSettings(bench, firstSyncTemplates.books, { dry_run: true, rows_per_page: rowsPerPage });
			same('writes of a dry run', (await cost(bench, () => bench.sandbox.api.run(id, runTime))).writes, 0);
			same('what the dry run counted', counts(await row(bench, 'Books to CRM (dry run)')), expected);
			const plan = (await bench.sandbox.api.dataTable('Zoho sync plan')) ?? [];
			const linked = plan.find(({ action, module }) => action === 'link' && module === 'Contacts');
			if (!/First_Name: \(blank\) → Laura/.test(String(linked?.changes))) throw new Error(`the plan has no change from → to: ${JSON.stringify(linked)}`);
			same('rows in the review queue after a dry run', (await bench.sandbox.api.dataTable('Zoho sync review'))?.length ?? 0, 0);
		},
	],
	[
		'first sync: n8n killed in the middle of companies and of persons goes on where it was, and each record is there and counted once',
		async (bench) => {
			const { sandbox, pair } = bench;
			const id = await setSettings(bench, firstSyncTemplates.books, { dry_run: false });
			for (const module of ['Accounts', 'Contacts']) {
				const broken = sandbox.api.run(id, runTime).catch(() => undefined);
				await waitFor(
					`the first page of ${module}`,
					async () => {
						const { page, module: at, state } = await row(bench, 'Books to CRM');
						return (at === module && Number(page) > 1) || state === 'complete';
					},
					{ timeout: runTime },
				);
				await sandbox.n8n.kill();
				await broken;
				const before = pair.crm(module).filter(({ Zoho_Books_ID }) => Zoho_Books_ID).length;
				if (before >= customers) throw new Error(`All ${module} were there before n8n was killed: nothing is proved.`);
				await sandbox.n8n.start();
				await sandbox.api.login();
			}
			await sandbox.api.run(id, runTime);
			const found = await row(bench, 'Books to CRM');
			same('its state', found.state, 'complete');
			same('rows that it counted', found.read, expected.read);
			same('records that it counted', sum(counts(found)), sum(expected));
			const notOnce = pair.books().filter(({ contact_name, customer_sub_type }) => contact_name !== doubtful && customer_sub_type !== 'individual' && pair.accountsNamed(String(contact_name)).length !== 1);
			same('customers that are not one Account', notOnce.map(({ contact_name }) => contact_name), []);
			const lost = pair.persons().filter(({ email, contact }) => textAt(contact as Item, 'contact_name') !== doubtful && pair.crmContactsWith(String(email)).length !== 1);
			same('persons that are not one Contact', lost.map(({ email }) => email), []);
			const review = (await sandbox.api.dataTable('Zoho sync review')) ?? [];
			same('the customer in doubt', review.map(({ record_name }) => record_name), [doubtful]);
		},
	],
	[
		'first sync: again, it reads lists only and writes nothing',
		async (bench) => {
			const id = await setSettings(bench, firstSyncTemplates.books, {});
			const { calls, writes } = await cost(bench, () => bench.sandbox.api.run(id, runTime));
			same('writes', writes, 0);
			// Three pages of customers, CRM's Accounts once and what was modified since for each further page, and the same for the one individual.
			if (calls > 14) throw new Error(`${calls} calls`);
			same('what changed', counts(await row(bench, 'Books to CRM')).made, 0);
		},
	],
	[
		'first sync: the other way brings what only CRM has, once',
		async (bench) => {
			const { sandbox, pair } = bench;
			const id = await setSettings(bench, firstSyncTemplates.crm, { dry_run: false, rows_per_page: rowsPerPage });
			await sandbox.api.run(id, runTime);
			const again = await cost(bench, () => sandbox.api.run(id, runTime));
			same('writes when run again', again.writes, 0);
			for (let n = 0; n < onlyInCrm; n++) {
				only(`customers Galvani ${n}`, pair.books().filter(({ contact_name }) => contact_name === `Galvani ${n}`));
				only(`persons of Galvani ${n}`, pair.personsWith(`galvani-${n}@volta.example`));
			}
		},
	],
	[
		'first sync: afterwards the two systems agree, record by record',
		async ({ sandbox, pair }) => {
			// The person of the customer in doubt waits with it.
			const waiting = pair.personsWith(emailOf(0)).map((person) => textAt(person, 'contact_person_id'));
			const reviewed = [...(await readReviewed(sandbox.api)), ...waiting];
			const found = await audit(readFrom(sandbox.simulator), { books: { location: books }, crm: { location: crm }, reviewed });
			const told = Object.values(found.modules).flatMap(({ differences }) => differences);
			same('differences', told, []);
		},
	],
];

export async function firstSyncChecks(): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	let bench: Bench | undefined;
	try {
		const sandbox = await startSandbox({
			folder: places.check,
			port: await freePort(),
			pagePort: await freePort(),
			tenants: tenantsOf(books, crm),
			credentials: planPair(books, crm),
			files: [setUpTemplate, ...Object.values(firstSyncTemplates)],
			reset: true,
			say: (line) => console.log(line),
		});
		bench = { sandbox, pair: new Pair(sandbox.simulator, books, crm) };
		fill(bench);
		for (const [name, run] of checks) {
			const why = await run(bench).then(
				() => undefined,
				(error: unknown) => (error instanceof Error ? error.message : String(error)),
			);
			console.log(`${why === undefined ? 'ok    ' : 'FAILED'} ${name}${why === undefined ? '' : `: ${why}`}`);
			outcomes.push({ name, ok: why === undefined, ...(why !== undefined && { why }) });
		}
	} catch (error) {
		outcomes.push({ name: 'first sync', ok: false, why: error instanceof Error ? error.message : String(error) });
	} finally {
		await bench?.sandbox.stop();
	}
	return outcomes;
}
