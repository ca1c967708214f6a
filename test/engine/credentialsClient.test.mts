import { CrmBench, of, persons, wordsOf } from './crmSupport.mts';

let crm: CrmBench;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(async () => {
	crm.reset();
	await crm.fill('Contacts', persons(1));
	crm.grantClient();
});

const oneContact = { operation: 'getAll', ...of('Contacts'), limit: 1, fields: ['Last_Name'] };
const twenty = async () => await Promise.all(Array.from({ length: 20 }, async () => await crm.run(oneContact)));

test('20 runs at the same time need one token', async () => {
	const before = crm.simulator.calls().length;
	const runs = await twenty();
	expect(runs.map(({ rows, error }) => [rows.length, error])).toEqual(runs.map(() => [1, undefined]));
	expect(crm.simulator.counts(before).token).toBe(1);
});

test('a later run uses the token that n8n keeps', async () => {
	await crm.run(oneContact);
	expect((await crm.run(oneContact)).calls.map(({ kind }) => kind)).toEqual(['read']);
});

test('an expired token is replaced once, for 20 runs at the same time too, and nothing is lost', async () => {
	await crm.run(oneContact);
	crm.simulator.world.tokens.expireAll();
	const before = crm.simulator.calls().length;
	const runs = await twenty();
	expect(runs.map(({ rows, error }) => [rows.length, error])).toEqual(runs.map(() => [1, undefined]));
	expect(crm.simulator.counts(before).token).toBe(1);
});

test('a token that expires between two calls of a write is replaced and nothing is doubled', async () => {
	await crm.run(oneContact);
	crm.simulator.world.tokens.expireAll();
	const { rows } = await crm.write('create', 'Contacts', persons(150));
	expect(rows).toHaveLength(150);
	expect(crm.records('Contacts')).toHaveLength(151);
});

test.each([
	['the organization', { zgid: '999' }, /the organization is missing.*zgid/s],
	['the client secret', { clientSecret: 'wrong' }, /the client secret is wrong/],
	['the client id', { clientId: '1000.UNKNOWN' }, /does not know this client id/],
	['the scope', { scope: 'ZohoCRM.' }, /scope/i],
])('a mistake in %s is explained, after one request for a token and no other call', async (_what, more, words) => {
	crm.grantClient(more);
	const run = await crm.run(oneContact);
	expect(wordsOf(run)).toMatch(words);
	expect(run.calls.map(({ kind }) => kind)).toEqual(['token']);
});

test('a scope that is missing is named', async () => {
	crm.grantClient({ scope: 'ZohoCRM.modules.contacts.READ' });
	expect(wordsOf(await crm.write('create', 'Contacts', persons(1)))).toMatch(/ZohoCRM\.modules\.Contacts\.CREATE/);
});

test('a read whose connection breaks is tried again', async () => {
	crm.fault({ what: 'cut', service: 'crm' });
	expect((await crm.run(oneContact)).rows).toHaveLength(1);
});

test('no address that Zoho sees holds a token or secret', async () => {
	await crm.run(oneContact);
	const { data } = Object.values(crm.store)[0] as { data: Record<string, string> };
	expect(data.accessToken).toMatch(/^1000\./);
	for (const { path, query } of crm.simulator.calls()) {
		expect(path + query).not.toMatch(/1000\.|token=|client_secret|\(secret\)/);
	}
});
