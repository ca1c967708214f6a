import { oneContact, type Cases } from './case.mts';

export const compositeRequest: Cases = {
	send: {
		given: oneContact,
		parameters: () => ({ source: 'items', request: '={{ $json }}', execution: 'sequence' }),
		items: ({ id }) => [
			{ sub_request_id: 'made', method: 'post', uri: '/crm/v8/Contacts', body: { data: [{ Last_Name: 'New' }] } },
			{ method: 'GET', path: 'Contacts/@{made:$.data[0].details.id}' },
			{ method: 'GET', uri: `/crm/v8/Contacts/${id}`, params: { fields: 'Last_Name' } },
		],
		sends: ({ id }) => [
			[
				'POST /__composite_requests',
				{
					rollback_on_fail: false,
					parallel_execution: false,
					__composite_requests: [
						{ sub_request_id: 'made', method: 'POST', uri: '/crm/v8/Contacts', body: { data: [{ Last_Name: 'New' }] } },
						{ method: 'GET', uri: '/crm/v8/Contacts/@{made:$.data[0].details.id}' },
						{ method: 'GET', uri: `/crm/v8/Contacts/${id}`, params: { fields: 'Last_Name' } },
					],
				},
			],
		],
		puts: ({ id }) => [
			{ sub_request_id: 'made', status: 201, body: { data: [{ code: 'SUCCESS' }] } },
			{ status: 200, body: { data: [{ Last_Name: 'New' }] } },
			{ status: 200, body: { data: [{ id, Last_Name: 'Lee' }] } },
		],
	},
};
