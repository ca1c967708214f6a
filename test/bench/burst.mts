import { setTimeout as sleep } from 'node:timers/promises';
import type { Pair } from '../../sandbox/check/pair.mts';
import { LaunchError } from '../../sandbox/launcher/failure.mts';
import { waitFor } from '../../sandbox/launcher/wait.mts';
import type { Bench } from './bench.mts';
import type { Call } from './callBook.mts';

/** All changes of a burst are made within this time. */
const burstTime = 10_000;
/** Milliseconds from one handful of changes to the next. */
const beat = 100;

export interface Burst {
	/** Calls from the first change until nothing moved any more, all of them. */
	calls: Call[];
	/** Milliseconds from the first change until the last record was there. */
	wall: number;
}

/** Does `act` for each number, evenly spread over ten seconds, as Zoho's own screens and imports would. */
export async function spread(count: number, act: (n: number) => void): Promise<void> {
	const beats = burstTime / beat - 1;
	const began = Date.now();
	for (let done = 0, turn = 0; done < count; turn++) {
		for (const upTo = Math.ceil((count * (turn + 1)) / beats); done < Math.min(count, upTo); done++) act(done);
		await sleep(Math.max(0, began + (turn + 1) * beat - Date.now()));
	}
}

export const companyOf = (name: string, n: number) => `${name} ${n}`;
export const emailOf = (name: string, n: number) => `person-${n}@${name.toLowerCase()}.example`;

/** New customers of Books, each a company with one contact person, and how long until all are in CRM exactly once. */
export async function burstOf(bench: Bench, pair: Pair, name: string, timeout = 300_000): Promise<Burst> {
	const { scene, records } = bench;
	const since = bench.calls.all.length;
	const began = bench.now();
	await spread(records, (n) => {
		pair.createCompanyInBooks(companyOf(name, n), {
			first_name: 'Ada',
			last_name: `Noether ${n}`,
			email: emailOf(name, n),
			phone: `+49 30 ${n}`,
		});
	});
	bench.say(`  ${records} customers made in ${((bench.now() - began) / 1000).toFixed(1)} s`);
	const size = (module: string) =>
		bench.sandbox.simulator.world.tenantOf('crm', pair.crmAt)?.crm.modules.get(module)?.store.size ?? 0;
	const before = { accounts: size('Accounts'), contacts: size('Contacts') };
	let last = 0;
	await waitFor('all customers in CRM', () => {
		const contacts = size('Contacts');
		if (Date.now() - last > 5_000) {
			last = Date.now();
			bench.say(`  ${size('Accounts')} Accounts, ${contacts} Contacts in CRM`);
		}
		return mine(pair, name).contacts >= records && before !== undefined;
	}, {
		timeout,
		interval: 500,
		abort: () => bench.sandbox.n8n.demandRunning(),
		missing: () => JSON.stringify(mine(pair, name)),
	});
	const wall = bench.now() - began;
	await scene.quiet();
	demandOnce(bench, pair, name);
	return { calls: bench.calls.since(since, ({ location }) => location === pair.booksAt || location === pair.crmAt), wall };
}

function mine(pair: Pair, name: string): { accounts: number; contacts: number } {
	const accounts = pair.crm('Accounts').filter(({ Account_Name }) => String(Account_Name).startsWith(`${name} `));
	const contacts = pair.crm('Contacts').filter(({ Email }) => String(Email).endsWith(`@${name.toLowerCase()}.example`));
	return { accounts: accounts.length, contacts: contacts.length };
}

/** Throws unless each customer of the burst is in CRM once, as an Account with its Contact. */
function demandOnce(bench: Bench, pair: Pair, name: string): void {
	const emails = new Set<string>();
	const accounts = new Set<string>();
	for (const contact of pair.crm('Contacts')) {
		const email = String(contact.Email);
		if (!email.endsWith(`@${name.toLowerCase()}.example`)) continue;
		const account = contact.Account_Name as { id?: string; name?: string } | null;
		if (emails.has(email)) throw new LaunchError(`${email} is in CRM twice.`);
		if (!account?.name?.startsWith(`${name} `)) throw new LaunchError(`${email} has no Account of the burst.`);
		emails.add(email);
		accounts.add(String(account.id));
	}
	const found = { ...mine(pair, name), linked: accounts.size };
	if (found.accounts !== bench.records || found.contacts !== bench.records || found.linked !== bench.records) {
		throw new LaunchError(`After the burst CRM holds ${JSON.stringify(found)}, not ${bench.records} of each.`);
	}
}
