import type { Scene } from '../../sandbox/check/scene.mts';
import type { CallEntry } from '../../sandbox/simulator/types.mts';

/** What one burst cost. */
export interface Burst {
	/** From the first change until the last record was on the other side. */
	seconds: number;
	books_calls: number;
	crm_calls: number;
	/** Calls that Zoho refused because the minute was full. */
	http_429: number;
	/** The most calls that Books served within any minute. */
	most_books_calls_a_minute: number;
}

const minute = 60_000;
const patience = 15 * minute;

/** `records` customers, each a company with one person, typed into Books at once. */
export function fromBooks(scene: Scene, records: number): Promise<Burst> {
	const email = (n: number) => `worker-burst-${n}@bohr-models.example`;
	return timed(
		scene,
		() => {
			for (let n = 1; n <= records; n++) {
				scene.pair.createCompanyInBooks(`Bohr Models ${n}`, { first_name: 'Niels', last_name: `Bohr ${n}`, email: email(n) });
			}
		},
		() => numbers(records).every((n) => scene.pair.crmContactsWith(email(n)).length === 1),
	);
}

/** `records` persons without a company, typed into CRM at once: each becomes a customer of Books. */
export function fromCrm(scene: Scene, records: number): Promise<Burst> {
	const email = (n: number) => `worker-burst-${n}@curie-rays.example`;
	return timed(
		scene,
		() => {
			for (let n = 1; n <= records; n++) {
				scene.pair.createInCrm('Contacts', { First_Name: 'Marie', Last_Name: `Curie ${n}`, Email: email(n) });
			}
		},
		() => numbers(records).every((n) => scene.pair.personsWith(email(n)).length === 1),
	);
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

async function timed(scene: Scene, act: () => void, done: () => boolean): Promise<Burst> {
	const since = scene.log.length;
	const began = Date.now();
	act();
	await scene.eventually('all records on the other side, each once', done, undefined, patience);
	const seconds = (Date.now() - began) / 1000;
	await scene.quiet(patience);
	const calls = scene.calls(since).filter(({ service }) => service !== 'accounts');
	const served = calls.filter(({ service, status }) => service === 'books' && status !== 429);
	return {
		seconds: Math.round(seconds),
		books_calls: served.length,
		crm_calls: calls.filter(({ service }) => service === 'crm').length,
		http_429: calls.filter(({ status }) => status === 429).length,
		most_books_calls_a_minute: mostInAMinute(served),
	};
}

function mostInAMinute(calls: readonly CallEntry[]): number {
	return Math.max(0, ...calls.map(({ at }) => calls.filter((other) => other.at <= at && other.at > at - minute).length));
}
