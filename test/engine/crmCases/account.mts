/** Users, fields and layouts. */

import { of } from '../crmSupport.mts';
import { line, type Cases } from './case.mts';

const anUser: Cases[string]['given'] = async (crm) => await Promise.resolve({ id: crm.simulator.world.tenantOf('crm', 'in')?.crm.users[1].id ?? '' });

export const user: Cases = {
	get: {
		given: anUser,
		parameters: ({ id = '' }) => ({ userId: { __rl: true, mode: 'id', value: id } }),
		sends: ({ id }) => [[`GET /users/${id}`]],
		puts: ({ id }) => [{ id, full_name: 'Sam Desk', email: 'sam.desk@example.com' }],
	},
	getAll: {
		parameters: () => ({ userType: 'CurrentUser', limit: 5 }),
		sends: () => [[line('GET', '/users', { type: 'CurrentUser', page: 1, per_page: 5 })]],
		puts: () => [{ full_name: 'Patricia Boyle' }],
	},
};

export const field: Cases = {
	getAll: {
		parameters: () => ({ ...of('Contacts'), returnAll: true }),
		sends: () => [['GET /settings/fields?module=Contacts']],
		puts: () =>
			expect.arrayContaining([
				expect.objectContaining({ api_name: 'Last_Name', label: 'Last Name', data_type: 'text', required: true, read_only: false }),
				expect.objectContaining({ api_name: 'Account_Name', data_type: 'lookup', lookup_module: 'Accounts' }),
			]) as object,
	},
};

export const layout: Cases = {
	getAll: {
		parameters: () => ({ ...of('Contacts'), limit: 5 }),
		sends: () => [['GET /settings/layouts?module=Contacts']],
		puts: () => [{ name: 'Standard', status: 'active', required_fields: ['Last_Name'], profiles: ['Administrator'] }],
	},
};
