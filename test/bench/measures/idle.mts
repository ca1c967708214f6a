import { waitFor } from '../../../sandbox/launcher/wait.mts';
import type { Bench, Measure } from '../bench.mts';
import { countKinds, lookedAt, type Call } from '../callBook.mts';
import { round } from '../figures.mts';

/** Polls of each trigger that are waited for: every third one of CRM looks for what was deleted. */
const rounds = 3;
/** Accounts and Contacts. */
const crmModules = 2;
const minute = 60_000;

const isLook = (call: Call): boolean => lookedAt(call) !== undefined;

/** All calls from just after a poll of Books on, until each trigger has looked at its modules again. */
async function polls(bench: Bench): Promise<Call[]> {
	bench.pair.createCompanyInBooks('Tesla', { first_name: 'Nikola', last_name: 'Tesla', email: 'nikola@tesla.example' });
	await bench.scene.afterPoll();
	const since = bench.calls.all.length;
	const made = () => bench.callsOf(bench.pair, since);
	const looks = (service: string) => made().filter((call) => call.service === service && isLook(call)).length;
	await waitFor('polls of both triggers', () => looks('books') >= rounds && looks('crm') >= rounds * crmModules, {
		timeout: (rounds + 2) * minute,
		interval: 1_000,
	});
	await bench.scene.quiet();
	return made();
}

export const idle: Measure = {
	name: 'idle',
	tells: 'calls for each module that a poll looks at, when nothing has changed',
	explains: `Polls of Books read one list. Those of CRM query each module, and every third one asks for deleted records instead. Once an hour one more call looks whether the
notification channel still stands; it is not in this figure, as it takes no hour.`,
	stage: 'idle',
	async run(bench) {
		const made = await polls(bench);
		const looks = made.filter(isLook);
		const modules = new Set(looks.map(lookedAt));
		return {
			figures: { idle: { calls_per_poll: round(made.length / looks.length) } },
			details: { looks: looks.length, modules: modules.size, calls: countKinds(made) },
		};
	},
};
