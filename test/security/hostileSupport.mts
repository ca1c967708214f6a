/** What must stay as it is while records with hostile content pass. */

import type { SimResponse } from '../../sandbox/simulator/types.mts';
import type { Zoho } from '../support/zoho.mts';
import { deskBooks, deskCrm, type Row } from '../engine/templateSupport.mts';

const limits = require('../../zoho/limits') as typeof import('../../zoho/limits');
const { processLimits } = limits;

/** Many records in a minute: neither the nodes nor Zoho count calls. To be said before the first call, until `jest.restoreAllMocks()`. */
export function countNoCalls(zoho: Zoho): void {
	zoho.simulator.world.switches.booksPerMinute = 1_000_000;
	jest.spyOn(limits, 'processLimits').mockImplementation(() => processLimits({ callsPerMinute: 1_000_000 }));
}

/** Known to nothing but the environment: where it shows up, something was evaluated. */
const canary = 'canary-5f2e81';

export class Bystanders {
	readonly #zoho: Zoho;
	readonly #records: Row[];
	readonly #ids: string[];
	readonly #answers: string[] = [];
	/** COQL queries, as they were sent. */
	readonly queries: string[] = [];

	/** Records that nobody has a reason to read or write. Watches until `jest.restoreAllMocks()`. */
	constructor(zoho: Zoho) {
		this.#zoho = zoho;
		process.env.HOSTILE_CANARY = canary;
		const account = deskCrm('Accounts', { Account_Name: 'Bystander', Description: 'as it is' });
		const contact = deskCrm('Contacts', { Last_Name: 'Stander', Email: 'by@stander.example' });
		const deal = deskCrm('Deals', { Deal_Name: 'By the way', Stage: 'Qualification' });
		const product = deskCrm('Products', { Product_Name: 'By-product' });
		const vendor = deskCrm('Vendors', { Vendor_Name: 'Bystander' });
		const customer = deskBooks({ contact_name: 'Bystander of Books', contact_persons: [] });
		this.#ids = [account, contact, deal, product, vendor].map(({ id }) => String(id));
		this.#ids.push(String(customer.contact_id));
		// Whoever is about to become a Books record is looked for among those changed within the last hour.
		zoho.simulator.world.clock.advance(2 * 60 * 60_000);
		this.#records = this.#now();
		expect(this.#records).toHaveLength(6);
		const handle = zoho.simulator.handle.bind(zoho.simulator);
		jest.spyOn(zoho.simulator, 'handle').mockImplementation(async (request) => {
			const answer: SimResponse = await handle(request);
			if (request.url.pathname.endsWith('/coql')) {
				this.queries.push(String((JSON.parse(request.body.toString('utf8')) as Row).select_query));
				this.#answers.push(JSON.stringify('json' in answer ? answer.json : ''));
			}
			return answer;
		});
	}

	/** Neither read by a query that was widened, nor written; and nothing of the process has changed or shown. */
	expectUntouched(seen: unknown): void {
		expect(this.#now()).toEqual(this.#records);
		for (const answer of this.#answers) for (const id of this.#ids) expect(answer).not.toContain(id);
		expect(JSON.stringify([seen, this.#everything()])).not.toContain(canary);
		expectNoPollution();
	}

	#now(): Row[] {
		return this.#everything().filter((row) => this.#ids.includes(String(row.id ?? row.contact_id)));
	}

	#everything(): Row[] {
		const { simulator } = this.#zoho;
		const modules = ['Accounts', 'Contacts', 'Deals', 'Products', 'Vendors'];
		return [
			...modules.flatMap((module) => simulator.records('crm', 'in', module)),
			...simulator.records('books', 'eu', 'contacts'),
		];
	}
}

export function expectNoPollution(): void {
	expect(Object.keys(Object.prototype)).toEqual([]);
	expect(Object.keys(Array.prototype)).toEqual([]);
	expect(({} as Row).polluted).toBeUndefined();
	expect((Object as unknown as Row).polluted).toBeUndefined();
	expect(String({})).toBe('[object Object]');
}
