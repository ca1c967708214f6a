import { chosen, of } from '../crmSupport.mts';
import { oneContact, type Cases } from './case.mts';

const onContact = (id = '') => ({ ...of('Contacts'), ...chosen(id) });
const at = (mode: 'id' | 'name', value = '') => ({ __rl: true, mode, value });

/** The Contacts have a tag. */
const given: Cases[string]['given'] = async (crm) => {
	const { rows } = await crm.run({ resource: 'tag', operation: 'create', ...of('Contacts'), name: 'VIP' });
	return { tagId: String(rows[0]?.id) };
};
const tagsOfContacts = 'GET /settings/tags?module=Contacts';

export const tag: Cases = {
	add: {
		given: oneContact,
		parameters: ({ id }) => ({ ...onContact(id), tags: 'VIP, Trade fair', overwrite: true }),
		sends: ({ id }) => [['POST /Contacts/actions/add_tags', { tags: [{ name: 'VIP' }, { name: 'Trade fair' }], ids: [id], over_write: true }]],
		puts: ({ id }) => [{ id, module: 'Contacts', action: 'update', tags: [{ name: 'VIP' }, { name: 'Trade fair' }] }],
	},
	create: {
		parameters: () => ({ ...of('Contacts'), name: 'VIP', color: '#F17574' }),
		sends: () => [['POST /settings/tags?module=Contacts', { tags: [{ name: 'VIP', color_code: '#F17574' }] }]],
		puts: () => [{ name: 'VIP', color_code: '#F17574', module: 'Contacts', action: 'insert' }],
	},
	delete: {
		given,
		parameters: () => ({ ...of('Contacts'), tag: at('name', 'vip') }),
		sends: ({ tagId }) => [[tagsOfContacts], [`DELETE /settings/tags/${tagId}`]],
		puts: ({ tagId }) => [{ id: tagId, deleted: true }],
	},
	getAll: {
		given,
		parameters: () => ({ ...of('Contacts'), limit: 5 }),
		sends: () => [[tagsOfContacts]],
		puts: ({ tagId }) => [{ id: tagId, name: 'VIP' }],
	},
	remove: {
		given: async (crm) => {
			const { id } = await oneContact(crm);
			await crm.run({ resource: 'tag', operation: 'add', ...onContact(id), tags: 'VIP, Trade fair' });
			return { id };
		},
		parameters: ({ id }) => ({ ...onContact(id), tags: 'VIP' }),
		sends: ({ id }) => [['POST /Contacts/actions/remove_tags', { tags: [{ name: 'VIP' }], ids: [id] }]],
		puts: ({ id }) => [{ id, module: 'Contacts', action: 'update', tags: [{ name: 'Trade fair' }] }],
	},
	update: {
		given,
		parameters: ({ tagId }) => ({ ...of('Contacts'), tag: at('id', tagId), name: 'Gold', color: '#1DB9B4' }),
		sends: ({ tagId }) => [['PUT /settings/tags?module=Contacts', { tags: [{ id: tagId, name: 'Gold', color_code: '#1DB9B4' }] }]],
		puts: ({ tagId }) => [{ id: tagId, name: 'Gold', module: 'Contacts', action: 'update' }],
	},
};
