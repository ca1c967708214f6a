import { chosen, of } from '../crmSupport.mts';
import { line, oneContact, written, type Cases } from './case.mts';

const contact = (id = '') => ({ ...of('Contacts'), ...chosen(id) });
const json = (record: object) => ({ ...of('Contacts'), inputMode: 'json', record: JSON.stringify(record) });

const features = { trigger: ['workflow'], applyFeatures: ['layout_rules'], skipCadences: true };
const sentFeatures = { trigger: ['workflow'], apply_feature_execution: [{ name: 'layout_rules' }], skip_feature_execution: [{ name: 'cadences' }] };

/** A Deal, and a Product that is on it. */
const dealWithProduct: Cases[string]['given'] = async (crm) => {
	const [dealId = ''] = await crm.fill('Deals', [{ Deal_Name: 'Roof', Stage: 'Qualification' }]);
	const [productId = ''] = await crm.fill('Products', [{ Product_Name: 'Tile' }]);
	await crm.run({ operation: 'link', ...productsOf(dealId), relatedIds: productId });
	return { dealId, productId };
};
const productsOf = (dealId = '') => ({ ...of('Deals'), ...chosen(dealId), relatedList: { __rl: true, mode: 'name', value: 'Products' } });

export const record: Cases = {
	clone: {
		given: oneContact,
		parameters: ({ id }) => ({ ...contact(id), changes: '{"Last_Name":"Lee the second"}' }),
		sends: ({ id }) => [[`POST /Contacts/${id}/actions/clone`, { data: [{ Last_Name: 'Lee the second' }] }]],
		puts: ({ id }) => [{ ...written('insert', 'Contacts'), clonedFrom: id }],
	},
	create: {
		parameters: () => ({ ...json({ Last_Name: 'New' }), options: features }),
		sends: () => [['POST /Contacts', { data: [{ Last_Name: 'New' }], ...sentFeatures }]],
		puts: () => [written('insert', 'Contacts')],
	},
	delete: {
		given: oneContact,
		parameters: ({ id }) => contact(id),
		sends: ({ id }) => [[`DELETE /Contacts?ids=${id}`]],
		puts: ({ id }) => [{ ...written('delete', 'Contacts', id), deleted: true }],
	},
	get: {
		given: oneContact,
		parameters: ({ id }) => contact(id),
		sends: ({ id }) => [[`GET /Contacts/${id}`]],
		puts: ({ id }) => [{ id, Last_Name: 'Lee', Title: null }],
	},
	getAll: {
		given: oneContact,
		parameters: () => ({
			...of('Contacts'),
			limit: 5,
			fields: ['Last_Name', 'Owner', 'Created_By', 'Modified_By', 'Created_Time', 'Modified_Time'],
			options: { sortBy: 'Modified_Time', sortOrder: 'asc', modifiedSince: '2020-01-01T00:00:00+02:00' },
		}),
		sends: () => [
			[
				line('GET', '/Contacts', {
					...{ fields: 'Last_Name,Owner,Created_By,Modified_By,Created_Time,Modified_Time', page: 1, per_page: 5 },
					...{ sort_by: 'Modified_Time', sort_order: 'asc' },
				}),
			],
		],
		headers: () => ({ 'if-modified-since': '2019-12-31T22:00:00+00:00' }),
		puts: ({ id }) => [{ id, Last_Name: 'Lee' }],
	},
	getDeleted: {
		given: async (crm) => {
			const { id } = await oneContact(crm);
			await crm.run({ operation: 'delete', ...contact(id) });
			return { id };
		},
		parameters: () => ({ ...of('Contacts'), deletedType: 'recycle', deletedSince: '2020-01-01T00:00:00+02:00', limit: 5 }),
		sends: () => [[line('GET', '/Contacts/deleted', { type: 'recycle', page: 1, per_page: 5 })]],
		headers: () => ({ 'if-modified-since': '2019-12-31T22:00:00+00:00' }),
		puts: ({ id }) => [{ id, display_name: 'Lee', type: 'recycle', deleted_by: { name: 'Patricia Boyle' } }],
	},
	getRelated: {
		given: async (crm) => {
			const { id } = await oneContact(crm);
			const [dealId = ''] = await crm.fill('Deals', [{ Deal_Name: 'Roof', Stage: 'Qualification', Contact_Name: { id } }]);
			return { id, dealId };
		},
		parameters: ({ id }) => ({ ...contact(id), relatedList: 'Deals', relatedFields: ['Deal_Name'], limit: 5 }),
		sends: ({ id }) => [[line('GET', `/Contacts/${id}/Deals`, { fields: 'Deal_Name', page: 1, per_page: 5 })]],
		puts: ({ dealId }) => [{ id: dealId, Deal_Name: 'Roof' }],
	},
	link: {
		given: dealWithProduct,
		parameters: ({ dealId, productId }) => ({ ...productsOf(dealId), relatedIds: productId }),
		sends: ({ dealId, productId }) => [[`PUT /Deals/${dealId}/Products`, { data: [{ id: productId }] }]],
		puts: ({ dealId, productId }) => [{ id: productId, module: 'Deals', recordId: dealId, relatedList: 'Products', linked: true }],
	},
	query: {
		given: oneContact,
		parameters: () => ({ query: 'select Last_Name from Contacts where id is not null' }),
		sends: () => [['POST /coql', { select_query: 'select Last_Name from Contacts where id is not null limit 50' }]],
		puts: ({ id }) => [{ id, Last_Name: 'Lee' }],
	},
	search: {
		given: oneContact,
		parameters: () => ({ ...of('Contacts'), searchBy: 'word', searchValue: 'Lee' }),
		sends: () => [[line('GET', '/Contacts/search', { page: 1, per_page: 50, word: 'Lee' })]],
		puts: ({ id }) => [{ id, Last_Name: 'Lee' }],
	},
	unlink: {
		given: dealWithProduct,
		parameters: ({ dealId, productId }) => ({ ...productsOf(dealId), relatedIds: productId }),
		sends: ({ dealId, productId }) => [[`DELETE /Deals/${dealId}/Products?ids=${productId}`]],
		puts: ({ dealId, productId }) => [{ id: productId, module: 'Deals', recordId: dealId, relatedList: 'Products', unlinked: true }],
	},
	update: {
		given: oneContact,
		parameters: ({ id }) => ({ ...json({ id, Title: 'Dr' }), options: features }),
		sends: ({ id }) => [['PUT /Contacts', { data: [{ id, Title: 'Dr' }], ...sentFeatures }]],
		puts: ({ id }) => [written('update', 'Contacts', id)],
	},
	upsert: {
		given: oneContact,
		parameters: () => ({ ...json({ Last_Name: 'Li', Email: 'lee@example.com' }), duplicateCheckFields: ['Email'], options: { trigger: [] } }),
		sends: () => [['POST /Contacts/upsert', { data: [{ Last_Name: 'Li', Email: 'lee@example.com' }], duplicate_check_fields: ['Email'], trigger: [] }]],
		puts: ({ id }) => [written('update', 'Contacts', id)],
	},
};
