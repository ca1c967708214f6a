/** People who work in Zoho Books. */

import { line, type Cases, type Ids } from './case.mts';
import { commonCases } from './common.mts';
import type { Maker } from './maker.mts';

const own = async (make: Maker): Promise<Ids> => ({ it: await make.first('/users', 'users', 'user_id') });
const invited = async (make: Maker): Promise<Ids> => {
	await make.call('POST', '/users', { name: 'Ada Lee', email: 'ada@example.com' });
	return { it: await make.first('/users', 'users', 'user_id', { email: 'ada@example.com' }) };
};
const users = commonCases({ path: '/users', idField: 'user_id', parameter: 'userId', given: invited });
export const user: Cases = {
	// Zoho answers with a message only.
	create: {
		parameters: () => ({ name: 'Ada Lee', email: 'ada@example.com', fields: { cost_rate: 10 } }),
		sends: () => [['POST /users', { name: 'Ada Lee', email: 'ada@example.com', cost_rate: 10 }]],
		puts: () => [{ name: 'Ada Lee', email: 'ada@example.com' }],
	},
	update: users.update({ name: 'Ada L.', email: 'ada@example.com' }, { name: 'Ada L.', email: 'ada@example.com' }),
	get: users.get,
	getAll: users.getAll({ filter_by: 'Status.Invited' }, { filter_by: 'Status.Invited' }, { sort_column: 'name', sort_order: 'A' }),
	getCurrent: { given: own, parameters: () => ({}), sends: () => [[line('GET', '/users/me')]], puts: ({ it }) => [{ user_id: it }] },
	delete: users.delete,
	invite: users.act('/invite', { invited: true }),
	markActive: users.mark('active', { below: '/active', from: ['/inactive'] }),
	markInactive: users.mark('inactive', { below: '/inactive' }),
};
