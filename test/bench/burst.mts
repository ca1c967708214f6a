import { setTimeout as sleep } from 'node:timers/promises';
import { textAt, type Item, type Pair } from '../../sandbox/check/pair.mts';
import { LaunchError } from '../../sandbox/launcher/failure.mts';
import { waitFor } from '../../sandbox/launcher/wait.mts';
import type { Bench } from './bench.mts';
import type { Call } from './callBook.mts';

/** All changes of a burst are made within this time. */
const burstTime = 10_000;
/** Milliseconds from one handful of changes to the next. */
const beat = 100;
/** How often the number of records that have arrived is told. */
const tellEvery = 10_000;

export interface Burst {
	/** Calls from the first change until nothing moved any more, all of them. */
	calls: Call[];
	/** Milliseconds from the first change until the last record was there. */
	wall: number;
	/** How many records are there in the end. */
	arrived: number;
}

/** Does `act` for all numbers, evenly spread over ten seconds, for a handful at a time, as imports and other integrations would. */
export async function spread(count: number, act: (numbers: number[]) => void): Promise<void> {
	const beats = burstTime / beat - 1;
	const began = Date.now();
	for (let done = 0, turn = 0; done < count; turn++) {
		const upTo = Math.min(count, Math.ceil((count * (turn + 1)) / beats));
		act(Array.from({ length: upTo - done }, (_, index) => done + index));
		done = upTo;
		await sleep(Math.max(0, began + (turn + 1) * beat - Date.now()));
	}
}

export const companyOf = (name: string, n: number) => `${name} ${n}`;
export const emailOf = (name: string, n: number) => `person-${n}@${name.toLowerCase()}.example`;
const isOf = (name: string, email: unknown) => String(email).endsWith(`@${name.toLowerCase()}.example`);

interface Job {
	pair: Pair;
	/** What the companies of this burst are called. */
	name: string;
	make(numbers: number[]): void;
	/** The person and its company, of all that have arrived. */
	arrived(): Array<{ email: string; company: string }>;
	/** Milliseconds until it is given up. */
	timeout: number;
	/** Some may never arrive: then it ends when none has for so many milliseconds. Otherwise each must arrive, once. */
	lostAfter?: number;
}

/** New records in one system, and how long until all are in the other one exactly once. */
async function burst(bench: Bench, job: Job): Promise<Burst> {
	const { pair, name, make, arrived, timeout, lostAfter } = job;
	const { records } = bench.sizes;
	const since = bench.calls.all.length;
	const began = bench.now();
	await spread(records, make);
	bench.say(`  ${records} records made in ${((bench.now() - began) / 1000).toFixed(1)} s`);
	let [told, last, count] = [Date.now(), bench.now(), 0];
	await waitFor(
		'all records in the other system',
		() => {
			const before = count;
			count = Math.min(records, arrived().length);
			if (count > before) last = bench.now();
			if (Date.now() - told > tellEvery) bench.say(`  ${count} have arrived`);
			if (Date.now() - told > tellEvery) told = Date.now();
			return count >= records || (lostAfter !== undefined && count > 0 && bench.now() - last > lostAfter);
		},
		{
			timeout,
			interval: 500,
			abort: () => bench.sandbox.n8n.demandRunning(),
			missing: async () => `${count} have arrived. ${await bench.scene.troubles()}`,
		},
	);
	if (lostAfter === undefined) {
		await bench.scene.quiet(timeout);
		demandOnce(name, records, arrived());
	}
	return { calls: bench.callsOf(pair, since), wall: last - began, arrived: count };
}

/** Throws unless each person is there once, in its company. */
function demandOnce(name: string, records: number, arrived: ReturnType<Job['arrived']>): void {
	const companies = new Map(arrived.map(({ email, company }) => [email, company]));
	if (arrived.length !== records) throw new LaunchError(`${arrived.length} records have arrived, not ${records}.`);
	for (let n = 0; n < records; n++) {
		const company = companies.get(emailOf(name, n));
		if (company !== companyOf(name, n)) throw new LaunchError(`${emailOf(name, n)} is in company "${company ?? ''}".`);
	}
}

const personOf = (name: string, n: number) => ({ last: `Noether ${n}`, email: emailOf(name, n), phone: `+49 30 ${n}` });

/** New customers of Books, each a company with one contact person, on their way to CRM. */
export function burstInBooks(bench: Bench, pair: Pair, name: string, patience: Pick<Job, 'timeout' | 'lostAfter'> = { timeout: 300_000 }): Promise<Burst> {
	return burst(bench, {
		pair,
		name,
		...patience,
		make(numbers) {
			for (const n of numbers) {
				const { last, email, phone } = personOf(name, n);
				pair.createCompanyInBooks(companyOf(name, n), { first_name: 'Ada', last_name: last, email, phone });
			}
		},
		arrived: () =>
			pair
				.crm('Contacts')
				.filter(({ Email }) => isOf(name, Email))
				.map((contact) => ({ email: String(contact.Email), company: textAt(contact, 'Account_Name.name') })),
	});
}

/**
 * New Contacts of CRM, each in an Account of its own, on their way to Books; written by another integration, ten of a module at a time. Books takes 100 calls a
 * minute: `timeout` must leave room for that.
 */
export function burstInCrm(bench: Bench, pair: Pair, name: string, timeout: number): Promise<Burst> {
	return burst(bench, {
		pair,
		name,
		timeout,
		make(numbers) {
			const ids = pair.createManyInCrm('Accounts', numbers.map((n) => ({ Account_Name: companyOf(name, n) })));
			const persons = numbers.map((n, index) => {
				const { last, email, phone } = personOf(name, n);
				return { First_Name: 'Ada', Last_Name: last, Email: email, Phone: phone, Account_Name: { id: ids[index] } };
			});
			pair.createManyInCrm('Contacts', persons);
		},
		arrived: () =>
			pair
				.persons()
				.filter(({ email }) => isOf(name, email))
				.map(({ email, contact }) => ({ email: String(email), company: textAt(contact as Item, 'contact_name') })),
	});
}
