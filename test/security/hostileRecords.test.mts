/** Records whose ids, links, marks, e-mails and keys are not what they should be, through the shipped templates in the real engine. */

import type { IDataObject, INodeType } from 'n8n-workflow';

import { ZohoBooks } from '../../nodes/ZohoBooks/ZohoBooks.node';
import { ZohoCrm } from '../../nodes/ZohoCrm/ZohoCrm.node';
import { ZohoMatch } from '../../nodes/ZohoMatch/ZohoMatch.node';
import { booksContactsToCrm } from '../../workflows/src/booksContactsToCrm.mts';
import { crmContactsToBooks } from '../../workflows/src/crmContactsToBooks.mts';
import { describeWhere } from '../support/where.mts';
import { runNode } from '../support/nodeRun.mts';
import type { Zoho } from '../support/zoho.mts';
import {
	booksRows,
	crmRows,
	deskBooks,
	deskCrm,
	folder,
	fresh,
	fromBooks,
	fromCrm,
	run,
	start,
	type Row,
} from '../engine/templateSupport.mts';
import { Bystanders, countNoCalls, expectNoPollution } from './hostileSupport.mts';
import { credentialOf } from './triggers.mts';
import { storeOf, types } from './ways.mts';

let zoho: Zoho;
let bystanders: Bystanders;

const wider = [
	"' or id is not null or Zoho_Books_ID = '",
	"\\' or id is not null or Zoho_Books_ID = \\'",
	"1') or id is not null or Zoho_Books_ID in ('1",
];
const paths = [
	'../../organizations',
	'1/inactive',
	'1?organization_id=2',
	'1#',
	'%2e%2e%2forganizations',
	'1\n2',
	'..',
	'',
];
const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];
const hostileIds = [...wider, ...paths, ...names];

/** With own keys that would change every object where they are copied carelessly. */
const poison = () =>
	JSON.parse(
		'{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"__proto__.polluted":"yes","constructor.prototype.polluted":"yes"}',
	) as Row;
const marks = [
	'{"version":1,"books":{"__proto__":"x","first_name":""},"crm":{"constructor":"x"},"__proto__":{"polluted":"yes"}}',
	'{"version":1,"books":[],"crm":null}',
	'{"version":1,"books":{"contact_name":{"a":1}},"crm":{},"booksParent":"../../organizations"}',
	'{"version":1,"books":{},"crm":{},"booksParent":"1/inactive?x=","booksModified":"={{ $env.HOSTILE_CANARY }}"}',
	'={{ $env.HOSTILE_CANARY }}',
	'['.repeat(2_000),
	'null',
	'"":""',
];

/** Only these of the templates' calls have an id in their path. */
const knownPaths =
	/^\/(books\/v3\/(organizations|contacts(\/contactpersons)?(\/\d+)?(\/(active|inactive|primary))?)|crm\/v8\/(coql|org|settings\/\w+|Accounts|Contacts)(\/upsert)?(\/\d+)?)$/;

function expectKnownPaths(calls: Array<{ path: string }>): void {
	expect(calls.map(({ path }) => path).filter((path) => !knownPaths.test(path))).toEqual([]);
}

