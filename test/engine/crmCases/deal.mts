import { invoice, makeDealFields } from '../crmMoneySupport.mts';
import { oneContact, type Cases } from './case.mts';

const columns = 'Deal_Name, Stage, Account_Name, Contact_Name, Modified_Time, Zoho_Books_Invoices, Amount_Invoiced, Amount_Paid, Balance_Due, Currency';
const open = "Stage not in ('Closed Won','Closed Lost','Closed Lost to Competition')";

export const deal: Cases = {
	recordInvoice: {
		given: async (crm) => {
			await makeDealFields(crm);
			const { id } = await oneContact(crm);
			const [dealId = ''] = await crm.fill('Deals', [{ Deal_Name: 'Roof', Stage: 'Qualification', Contact_Name: { id } }]);
			return { id, dealId };
		},
		parameters: ({ id }) => ({ invoice: invoice(1, { total: 100, payment_made: 40, balance: 60 }), contactId: id }),
		sends: ({ id, dealId }) => [
			['GET /settings/fields?module=Deals'],
			['POST /coql', { select_query: `select ${columns} from Deals where (Contact_Name in ('${id}') and (Amount_Invoiced is not null or ${open})) order by id asc limit 2000` }],
			[
				'PUT /Deals',
				{ data: [{ id: dealId, Zoho_Books_Invoices: expect.stringContaining('460000000001') as string, Amount_Invoiced: 100, Amount_Paid: 40, Balance_Due: 60 }] },
			],
		],
		headers: () => ({ 'if-unmodified-since': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/) as string }),
		puts: ({ dealId }) => [{ deal: { id: dealId, name: 'Roof' }, totals: { Amount_Invoiced: 100, Amount_Paid: 40, Balance_Due: 60 } }],
	},
};
