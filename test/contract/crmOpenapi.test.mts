import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CrmOpenapiChecker, openapiFolder, zohoFiles } from './crmOpenapiChecker.mts';
import { knownErrors } from './crmOpenapiErrors.mts';
import { type Answer, type Json, startCrm } from './crmSupport.mts';
import { tourOfTags, tourOfTheRest } from './crmTours.mts';
import { describeWhere } from '../support/where.mts';

const fixturesPath = join(zohoFiles, 'crm-fixtures-v8.json');

/** A walk through every operation that the simulator has, with its good and its bad ends. */
async function tour(
	seen: (method: string, path: string, body: unknown, answer: Answer) => void,
): Promise<void> {
	const { call, add, coql, org, world } = startCrm({ seen, crm: { timeZone: 'America/Chicago' } });
	for (const path of [
		'/settings/modules',
		'/settings/modules/Contacts',
		'/org',
		'/users?type=CurrentUser',
		'/users?type=DeletedUsers',
		'/settings/related_lists?module=Accounts',
		'/settings/related_lists?module=Notes',
	])
		await call('GET', path);
	await call('POST', '/settings/fields?module=Contacts', {
		fields: [
			{ field_label: 'Zoho Books ID', data_type: 'text', length: 50, unique: { case_sensitive: false } },
			{ field_label: 'Zoho Books Sync', data_type: 'textarea', textarea: { type: 'large' } },
		],
	});
	await call('POST', '/settings/fields?module=Contacts', {
		fields: [{ field_label: 'Zoho Books ID', data_type: 'text' }],
	});
	for (const module of org.modules.keys()) {
		await call('GET', `/settings/fields?module=${module}&include=allowed_permissions_to_update`);
		await call('GET', `/settings/layouts?module=${module}`);
		await call('GET', `/${module}?fields=Created_Time`);
	}
	await call('GET', '/settings/fields?module=Nonsense');
	const field = [...(org.modules.get('Contacts')?.fields.values() ?? [])][8];
	await call('GET', `/settings/fields/${field?.id}?module=Contacts`);
	await call('GET', `/settings/layouts/${org.modules.get('Contacts')?.layoutId}?module=Contacts`);

	const account = await add('Accounts', { Account_Name: 'Acme' });
	await call('POST', '/Contacts', { data: [{}] });
	const contact = await add('Contacts', {
		Last_Name: 'Roy',
		Email: 'roy@example.com',
		Zoho_Books_ID: '1',
		Account_Name: { id: account },
	});
	const other = await add('Contacts', { Last_Name: 'Ray' });
	await call('POST', '/Contacts', { data: [{ Last_Name: 'Twin', Zoho_Books_ID: '1' }] });
	await call('POST', '/Contacts', { data: [{ Last_Name: 'Good' }, {}] });
	await call(
		'GET',
		'/Contacts?fields=Last_Name,Email,Owner,Created_By,Modified_By,Created_Time,Modified_Time,Account_Name&per_page=2',
	);
	for (const bad of [
		'',
		'?fields=Email&page=11',
		'?fields=Email&page_token=x',
		`?fields=${Array.from({ length: 51 }, (_, n) => `F${n}`).join()}`,
	])
		await call('GET', `/Contacts${bad}`);
	await call('GET', `/Contacts/${contact}`);
	await call('GET', '/Contacts/4876876000000999999');
	await call('GET', '/Contacts?fields=Email', undefined, { authorization: '' });
	await call('PUT', '/Contacts', { data: [{ id: contact, Phone: '1' }] });
	await call('PUT', '/Contacts', { data: [{ id: '4876876000000999999', Phone: '1' }] });
	await call('PUT', `/Contacts/${contact}`, { data: [{ Phone: '2' }] });
	await call(
		'PUT',
		`/Contacts/${contact}`,
		{ data: [{ Phone: '2' }] },
		{ 'if-unmodified-since': '2020-01-01T00:00:00+00:00' },
	);
	await call('POST', '/Contacts/upsert', {
		data: [{ Last_Name: 'Roy', Email: 'roy@example.com' }, { Last_Name: 'New' }],
		duplicate_check_fields: ['Email'],
	});
	await call('POST', '/Contacts/upsert', { data: [{ Email: 'x@example.com' }] });
	for (const query of [
		'word=roy',
		'email=none@example.com',
		'criteria=(Nonsense:equals:ab)',
		'',
		'word=roy&page=11',
	])
		await call('GET', `/Contacts/search?${query}`);
	for (const query of [
		'select Last_Name, Account_Name from Contacts where id is not null',
		"select id from Contacts where Last_Name = 'Nobody'",
		'select id from Contacts',
		"select id from Contacts where Last_Name > 'A'",
		'select id from Nonsense where id is not null',
		'select x from Contacts where id is not null',
	])
		await coql(query);
	await call('GET', `/Accounts/${account}/Contacts?fields=Last_Name`);
	await call('GET', `/Accounts/${account}/Deals?fields=Deal_Name`);

	await tourOfMoney({ call, add, org });
	await tourOfLeads({ call, add });

	const watch = {
		watch: [
			{
				channel_id: '10000',
				events: ['Contacts.all', 'Accounts.edit'],
				notify_url: 'https://n8n.example.com/x',
				token: 'abc',
			},
		],
	};
	for (const method of ['POST', 'PUT']) await call(method, '/actions/watch', watch);
	await call('PATCH', '/actions/watch', watch);
	await call('PATCH', '/actions/watch', watch.watch[0]);
	await call('GET', '/actions/watch');
	await call('POST', '/actions/watch', { watch: [{ ...watch.watch[0], token: 'x'.repeat(51) }] });
	await call('POST', '/actions/watch', { watch: [watch.watch[0], {}] });
	await call('DELETE', '/actions/watch?channel_ids=10000');
	await call('PUT', '/actions/watch', watch);
	await call('GET', '/actions/watch');

	await call('DELETE', `/Contacts?ids=${other}`);
	await call('DELETE', `/Contacts?ids=${other},${contact}`);
	await call('DELETE', `/Accounts/${account}`);
	await call('DELETE', `/Accounts/${account}`);
	await call('GET', '/Contacts/deleted?type=all');
	await call('GET', '/Leads/deleted');

	await tourOfTags({ call, add, org, world });
	// A token lives an hour, and this goes on for months.
	const later = startCrm({ seen, switches: { tokenLifetime: 365 * 24 * 3600 } });
	await tourOfTheRest(later);
}

