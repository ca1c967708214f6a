import { textAt, type Item } from '../../../sandbox/check/pair.mts';
import { only } from '../../../sandbox/check/scene.mts';
import type { RecordChange } from '../../../sandbox/simulator/world.mts';
import type { Bench, Measure } from '../bench.mts';
import { companyOf, emailOf } from '../burst.mts';
import { percentile } from '../pace.mts';
import { waitFor } from '../../../sandbox/launcher/wait.mts';

const name = 'Faraday';
/** Well above what a single edit takes. */
const patience = 60_000;

interface Linked {
	person: string;
	customer: string;
	crmContact: string;
}

/** Customers of Books that are in CRM. */
async function linked({ pair, scene, sizes: { edits } }: Bench): Promise<Linked[]> {
	const made = Array.from({ length: edits }, (_, n) =>
		pair.createCompanyInBooks(companyOf(name, n), { first_name: 'Mary', last_name: `Faraday ${n}`, email: emailOf(name, n) }),
	);
	const contact = (n: number): Item[] => pair.crmContactsWith(emailOf(name, n));
	await scene.eventually('the customers to be in CRM', () => made.every((_, n) => contact(n).length === 1), undefined, patience);
	await scene.quiet();
	return made.map((customer, n) => ({
		customer: textAt(customer, 'contact_id'),
		person: textAt(customer, 'contact_persons.0.contact_person_id'),
		crmContact: textAt(only(`Contacts with ${emailOf(name, n)}`, contact(n)), 'id'),
	}));
}

/** Milliseconds from an edit until a record of the other system is written. Afterwards all is quiet. */
async function timed(bench: Bench, edit: () => void, arrives: (change: RecordChange) => boolean): Promise<number> {
	const { world } = bench.sandbox.simulator;
	let arrived: number | undefined;
	const listen = (change: RecordChange) => {
		if (change.by === 'api' && arrives(change)) arrived ??= bench.now();
	};
	world.events.on('record', listen);
	try {
		const began = bench.now();
		edit();
		const at = await waitFor('a single edit to arrive', () => arrived, { timeout: patience, interval: 20 });
		await bench.scene.quiet();
		return at - began;
	} finally {
		world.events.off('record', listen);
	}
}

export const latency: Measure = {
	name: 'latency',
	tells: 'milliseconds from a single edit in Zoho until it is written on the other side, every second one from CRM to Books',
	stage: 'live',
	async run(bench) {
		const { pair } = bench;
		const toCrm: number[] = [];
		const toBooks: number[] = [];
		for (const [n, { person, customer, crmContact }] of (await linked(bench)).entries()) {
			await bench.scene.room();
			const edited = `+44 20 ${n}`;
			if (n % 2 === 0) {
				const arrives = ({ system, id }: RecordChange) => system === 'crm' && id === crmContact;
				toCrm.push(await timed(bench, () => pair.updateInBooks('contactpersons', person, { phone: edited }), arrives));
			} else {
				const arrives = ({ system, id }: RecordChange) => system === 'books' && id === customer;
				toBooks.push(await timed(bench, () => pair.updateInCrm('Contacts', crmContact, { Phone: edited }), arrives));
			}
		}
		const all = [...toCrm, ...toBooks];
		return {
			figures: { latency_ms: { p50: percentile(all, 0.5), p95: percentile(all, 0.95) } },
			details: { books_to_crm: toCrm, crm_to_books: toBooks },
		};
	},
};
