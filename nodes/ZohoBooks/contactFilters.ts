/** What *Get Many* of contacts can search for and sort by: Books v3 "List Contacts". Names are Zoho's own. */

import type { INodeProperties } from 'n8n-workflow';

import { contactType } from './contactForm';
import { choice, filter, listFilters, search } from './filters';

const ofPrimaryPerson = 'Only the primary contact person of each contact is searched';
const linked = { description: 'As the native integration links it' };

const filters: INodeProperties[] = [
	...search('Address', 'address', 'Any part of the billing or shipping address'),
	...search('Company Name', 'company_name'),
	...search('Contact Name', 'contact_name'),
	contactType,
	filter('CRM Account ID', 'zcrm_account_id', linked),
	filter('CRM Contact ID', 'zcrm_contact_id', linked),
	filter('CRM Vendor ID', 'zcrm_vendor_id', linked),
	...search('Email', 'email', ofPrimaryPerson).map((property) => ({ ...property, placeholder: 'e.g. nathan@example.com' })),
	...search('First Name', 'first_name', ofPrimaryPerson),
	...search('Last Name', 'last_name', ofPrimaryPerson),
	...search('Phone', 'phone', ofPrimaryPerson),
	filter('Search Text', 'search_text', { description: 'Looks in names and notes' }),
	choice(
		'Status',
		'filter_by',
		{
			'Status.Active': 'Active',
			'Status.All': 'All',
			'Status.CreditLimitExceed': 'Credit Limit Exceeded',
			'Status.Duplicate': 'Duplicate',
			'Invoice.OverDue': 'Has Overdue Invoices',
			'Invoice.Unpaid': 'Has Unpaid Invoices',
			'Status.Inactive': 'Inactive',
			'Status.Crm': 'Linked with Zoho CRM',
			'Status.PortalDisabled': 'Portal Disabled',
			'Status.PortalEnabled': 'Portal Enabled',
		},
		{ default: 'Status.All' },
	),
];

export const contactListProperties: INodeProperties[] = listFilters('contact', filters, {
	contact_name: 'Contact Name',
	created_time: 'Created Time',
	email: 'Email',
	first_name: 'First Name',
	last_modified_time: 'Last Modified Time',
	last_name: 'Last Name',
	outstanding_receivable_amount: 'Outstanding Receivable Amount',
});