/** Conversion with all that can be said of it, and the ways in which it fails. */
async function tourOfLeads({ call, add }: Pick<ReturnType<typeof startCrm>, 'call' | 'add'>) {
	const lead = () => add('Leads', { Last_Name: 'Osei', Company: 'Borealis' });
	const convert = async (id: string, entry: Json) => await call('POST', `/Leads/${id}/actions/convert`, { data: [entry] });
	const id = await lead();
	const account = await add('Accounts', { Account_Name: 'Borealis Ltd' });
	const deal = { Deal_Name: 'Roof', Pipeline: 'Standard (Standard)', Stage: 'Qualification', Closing_Date: '2026-12-31' };
	for (const wrong of [{ Deals: {} }, { Deals: { ...deal, Closing_Date: 'soon' } }, { Accounts: { id: '1' } }]) await convert(id, wrong);
	const answer = await convert(id, { overwrite: true, notify_lead_owner: true, Accounts: { id: account }, Deals: deal, carry_over_tags: { Deals: ['fair'] } });
	expect([answer.status, answer.note.ignoredFields]).toEqual([200, undefined]);
	for (const gone of [id, '4876876000000999999']) await convert(gone, {});
	expect((await convert(await lead(), {})).body['data'][0].details.Deals).toBeNull();
}

