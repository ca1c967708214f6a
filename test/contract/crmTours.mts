/** Walks through tags, users, clones and records that are gone for good, with their good and their bad ends. */

import type { Json, startCrm } from './crmSupport.mts';

type Bench = Pick<ReturnType<typeof startCrm>, 'call' | 'add' | 'org' | 'world'>;

const gone = '4876876000000999999';

export async function tourOfTags({ call, add }: Bench): Promise<void> {
	const module = '?module=Contacts';
	const make = async (tag: Json, query = module) => await call('POST', `/settings/tags${query}`, { tags: [tag] });
	const made = await make({ name: 'VIP', color_code: '#F17574' });
	const { id } = made.body['tags'][0].details as { id: string };
	for (const wrong of [{ name: 'vip' }, {}, { name: 'x'.repeat(26) }, { name: 'y', color_code: '#F1757' }, { name: 'y', color_code: '#F175744' }]) await make(wrong);
	for (const query of ['', '?module=Nonsense', '?module=Notes']) await make({ name: 'New' }, query);
	await call('POST', `/settings/tags${module}`, { tags: [{ name: 'VIP' }, { name: 'Fair' }] });
	for (const query of ['', module, '?module=Leads', '?module=Nonsense', '?module=Notes']) await call('GET', `/settings/tags${query}`);
	for (const tag of [{ id, name: 'Gold' }, { id, name: 'Fair' }, { id: gone, name: 'Silver' }, { id }]) await call('PUT', `/settings/tags${module}`, { tags: [tag] });
	await call('PUT', `/settings/tags/${id}${module}`, { tags: [{ name: 'VIP', color_code: '#1DB9B4' }] });
	await call('PUT', '/settings/tags', { tags: [{ id, name: 'Gold' }] });

	const contact = await add('Contacts', { Last_Name: 'Tagged' });
	const tagged = async (action: 'add' | 'remove', body: Json) => await call('POST', `/Contacts/actions/${action}_tags`, body);
	for (const action of ['add', 'remove'] as const) {
		await tagged(action, { tags: [{ name: 'VIP' }], ids: [contact, gone] });
		await tagged(action, { tags: [{ name: 'VIP' }], ids: JSON.stringify([contact]) });
		await tagged(action, { tags: [{ name: 'x'.repeat(26) }], ids: [contact] });
		await tagged(action, { tags: 'VIP', ids: [contact] });
		await call('POST', `/Nonsense/actions/${action}_tags`, { tags: [{ name: 'VIP' }], ids: [contact] });
		await call('POST', `/Contacts/${contact}/actions/${action}_tags`, { tags: [{ name: 'VIP' }] });
		await call('POST', `/Notes/actions/${action}_tags`, { tags: [{ name: 'VIP' }], ids: [contact] });
	}
	await tagged('add', { tags: [{ name: 'VIP' }], ids: [contact], over_write: true });
	await call('GET', `/Contacts/${contact}`);
	await call('GET', '/Contacts?fields=Tag');
	for (const one of [id, id]) await call('DELETE', `/settings/tags/${one}`);
}

export async function tourOfTheRest({ call, add, org, world }: Bench): Promise<void> {
	for (const type of ['ActiveUsers', 'AdminUsers', 'DeactiveUsers']) await call('GET', `/users?type=${type}&page=1&per_page=1`);
	for (const id of [org.users[1].id, gone]) await call('GET', `/users/${id}`);

	const deal = await add('Deals', { Deal_Name: 'Roof', Stage: 'Qualification' });
	await call('POST', `/Deals/${deal}/actions/clone`);
	await call('POST', `/Deals/${deal}/actions/clone`, { data: [{ Deal_Name: 'Roof 2' }] });
	await call('POST', `/Deals/${deal}/actions/clone`, { data: [{ Deal_Name: null }] });

	await call('DELETE', `/Deals/${deal}`);
	world.clock.advance(90 * 24 * 3_600_000);
	for (const type of ['all', 'permanent', 'recycle']) await call('GET', `/Deals/deleted?type=${type}`);
}
