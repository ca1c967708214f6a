import { Pair } from '../../../sandbox/check/pair.mts';
import { tenantsOf } from '../../../sandbox/launcher/credentials.mts';
import { firstSyncTemplates } from '../../../sandbox/launcher/templateList.mts';
import { readTemplates } from '../../../sandbox/launcher/templates.mts';
import { Simulator } from '../../../sandbox/simulator/simulator.mts';
import { spread } from '../../bench/burst.mts';
import { demandAllOnce, fill } from '../../bench/fill.mts';
import { credentialNames, peerBackfill, peerSync } from '../../bench/peer/workflow.mts';
import { withoutDryRun } from '../../bench/stages.mts';

describe('the customers of a first sync', () => {
	let simulator: Simulator;
	let pair: Pair;
	beforeEach(() => {
		simulator = new Simulator({ tenants: tenantsOf('eu', 'in') });
		pair = new Pair(simulator, 'eu', 'in');
		fill(pair, 'Volta', 7);
	});
	afterEach(() => simulator.close());

	test('are companies with a person each, all different, every second one in CRM', () => {
		const ids = pair.books().map(({ contact_id }) => contact_id);
		const emails = pair.persons().map(({ email }) => email);
		const persons = pair.persons().map(({ contact_person_id }) => contact_person_id);
		expect([ids, emails, persons].map((list) => new Set(list).size)).toEqual([7, 7, 7]);
		expect(pair.crm('Accounts').map(({ Account_Name }) => Account_Name)).toEqual(['Volta 0', 'Volta 2', 'Volta 4', 'Volta 6']);
		expect(pair.crmContactsWith('person-2@volta.example')).toHaveLength(1);
	});

	test('are looked for one by one afterwards', () => {
		expect(() => demandAllOnce(pair, 'Volta', 7)).toThrow('3 Accounts are not in CRM, for instance Volta 1');
		for (const n of [1, 3, 5]) pair.createInCrm('Accounts', { Account_Name: `Volta ${n}` });
		for (const n of [1, 3, 5]) pair.createInCrm('Contacts', { Last_Name: 'Bassi', Email: `person-${n}@volta.example` });
		expect(() => demandAllOnce(pair, 'Volta', 7)).not.toThrow();
		pair.createInCrm('Contacts', { Last_Name: 'Bassi', Email: 'person-1@volta.example' });
		expect(() => demandAllOnce(pair, 'Volta', 7)).toThrow('CRM has 8 Contacts, not 7');
	});
});

test('the dry run is switched off in the template, and nothing else is changed', () => {
	const [template] = readTemplates([firstSyncTemplates.books]);
	const changed = (template?.nodes ?? []).filter((node) => JSON.stringify(withoutDryRun(node)) !== JSON.stringify(node));
	expect(changed.map(({ name }) => name)).toEqual(['Settings']);
	const text = JSON.stringify(changed.map(withoutDryRun));
	expect(text).toMatch(/"name":"settings.dry_run","value":false/);
});

test('the workflows of built-in nodes use the credentials that are made for them', () => {
	const used = [peerSync, peerBackfill('1')].flatMap(({ nodes }) => nodes.flatMap(({ credentials = {} }) => Object.values(credentials)));
	expect(new Set(used.map(({ name }) => name))).toEqual(new Set(Object.values(credentialNames)));
});

test('a burst is made in full, and each record once', async () => {
	const made: number[] = [];
	await spread(250, (numbers) => made.push(...numbers));
	expect(made).toEqual(Array.from({ length: 250 }, (_, n) => n));
});