/** Notes, custom modules, and lists that records are put on. */
async function tourOfMoney({ call, add, org }: Pick<ReturnType<typeof startCrm>, 'call' | 'add' | 'org'>) {
	const deal = await add('Deals', { Deal_Name: 'D', Stage: 'Qualification' });
	const product = await add('Products', { Product_Name: 'Bolt' });
	const gone = '4876876000000999999';
	const list = `/Deals/${deal}/Products`;
	for (const data of [[{ id: product }, { id: gone }], [{ id: gone }], [{ id: product }]])
		await call('PUT', list, { data });
	await call('PUT', `${list}/${product}`, { data: [{ id: product }] });
	await call('PUT', `${list}/${gone}`, { data: [{ id: gone }] });
	await call('GET', `${list}?fields=Product_Name`);
	await call('GET', `/Deals/${deal}/Nonsense?fields=Product_Name`);
	await call('DELETE', `${list}?ids=${product},${gone}`);
	for (const query of ['', `?ids=${gone}`]) await call('DELETE', `${list}${query}`);
	for (const _ of [1, 2]) await call('DELETE', `${list}/${product}`);

	const Parent_Id = { module: { api_name: 'Deals' }, id: deal };
	const notes = (...data: Json[]) => call('POST', '/Notes', { data });
	const first = await notes({ Note_Title: 'A', Note_Content: 'a', Parent_Id }, { Parent_Id });
	await notes({ Parent_Id });
	await notes({ Note_Title: 'A', Parent_Id: { ...Parent_Id, id: gone } });
	const { id } = (await notes({ Note_Title: 'B', Note_Content: 'b', Parent_Id })).body['data'][0].details;
	await call('GET', '/Notes?fields=Note_Title,Note_Content,Parent_Id&per_page=1');
	await call('GET', '/Notes');
	for (const one of [id, gone]) await call('GET', `/Notes/${one}`);
	await call('GET', `/Deals/${deal}/Notes?fields=Note_Title,Parent_Id`);
	await call('PUT', '/Notes', { data: [{ id, Note_Title: 'C' }] });
	await call('PUT', '/Notes', { data: [{ id, Note_Title: 'C' }, { id }] });
	await call('PUT', '/Notes', { data: [{ id: gone, Note_Title: 'C' }] });
	await call('PUT', `/Notes/${id}`, { data: [{ Note_Content: 'c' }] });
	await call('PUT', `/Notes/${id}`, { data: [{}] });
	await call('DELETE', `/Notes?ids=${first.body['data'][0].details.id}`);
	for (const query of ['', `?ids=${gone}`]) await call('DELETE', `/Notes${query}`);
	for (const _ of [1, 2]) await call('DELETE', `/Notes/${id}`);

	const module = { singular_label: 'Payment', plural_label: 'Payments', api_name: 'Payments' };
	const make = (values: Json) => call('POST', '/settings/modules', { modules: [{ ...module, ...values }] });
	const profiles = [{ id: org.profileId }];
	await make({ profiles });
	await make({ profiles });
	await make({
		singular_label: 'Books Payment',
		plural_label: 'Books Payments',
		api_name: 'Books_Payments',
		profiles,
	});
	const other = { singular_label: 'Other', plural_label: 'Others' };
	for (const wrong of [{}, { profiles }, { api_name: 'A__b', profiles }, { api_name: 'Users', profiles }])
		await make({ ...other, ...wrong });
	await call('POST', '/settings/fields?module=Payments', {
		fields: [
			{ field_label: 'Amount', data_type: 'currency' },
			{ field_label: 'Day', data_type: 'date' },
			{ field_label: 'Rate', data_type: 'double' },
			{ field_label: 'Done', data_type: 'boolean' },
		],
	});
	await call('GET', '/settings/fields?module=Payments');
}

/** Names and kinds of a value, all the way down; of a list, the first entry. */
function shape(value: unknown): unknown {
	if (Array.isArray(value)) return value.length ? [shape(value[0])] : [];
	if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner)]));
}