describeWhere(folder !== undefined, "n8n's own nodes are not here: the sandbox has not installed n8n yet")(
	'hostile records',
	() => {
		beforeAll(async () => {
			zoho = await start();
		});
		afterAll(async () => await zoho.stop());
		beforeEach(async () => {
			await fresh();
			countNoCalls(zoho);
			bystanders = new Bystanders(zoho);
		});
		afterEach(() => jest.restoreAllMocks());

		test('ids and e-mails of Books do not widen a query, nor lead to another address', async () => {
			const made = deskBooks({
				contact_name: 'Acme',
				contact_persons: [{ first_name: 'Ann', email: 'ann@acme.example' }],
			});
			const [row] = fromBooks().filter(({ contact_id: id }) => id === made.contact_id);
			const incoming = hostileIds.map((id, n) => ({
				...row,
				contact_id: id,
				contact_name: `Acme ${n}`,
				contact_persons: [
					{
						contact_person_id: id,
						first_name: `Ann ${n}`,
						email: `${id}@acme.example`,
						is_primary_contact: true,
					},
				],
			}));
			const { reviewed, calls } = await run(booksContactsToCrm, incoming);
			expect(bystanders.queries.join('\n')).toContain('id is not null');
			expectKnownPaths(calls);
			bystanders.expectUntouched(reviewed);
		});

		test('links of CRM, which people there can edit, do not lead to another address or record', async () => {
			const others = hostileIds.filter((id) => id !== '');
			others.forEach((id, n) => {
				deskCrm('Accounts', { Account_Name: `Acme ${n}`, Zoho_Books_ID: id });
				deskCrm('Contacts', { Last_Name: `Lee ${n}`, Zoho_Books_ID: id, Email: `lee${n}@acme.example` });
			});
			const before = booksRows().filter(({ contact_name: name }) => name === 'Bystander of Books');
			const innocent = deskCrm('Accounts', { Account_Name: 'Innocent' });
			const incoming = fromCrm().filter(({ id, Zoho_Books_ID: link }) => link || id === innocent.id);
			expect(incoming).toHaveLength(2 * others.length + 1);
			const { reviewed, calls } = await run(crmContactsToBooks, incoming);
			expectKnownPaths(calls);
			expect(booksRows()).toEqual(expect.arrayContaining(before));
			expect(reviewed.map(({ record_name: name }) => name).sort()).toEqual(
				others.flatMap((_id, n) => [`Acme ${n}`, `Lee ${n}`]).sort(),
			);
			expect(booksRows().map(({ contact_name: name }) => name)).toContain('Innocent');
			bystanders.expectUntouched(reviewed);
		});

		test('sync marks of CRM, which people there can edit, are read or taken for none', async () => {
			marks.forEach((mark, n) => {
				const account = deskCrm('Accounts', { Account_Name: `Acme ${n}`, Zoho_Books_Sync: mark });
				deskCrm('Contacts', {
					Last_Name: `Lee ${n}`,
					Zoho_Books_Sync: mark,
					Account_Name: { id: account.id },
				});
				deskCrm('Contacts', { Last_Name: `Solo ${n}`, Zoho_Books_Sync: mark, Email: `solo${n}@x.example` });
			});
			const incoming = fromCrm().filter(({ Zoho_Books_Sync: mark }) => mark);
			const { reviewed, calls } = await run(crmContactsToBooks, incoming);
			expectKnownPaths(calls);
			bystanders.expectUntouched(reviewed);
			const names = booksRows().map(({ contact_name: name }) => name);
			marks.forEach((_mark, n) => expect(names).toEqual(expect.arrayContaining([`Acme ${n}`])));
		});

		test('keys of a prototype in a record change nothing and go nowhere', async () => {
			deskBooks({
				contact_name: 'Acme',
				billing_address: { city: 'Leeds' },
				contact_persons: [{ first_name: 'Ann', email: 'ann@acme.example' }],
			});
			const incoming = fromBooks()
				.filter(({ contact_name: name }) => name === 'Acme')
				.map((row) => ({
					...poisoned(row),
					billing_address: poisoned(row.billing_address as Row),
					contact_persons: (row.contact_persons as Row[]).map(poisoned),
					_event: poisoned(row._event as Row),
				}));
			expect(Object.keys(incoming[0]?.billing_address ?? {})).toContain('__proto__');
			const { reviewed, output } = await run(booksContactsToCrm, incoming);
			expect([reviewed, output('Write Accounts').length, output('Write Contacts').length]).toEqual([
				[],
				1,
				1,
			]);
			expect(JSON.stringify([crmRows('Accounts'), crmRows('Contacts')])).not.toContain('polluted');
			bystanders.expectUntouched(reviewed);

			const back = fromCrm()
				.filter(({ Zoho_Books_ID: id }) => id)
				.map(poisoned);
			await run(crmContactsToBooks, back);
			expect(JSON.stringify(booksRows())).not.toContain('polluted');
			bystanders.expectUntouched([]);
		});
	},
);

describe('nodes that are given a record with keys of a prototype', () => {
	const record = '={{ $json }}';
	const person = () => poisoned({ Last_Name: 'Lee', Email: 'lee@acme.example' });
	const customer = () => poisoned({ contact_name: 'Acme', billing_address: poisoned({ city: 'Leeds' }) });
	const match = {
		operation: 'match',
		target: 'books',
		sourceModule: 'Accounts',
		sourceRecord: {
			id: '4876876000000100001',
			Account_Name: 'Acme',
			Zoho_Books_ID: null,
			Zoho_Books_Sync: null,
		},
		rules: { rule: [{ kind: 'field', field: 'contact_name', value: 'Acme' }] },
		policy: 'eventSide',
		options: {},
	};

	beforeAll(async () => {
		zoho = await start();
		await fresh();
	});
	afterAll(async () => await zoho.stop());

	test.each<[string, () => INodeType, IDataObject, Row]>([
		['Zoho Match', () => new ZohoMatch(), match, customer()],
		[
			'Zoho CRM',
			() => new ZohoCrm(),
			{
				operation: 'create',
				module: { __rl: true, mode: 'name', value: 'Contacts' },
				inputMode: 'json',
				record,
			},
			person(),
		],
		[
			'Zoho Books',
			() => new ZohoBooks(),
			{ resource: 'contact', operation: 'upsert', inputMode: 'json', record },
			customer(),
		],
	])('%s: nothing else has them afterwards', async (_name, make, parameters, item) => {
		const { outputs, error } = await runNode({
			node: make(),
			parameters: { authentication: 'oAuth2', resource: 'record', ...parameters },
			items: [item as IDataObject],
			credentials: {
				...storeOf('zohoBooksOAuth2Api', credentialOf(zoho, 'books')),
				...storeOf('zohoCrmOAuth2Api', credentialOf(zoho, 'crm')),
			},
			credentialTypes: types,
		});
		expect([error?.message, outputs.flat().length]).toEqual([undefined, 1]);
		expectNoPollution();
	});
});

/** The same with the keys of `poison` as its own. */
function poisoned(row: Row): Row {
	const keys = poison();
	const copy = { ...row };
	for (const key of Object.keys(keys))
		Object.defineProperty(copy, key, {
			value: keys[key],
			enumerable: true,
			configurable: true,
			writable: true,
		});
	return copy;
}
