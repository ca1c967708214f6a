/** Match for thousands of records: the module is read once, and afterwards only what was modified. */

import { forgetUnused } from '../../nodes/shared/runMemory';
import { ensureField } from '../../zoho/crm/metadata';
import { directClient } from '../support/directZoho.mts';
import { MatchBench, moduleNamed, type Row } from './matchSupport.mts';

let bench: MatchBench;

beforeAll(async () => {
	bench = await MatchBench.start();
});
afterAll(async () => await bench?.zoho.stop());
beforeEach(async () => {
	bench.reset();
	const crm = directClient(bench.zoho.simulator, 'crm', 'in');
	await ensureField(crm, 'Accounts', { label: 'Zoho Books ID', type: 'text', unique: true });
	await ensureField(crm, 'Accounts', { label: 'Zoho Books Sync', type: 'textarea' });
	bench.sharedCredential = bench.credential('crm');
});

const coql = 'POST /crm/v8/coql';
const customer = (n: number): Row => ({ Account_Name: `Company ${n}` });
/** The customer behind an item, by the number in its name. */
const contactId = "String(4000 + Number($json.Account_Name.split(' ')[1]))";

async function match(items: Row[], run: string | undefined) {
	const done = await bench.run(
		{
			operation: 'match',
			target: 'crm',
			module: moduleNamed('Accounts'),
			sourceRecord: `={{ { contact_id: ${contactId}, contact_name: $json.Account_Name, last_modified_time: '2026-11-01T10:00:00+0100' } }}`,
			rules: {
				rule: [
					{ kind: 'externalId', field: 'Zoho_Books_ID', value: `={{ ${contactId} }}` },
					{ kind: 'field', field: 'Account_Name', value: '={{ $json.Account_Name }}' },
				],
			},
			policy: 'eventSide',
			options: run === undefined ? {} : { wholeModuleFor: run },
		},
		items,
	);
	const [fresh = [], changed = [], unchanged = [], review = []] = done.rows;
	return { ...done, fresh, changed, unchanged, review };
}

test('finds the same as asking for each record, in one call instead of one for every four lists of 50', async () => {
	const ids = Array.from({ length: 60 }, (_, n) => bench.crm('Accounts', { Account_Name: `company ${n}` }));
	const items = Array.from({ length: 120 }, (_, n) => customer(n));
	const each = await match(items, undefined);
	const whole = await match(items, 'first');
	expect(whole.rows).toEqual(each.rows);
	expect([whole.fresh.length, whole.changed.length]).toEqual([60, 60]);
	expect(whole.changed.map(({ match: { id } }: any) => id)).toEqual(ids);
	// The last one asks for what was announced.
	expect(each.lines).toEqual([coql, coql, coql]);
	expect(whole.lines).toEqual([coql]);
});

test('a second execution of the run sees what was made and changed meanwhile, and reads nothing else', async () => {
	for (let n = 0; n < 2_500; n++) bench.crm('Accounts', { Account_Name: `Old ${n}` });
	bench.zoho.simulator.world.clock.advance(60_000);
	bench.crm('Accounts', { Account_Name: 'The latest' });
	expect((await match([customer(1)], 'again')).lines).toEqual([coql, coql]);
	const made = bench.crm('Accounts', { Account_Name: 'Company 1' });
	const { changed, lines } = await match([customer(1), customer(2)], 'again');
	expect(changed).toEqual([expect.objectContaining({ match: expect.objectContaining({ id: made }) })]);
	expect(lines).toEqual([coql]);
	const asked = bench.zoho.simulator.calls().at(-1);
	expect(asked?.records).toBeLessThan(100);
});

test('runs of other names read for themselves, and what is not used any more is let go', async () => {
	bench.crm('Accounts', { Account_Name: 'Company 1' });
	const now = Date.now();
	expect((await match([customer(1)], 'one')).changed).toHaveLength(1);
	expect((await match([customer(1)], 'two')).lines).toEqual([coql]);
	forgetUnused(now + 16 * 60_000);
	expect((await match([customer(1)], 'one')).changed).toHaveLength(1);
});

test('a failure is told and not kept', async () => {
	bench.crm('Accounts', { Account_Name: 'Company 1' });
	const fault = { on: 'call' as const, service: 'crm' as const, path: '/coql', what: 'status' as const, status: 403, code: 'NO_PERMISSION', times: 1 };
	bench.zoho.simulator.world.faults.push(fault);
	expect((await match([customer(1)], 'broken')).error).toBeDefined();
	expect((await match([customer(1)], 'broken')).changed).toHaveLength(1);
});