const describeWith = (path: string, name: string, tests: () => void) => {
	describeWhere(existsSync(path), `the reference files for "${name}" are not beside the project`)(
		name,
		tests,
	);
};

describeWith(openapiFolder, "the simulated CRM against Zoho's published OpenAPI files", () => {
	test('every exchange of every operation fits its schema, known errors of the files apart', async () => {
		const checker = new CrmOpenapiChecker(knownErrors);
		await tour((...exchange) => checker.seen(...exchange));
		const operations = new Set([...checker.checked.keys()].map((key) => key.split(' ')[0]));
		process.stdout.write(
			`CRM OpenAPI: ${operations.size} operations, ${checker.checked.size} answers by status, ${[...checker.checked.values()].reduce((a, b) => a + b, 0)} exchanges checked; ` +
				`statuses the files do not have: ${[...checker.undocumented].join(', ') || 'none'}\n` +
				`  lenient about: ${[...checker.lenient.keys()].join('\n    ')}\n`,
		);
		expect([...new Set(checker.failures)]).toEqual([]);
		expect(operations.size).toBeGreaterThanOrEqual(39);
		// A file that was put right must be checked in full again.
		expect(knownErrors.filter((known) => !checker.usedErrors.has(known)).map(({ why }) => why)).toEqual([]);
	});
});

describeWith(fixturesPath, 'the simulated CRM against collected answers of CRM v8', () => {
	test('bodies, items and notifications have the shape, code and words of the collected ones', async () => {
		const fixtures = JSON.parse(readFileSync(fixturesPath, 'utf8')) as Json;
		const made = await replicas();
		const names = Object.keys(fixtures).filter((name) => !name.startsWith('_') && !name.startsWith('token_'));
		const elsewhere = ['no_api_access'];
		const checked: string[] = [];
		for (const name of names.filter((candidate) => !elsewhere.includes(candidate))) {
			const fixture = fixtures[name] as Json;
			const ours = made[name];
			if (!ours) throw new Error(`Nothing stands for ${name}`);
			if (fixture['status'] !== undefined && ours.status !== undefined)
				expect([name, ours.status]).toEqual([name, fixture['status']]);
			const theirs =
				fixture['body'] ?? fixture['item'] ?? fixture['row'] ?? fixture['info'] ?? fixture['message'];
			for (const word of ['code', 'message', 'status']) {
				if (theirs[word] !== undefined)
					expect([name, word, ours.part[word]]).toEqual([name, word, theirs[word]]);
			}
			expect([name, shape(ours.part)]).toEqual([name, expectedShape(theirs, ours.part)]);
			checked.push(name);
		}
		process.stdout.write(
			`CRM fixtures: ${checked.length} of ${names.length} checked (not simulated: ${elsewhere.join()})\n`,
		);
		expect(checked.length).toBe(names.length - elsewhere.length);
	});
});

/** Ours may hold more names than a collected sample and null where it holds a value, or the other way round; never less. */
function expectedShape(theirs: unknown, ours: unknown): unknown {
	if (theirs === null || ours === null) return shape(ours);
	if (Array.isArray(theirs))
		return theirs.length && Array.isArray(ours) && ours.length
			? [expectedShape(theirs[0], ours[0])]
			: shape(ours);
	if (typeof theirs !== 'object') return typeof theirs;
	const mine = ours as Json;
	const names = new Set([...Object.keys(theirs as Json), ...Object.keys(mine)]);
	return Object.fromEntries(
		[...names].map((name) => {
			const isId = /^\d+$/.test(name);
			const key = isId ? (Object.keys(mine)[0] ?? name) : name;
			const there = (theirs as Json)[
				isId && !(key in (theirs as Json)) ? (Object.keys(theirs as Json)[0] ?? '') : key
			];
			return [
				key,
				there === undefined ? shape(mine[key]) : key in mine ? expectedShape(there, mine[key]) : typeof there,
			];
		}),
	);
}

