import { of } from '../crmSupport.mts';
import { oneContact, type Cases } from './case.mts';

const aJob = (kind: string) => expect.stringMatching(new RegExp(`^GET /crm/bulk/v8/${kind}/\\d{19}$`)) as string;

export const bulk: Cases = {
	bulkRead: {
		given: async (crm) => {
			const ids = await oneContact(crm);
			await crm.fill('Contacts', [{ Last_Name: 'Roy' }]);
			return ids;
		},
		parameters: () => ({
			...of('Contacts'),
			fields: ['Last_Name', 'Email', 'Owner'],
			conditions: { condition: [{ field: 'Last_Name', comparator: 'starts_with', value: 'Le' }, { field: 'Email', comparator: 'contains', value: '@example' }] },
			combine: 'and',
		}),
		sends: () => [
			['GET /settings/fields?module=Contacts'],
			[
				'POST /crm/bulk/v8/read',
				{
					query: {
						module: { api_name: 'Contacts' },
						fields: ['Last_Name', 'Email', 'Owner'],
						criteria: {
							group_operator: 'and',
							group: [
								{ field: { api_name: 'Last_Name' }, comparator: 'starts_with', value: 'Le' },
								{ field: { api_name: 'Email' }, comparator: 'contains', value: '@example' },
							],
						},
						page: 1,
					},
				},
			],
			[aJob('read')],
			[expect.stringMatching(/^GET \/crm\/bulk\/v8\/read\/\d{19}\/result$/) as string],
		],
		puts: ({ id }) => [{ id, Last_Name: 'Lee', Email: 'lee@example.com', Owner: { id: expect.any(String) as string } }],
	},
	bulkWrite: {
		given: oneContact,
		parameters: () => ({ ...of('Contacts'), bulkOperation: 'upsert', findBy: 'Email', bulkRecord: '={{ $json }}' }),
		items: () => [{ Last_Name: 'Li', Email: 'lee@example.com' }],
		sends: () => [
			['GET /settings/fields?module=Contacts'],
			['GET /org'],
			['POST content /upload', { file: { name: 'Contacts.zip', type: 'application/zip', size: expect.any(Number) as number } }],
			[
				'POST /crm/bulk/v8/write',
				{
					character_encoding: 'UTF-8',
					operation: 'upsert',
					resource: [
						{
							...{ type: 'data', module: { api_name: 'Contacts' }, file_id: expect.stringMatching(/^\d+$/) as string, file_names: ['Contacts.csv'] },
							...{ ignore_empty: true, find_by: 'Email' },
							field_mappings: [
								{ api_name: 'Email', index: 0 },
								{ api_name: 'Last_Name', index: 1 },
							],
						},
					],
				},
			],
			[aJob('write')],
			[expect.stringMatching(/^GET downloads \/v2\/crm\/\d+\/bulk-write\/(\d+)\/\1\.zip$/) as string],
		],
		puts: ({ id }) => [{ id, module: 'Contacts', action: 'update' }],
	},
};
