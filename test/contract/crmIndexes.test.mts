import fc from 'fast-check';
import { type Json, startCrm } from './crmSupport.mts';

type Step =
	| { do: 'add'; name: number; mail: number; account: number }
	| { do: 'edit'; at: number; mail: number; account: number }
	| { do: 'delete'; at: number }
	| { do: 'deleteAccount'; at: number }
	| { do: 'ask'; mail: number }
	| { do: 'wait' };

const small = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({ do: fc.constant('add' as const), name: small, mail: small, account: small }),
	},
	{
		weight: 4,
		arbitrary: fc.record({ do: fc.constant('edit' as const), at: fc.nat(50), mail: small, account: small }),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), at: fc.nat(50) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('deleteAccount' as const), at: small }) },
	// Builds the equality index of a field at any point of the story.
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('ask' as const), mail: small }) },
	{ weight: 2, arbitrary: fc.constant({ do: 'wait' as const }) },
);

const mailOf = (n: number) => (n === 0 ? null : `${n % 2 ? 'P' : 'p'}${Math.ceil(n / 2)}@example.com`);
const idsOf = (body: Json): string[] => ((body['data'] ?? []) as Json[]).map((row) => row['id'] as string);
const byTime = (a: Json, b: Json) =>
	Date.parse(a['Modified_Time']) - Date.parse(b['Modified_Time']) ||
	(BigInt(a['id']) < BigInt(b['id']) ? -1 : 1);

/** Carries a story out and answers the records as the org itself holds them, beside the means to ask. */
async function tell(story: Step[]) {
	const crm = startCrm();
	const accounts: string[] = [];
	for (let n = 0; n < 5; n++) accounts.push(await crm.add('Accounts', { Account_Name: `A${n}` }));
	const ids: string[] = [];
	const fields = (one: { mail: number; account: number }) => {
		const account = accounts[one.account];
		return {
			Email: mailOf(one.mail),
			Account_Name: account && crm.org.module('Accounts').store.get(account) ? account : null,
		};
	};
	for (const one of story) {
		if (one.do === 'add') ids.push(await crm.add('Contacts', { Last_Name: `L${one.name}`, ...fields(one) }));
		else if (one.do === 'edit')
			await crm.call('PUT', '/Contacts', { data: [{ id: ids[one.at % ids.length] ?? '1', ...fields(one) }] });
		else if (one.do === 'delete')
			await crm.call('DELETE', `/Contacts?ids=${ids[one.at % ids.length] ?? '1'}`);
		else if (one.do === 'deleteAccount') await crm.call('DELETE', `/Accounts?ids=${accounts[one.at] ?? '1'}`);
		else if (one.do === 'ask')
			await crm.coql(`select id from Contacts where Email = '${mailOf(one.mail) ?? 'none'}'`);
		else crm.world.clock.advance(1000);
	}
	return { ...crm, accounts, all: crm.org.records('Contacts') as Json[] };
}

test('whatever is added, edited and deleted: the answers that come from indexes are those of a look at every record', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (story) => {
			const { coql, call, all, accounts } = await tell(story);
			const ask = async (rest: string) =>
				idsOf((await coql(`select Last_Name from Contacts where ${rest}`)).body);
			const those = (keep: (record: Json) => boolean) =>
				all.filter(keep).map((record) => record['id'] as string);
			expect(await ask('id is not null limit 2000')).toEqual(those(() => true));
			expect(await ask("Email in ('p1@example.com','P3@EXAMPLE.COM')")).toEqual(
				those(({ Email }) => ['p1@example.com', 'p3@example.com'].includes(String(Email).toLowerCase())),
			);
			expect(await ask(`Account_Name = '${accounts[1]}'`)).toEqual(
				those(({ Account_Name }) => Account_Name?.id === accounts[1]),
			);
			expect(await ask("Account_Name.Account_Name in ('A1','A2')")).toEqual(
				those(({ Account_Name }) => ['A1', 'A2'].includes(Account_Name?.name)),
			);
			expect(await ask('Account_Name is null')).toEqual(those(({ Account_Name }) => Account_Name === null));
			const sorted = [...all].sort(byTime);
			const since = sorted[Math.floor(sorted.length / 2)]?.['Modified_Time'] ?? '2020-01-01T00:00:00+00:00';
			const later = sorted.filter((record) => record['Modified_Time'] >= since).map((record) => record['id']);
			expect(await ask(`Modified_Time >= '${since}' order by Modified_Time asc, id asc`)).toEqual(later);
			const list = await call(
				'GET',
				'/Contacts?fields=Email&sort_by=Modified_Time&sort_order=asc',
				undefined,
				{ 'if-modified-since': since },
			);
			expect(idsOf(list.body).sort()).toEqual(those((record) => record['Modified_Time'] > since).sort());
			expect(idsOf((await call('GET', '/Contacts?fields=Email')).body)).toEqual(those(() => true).reverse());
		}),
		{ numRuns: 60 },
	);
});