/** An answer of the simulator's for each of the collected ones. */
async function replicas(): Promise<Record<string, { status?: number; part: any }>> {
	const { call, coql, add, sent } = startCrm();
	const whole = (answer: Answer) => ({ status: answer.status, part: answer.body });
	const item = (answer: Answer, key = 'data') => ({ status: answer.status, part: answer.body[key][0] });
	const narrow = startCrm({ scopes: ['ZohoCRM.org.READ'] });
	const crowded = startCrm({ switches: { latency: 2 }, crm: { edition: 'free' } });
	const rush = await Promise.all(Array.from({ length: 6 }, () => crowded.call('GET', '/org')));
	await call('POST', '/settings/fields?module=Leads', {
		fields: [
			{ field_label: 'Number 1', data_type: 'integer', length: 2 },
			{ field_label: 'Unique 1', data_type: 'text', unique: { case_sensitive: false } },
		],
	});
	const lead = (record: Json) => call('POST', '/Leads', { data: [{ Last_Name: 'Roy', ...record }] });
	const watch = (channel: Json) =>
		call('POST', '/actions/watch', {
			watch: [
				{
					events: ['Leads.all'],
					notify_url: 'https://n8n.example.com/x',
					token: 'T',
					return_affected_field_values: true,
					...channel,
				},
			],
		});
	const created = await watch({ channel_id: '10000' });
	const insert = await lead({ Unique_1: 'a' });
	const id = insert.body['data'][0].details.id as string;
	await call('PUT', '/Leads', { data: [{ id, Mobile: '1' }] });
	const list = await call('GET', '/Leads?fields=Email');
	const duplicate = await lead({ Unique_1: 'a' });
	const channels = await call('GET', '/actions/watch');
	const updated = await call('PUT', '/actions/watch', {
		watch: [{ channel_id: '10000', events: ['Leads.all'], notify_url: 'https://n8n.example.com/x' }],
	});
	const gone = await add('Leads', { Last_Name: 'Gone' });
	return {
		no_token: whole(await call('GET', '/org', undefined, { authorization: '' })),
		invalid_token: whole(await call('GET', '/org', undefined, { authorization: 'Zoho-oauthtoken 1000.a.b' })),
		scope_mismatch: whole(await narrow.call('GET', '/Leads?fields=Email')),
		invalid_module: whole(await call('GET', '/Nonsense?fields=Email')),
		invalid_url: whole(await call('GET', '/settings/nonsense')),
		fields_missing: whole(await call('GET', '/Leads')),
		fields_over_50: whole(
			await call('GET', `/Leads?fields=${Array.from({ length: 51 }, (_, n) => `F${n}`).join()}`),
		),
		page_over_2000: whole(await call('GET', '/Leads?fields=Email&page=11')),
		page_token_mismatch: whole(await call('GET', '/Leads?fields=Email&page_token=x')),
		list_info: { part: list.body['info'] },
		insert_item_ok: item(insert),
		item_mandatory: item(await call('POST', '/Leads', { data: [{}] })),
		item_invalid_type: item(await lead({ Number_1: 'x' })),
		item_too_long: item(await lead({ Number_1: 123 })),
		item_duplicate: item(duplicate),
		delete_ok: item(await call('DELETE', `/Leads?ids=${gone}`)),
		coql_missing_where: whole(await coql('select id from Leads')),
		coql_bad_module: whole(await coql('select id from Nonsense where id is not null')),
		too_many_requests: whole(rush.find(({ status }) => status === 429) as Answer),
		watch_create_ok: whole(created),
		watch_missing_field: item(await watch({}), 'watch'),
		watch_update_ok: { status: updated.status, part: updated.body['watch'][0].message },
		watch_delete_ok: whole(await call('DELETE', '/actions/watch?channel_ids=10000')),
		watch_get_row: { part: channels.body['watch'][0] },
		notify_insert: { part: sent[0]?.body },
		notify_update: { part: sent[1]?.body },
		org: whole(await call('GET', '/org')),
	};
}
