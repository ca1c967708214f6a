import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { refuse } from './errors.mts';
import type { CrmOrg, CrmUser } from './org.mts';
import { writeTime } from './times.mts';

/** Source: https://www.zoho.com/crm/developer/docs/api/v8/get-users.html and Zoho's OpenAPI file for users. */

function userJson(org: CrmOrg, user: CrmUser): Record<string, unknown> {
	return {
		id: user.id,
		zuid: user.zuid,
		full_name: user.name,
		first_name: user.firstName,
		last_name: user.lastName,
		email: user.email,
		status: 'active',
		confirm: true,
		profile: { name: 'Administrator', id: org.profileId },
		role: { name: 'CEO', id: org.roleId },
		time_zone: org.timeZone,
		created_time: writeTime(org.createdAt, org.timeZone),
		Modified_Time: writeTime(org.createdAt, org.timeZone),
		type__s: 'Regular User',
	};
}

/** All users are active, confirmed administrators. */
const nobody = ['DeletedUsers', 'DeactiveUsers', 'NotConfirmedUsers', 'DeveloperUsers', 'ActiveLiteUser'];
const everybody = [
	...['AllUsers', 'ActiveUsers', 'AllActiveUsers', 'ConfirmedUsers', 'ActiveConfirmedUsers'],
	...['AdminUsers', 'ActiveConfirmedAdmins'],
];

function chosen(call: CrmCall, type: string): readonly CrmUser[] {
	if (type === 'CurrentUser') return [call.user];
	if (everybody.includes(type)) return call.org.users;
	if (nobody.includes(type)) return [];
	return refuse(400, 'INVALID_DATA', 'invalid data', { param_name: 'type' });
}

/** `GET /users?type=…`: the token's user, or all. */
export function listUsers(call: CrmCall): SimResponse {
	const { page, perPage } = call.paging();
	const all = chosen(call, call.query('type') ?? 'AllUsers');
	const part = all.slice((page - 1) * perPage, page * perPage);
	if (part.length === 0) return { status: 204 };
	return {
		status: 200,
		json: {
			users: part.map((user) => userJson(call.org, user)),
			info: { per_page: perPage, count: part.length, page, more_records: all.length > page * perPage },
		},
	};
}

/** `GET /users/{id}`. */
export function getUser({ org }: CrmCall, id: string): SimResponse {
	const user = org.users.find((known) => known.id === id);
	return user ? { status: 200, json: { users: [userJson(org, user)] } } : { status: 204 };
}
