import { chosen } from '../crmSupport.mts';
import type { Cases } from './case.mts';

const deal = { Deal_Name: 'Roof', Stage: 'Qualification', Pipeline: 'Standard (Standard)', Closing_Date: '2026-12-31', Amount: 500 };
const at = (id = '') => ({ __rl: true, mode: 'id', value: id });

export const lead: Cases = {
	convert: {
		given: async (crm) => {
			const [id = ''] = await crm.fill('Leads', [{ Last_Name: 'Osei', First_Name: 'Ada', Company: 'Borealis', Email: 'ada@example.com' }]);
			const [accountId = ''] = await crm.fill('Accounts', [{ Account_Name: 'Borealis Ltd' }]);
			const [other = ''] = await crm.fill('Accounts', [{ Account_Name: 'Old' }]);
			const [contactId = ''] = await crm.fill('Contacts', [{ Last_Name: 'Osei', Account_Name: { id: other } }]);
			const userId = crm.simulator.world.tenantOf('crm', 'in')?.crm.users[1].id ?? '';
			return { id, accountId, contactId, userId };
		},
		parameters: ({ id = '', accountId, contactId, userId }) => ({
			...chosen(id),
			accountId: at(accountId),
			contactId: at(contactId),
			dealInput: 'json',
			dealJson: JSON.stringify(deal),
			options: {
				...{ assignTo: userId, moveAttachmentsTo: 'Deals', notifyLeadOwner: true, notifyNewOwner: false, overwrite: true },
				...{ accountTags: 'fair', contactTags: 'fair, urgent' },
			},
		}),
		sends: ({ id, accountId, contactId, userId }) => [
			[
				`POST /Leads/${id}/actions/convert`,
				{
					data: [
						{
							...{ overwrite: true, notify_lead_owner: true, notify_new_entity_owner: false, assign_to: { id: userId } },
							...{ Accounts: { id: accountId }, Contacts: { id: contactId }, Deals: deal, move_attachments_to: { api_name: 'Deals' } },
							carry_over_tags: { Accounts: ['fair'], Contacts: ['fair', 'urgent'] },
						},
					],
				},
			],
		],
		puts: ({ id, accountId, contactId }) => [
			{ leadId: id, account: { id: accountId, name: 'Borealis Ltd' }, contact: { id: contactId, name: 'Osei' }, deal: { name: 'Roof' } },
		],
	},
};
