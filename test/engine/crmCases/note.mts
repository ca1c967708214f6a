import { chosen, of } from '../crmSupport.mts';
import { line, oneContact, type Cases } from './case.mts';

const given: Cases[string]['given'] = async (crm) => {
	const { id } = await oneContact(crm);
	const [noteId = ''] = await crm.fill('Notes', [{ Note_Title: 'Sent', Note_Content: 'By post', Parent_Id: { module: { api_name: 'Contacts' }, id } }]);
	return { id, noteId };
};
const onContact = (id = '') => ({ ...of('Contacts'), ...chosen(id) });
const listed = (id = '', per_page = 200) =>
	line('GET', `/Contacts/${id}/Notes`, { fields: 'Note_Title,Note_Content,Created_Time,Modified_Time,Owner', page: 1, per_page });

export const note: Cases = {
	create: {
		given,
		parameters: ({ id }) => ({ ...onContact(id), title: 'Paid', content: 'In full' }),
		sends: ({ id }) => [['POST /Notes', { data: [{ Note_Title: 'Paid', Note_Content: 'In full', Parent_Id: { module: { api_name: 'Contacts' }, id } }] }]],
		puts: ({ id }) => [{ action: 'insert', module: 'Contacts', recordId: id }],
	},
	delete: {
		given,
		parameters: ({ noteId }) => ({ noteId }),
		sends: ({ noteId }) => [[`DELETE /Notes?ids=${noteId}`]],
		puts: ({ noteId }) => [{ id: noteId, deleted: true }],
	},
	get: {
		given,
		parameters: ({ noteId }) => ({ noteId }),
		sends: ({ noteId }) => [[`GET /Notes/${noteId}`]],
		puts: ({ id, noteId }) => [{ id: noteId, Note_Title: 'Sent', Note_Content: 'By post', Parent_Id: { id } }],
	},
	getAll: {
		given,
		parameters: ({ id }) => ({ ...onContact(id), limit: 5 }),
		sends: ({ id }) => [[listed(id, 5)]],
		puts: ({ noteId }) => [{ id: noteId, Note_Title: 'Sent', Note_Content: 'By post' }],
	},
	update: {
		given,
		parameters: ({ noteId }) => ({ noteId, changes: { title: 'Sent again' } }),
		sends: ({ noteId }) => [['PUT /Notes', { data: [{ id: noteId, Note_Title: 'Sent again' }] }]],
		puts: ({ noteId }) => [{ id: noteId, action: 'update' }],
	},
	upsert: {
		given,
		parameters: ({ id }) => ({ ...onContact(id), title: 'Sent', content: 'By hand' }),
		sends: ({ id, noteId }) => [[listed(id)], ['PUT /Notes', { data: [{ id: noteId, Note_Title: 'Sent', Note_Content: 'By hand' }] }]],
		puts: ({ id, noteId }) => [{ id: noteId, action: 'update', module: 'Contacts', recordId: id }],
	},
};
