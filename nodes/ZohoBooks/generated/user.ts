/** Written by scripts/generateBooks.mts from Zoho's users.yml. Do not edit. */

import type { DescribedResource } from '../described';

export const user: DescribedResource = {
	fields: [
		{ name: 'cost_rate', type: 'number' },
		{ name: 'email', type: 'text' },
		{ name: 'name', type: 'text' },
		{ name: 'role_id', type: 'text' },
	],
	required: ['email', 'name'],
	filters: [
		{ name: 'filter_by', type: 'choice', values: ['Status.All', 'Status.Active', 'Status.Inactive', 'Status.Invited', 'Status.Deleted'] },
	],
	sortColumns: ['email', 'name', 'status', 'user_role'],
};
