import { CrmBench, of, persons, wordsOf } from './crmSupport.mts';

let crm: CrmBench;
beforeAll(async () => (crm = await CrmBench.start()));
afterAll(async () => await crm?.zoho.stop());
beforeEach(() => crm.reset());

const oneContact = { operation: 'getAll', ...of('Contacts'), limit: 1, fields: ['Last_Name'] };

/** The OAuth2 credential's token data, as n8n keeps it. */
function tokenData(): Record<string, unknown> {
	return Object.values(crm.store)[0]?.data.oauthTokenData as Record<string, unknown>;
}

test('an expired token is refreshed once for 20 runs at the same time', async () => {
	await crm.fill('Contacts', persons(1));
	crm.simulator.world.tokens.expireAll();
	const before = crm.simulator.calls().length;
	const runs = await Promise.all(Array.from({ length: 20 }, async () => await crm.run(oneContact)));
	expect(runs.map(({ rows, error }) => [rows.length, error])).toEqual(runs.map(() => [1, undefined]));
	expect(crm.simulator.counts(before).token).toBe(1);
});

test('a refresh that Zoho refuses with HTTP 200 is explained, and the records are not sent again and again', async () => {
	crm.simulator.world.tokens.expireAll();
	crm.simulator.world.tokens.refreshTokens.clear();
	const run = await crm.run(oneContact);
	expect(wordsOf(run)).toMatch(/Zoho does not accept the refresh token.*Reconnect the credential/s);
	expect(run.calls).toHaveLength(2);
});

test('a wrong client secret is told as such', async () => {
	crm.grant(undefined, (data) => (data.clientSecret = 'wrong'));
	crm.simulator.world.tokens.expireAll();
	expect(wordsOf(await crm.run(oneContact))).toMatch(/the client secret is wrong/);
});

test.each([
	'https://www.zohoapis.example.com',
	'http://www.zohoapis.in',
	'https://www.zohoapis.in.evil.example',
	'https://evil.example/?www.zohoapis.in',
])(
	'a token for the foreign address %s is not sent anywhere',
	async (address) => {
		const refusals = jest.spyOn(process.stderr, 'write');
		crm.grant(undefined, (data) => (data.oauthTokenData = { ...(data.oauthTokenData as object), api_domain: address } as never));
		const run = await crm.run(oneContact);
		expect(wordsOf(run)).toMatch(/is not an API host of Zoho; no token is sent to it/);
		expect(run.calls).toEqual([]);
		expect(refusals).not.toHaveBeenCalled();
		refusals.mockRestore();
	},
);

test('a scope that is missing is named, without a refresh', async () => {
	crm.grant(['ZohoCRM.modules.contacts.READ']);
	const run = await crm.write('create', 'Contacts', persons(1));
	expect(wordsOf(run)).toMatch(/ZohoCRM\.modules\.Contacts\.CREATE/);
	expect(run.calls.map(({ service }) => service)).toEqual(['crm']);
});

test('a module that the edition does not have is told as such, for reads and writes', async () => {
	crm.reset({ edition: 'free' });
	for (const run of [
		await crm.run({ ...oneContact, ...of('Vendors') }),
		await crm.write('create', 'Vendors', [{ Vendor_Name: 'a' }, { Vendor_Name: 'b' }]),
		await crm.run({ operation: 'getAll', ...of('Vendors'), limit: 1 }),
	]) {
		expect(wordsOf(run)).toMatch(/not in the edition/);
		expect(wordsOf(run)).toMatch(/Vendors/);
	}
});

test('a read that a gateway answers with a page is tried again', async () => {
	await crm.fill('Contacts', persons(1));
	crm.fault({ what: 'status', status: 502, service: 'crm' });
	const { rows, error } = await crm.run(oneContact);
	expect([rows.length, error]).toEqual([1, undefined]);
});

test('a connection that breaks is tried again for reads', async () => {
	await crm.fill('Contacts', persons(1));
	crm.fault({ what: 'cut', service: 'crm' });
	expect((await crm.run(oneContact)).rows).toHaveLength(1);
});

test('no address that Zoho sees holds a token or secret', async () => {
	await crm.write('create', 'Contacts', persons(3));
	crm.simulator.world.tokens.expireAll();
	await crm.run(oneContact);
	const { data } = Object.values(crm.store)[0] as { data: Record<string, unknown> };
	const { access_token, refresh_token } = tokenData();
	expect(crm.zoho.simulator.calls().length).toBeGreaterThan(3);
	for (const { path, query, service } of crm.simulator.calls()) {
		expect(`${service} ${path}?${query}`).not.toMatch(/1000\.|access_token|refresh_token|client_secret|\(secret\)/);
		for (const secret of [access_token, refresh_token, data.clientSecret]) expect(path + query).not.toContain(secret);
	}
});

test('a token that Zoho refuses however new it is leads to one refresh, then to an error', async () => {
	crm.fault({ what: 'status', status: 401, code: 'INVALID_TOKEN', service: 'crm', times: -1 });
	const run = await crm.run(oneContact);
	expect(wordsOf(run)).toMatch(/The token was revoked, or it belongs to another data centre/);
	expect(run.calls.map(({ kind }) => kind)).toEqual(['read', 'token', 'read']);
});
