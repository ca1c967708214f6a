/** Books vendors and CRM Vendors, in both directions. */

import type { WorkflowSpec } from './builder.mts';
import { toBooks, toCrm } from './oneToOne.mts';
import { vendorFields, vendorToBooks, vendorToCrm } from './vendorMapping.mts';

const setup = (other: string) => `### Setup
1. Run the template **Set up the sync** once. Its report says whether your CRM edition has Vendors.
2. Choose your Zoho Books and Zoho CRM credentials in the nodes that show a warning.
3. Publish. For the way back, publish **${other}** too.

Needs the community package n8n-nodes-zoho-books-crm on a self-hosted n8n.`;

export const booksVendorsToCrm: WorkflowSpec = toCrm({
	id: 'zohoBooksVendors',
	name: 'Sync Books vendors to CRM',
	summary: 'Vendors of Zoho Books become Vendors in Zoho CRM, and are linked with them.',
	file: 'sync-books-vendors-to-crm.json',
	overview: `### How it works
Every vendor that is created or edited in Zoho Books is carried over to Zoho CRM, a few seconds later, with the e-mail and phone of its primary contact person.

* **Zoho Match** finds the Vendor by Zoho_Books_ID, then by e-mail, then by name, compares, and puts out only what differs. Changes made in CRM meanwhile are kept.
* Vendors are written 100 per call. Whatever is in doubt, was deleted or could not be written is put into the Data Table **Zoho sync review**.

${setup('Sync CRM vendors to Books')}`,
	resource: 'contact',
	entities: ['vendor'],
	source: 'vendor',
	target: 'Vendor',
	module: 'Vendors',
	idField: 'contact_id',
	nameField: 'contact_name',
	mapping: vendorToCrm,
	rules: [
		{ kind: 'email', field: 'Email', value: '={{ $json.Email }}' },
		{ kind: 'field', field: 'Vendor_Name', value: '={{ $json.Vendor_Name }}' },
	],
});

export const crmVendorsToBooks: WorkflowSpec = toBooks({
	id: 'zohoCrmVendors',
	name: 'Sync CRM vendors to Books',
	summary: 'Vendors of Zoho CRM become vendors in Zoho Books, and are linked with them.',
	file: 'sync-crm-vendors-to-books.json',
	overview: `### How it works
Every Vendor that is created or edited in Zoho CRM is carried over to Zoho Books, a few seconds later. Its e-mail and phone go to the vendor's primary contact person.

* **Zoho Match** knows from the sync mark on the Vendor what both systems last agreed on. A Vendor that only came back from Books costs no Books call.
* A Vendor without a link is looked for by e-mail, then by name, and made when there is none.
* After the write, the ID of the Books vendor and a fresh sync mark are written to the Vendor.

${setup('Sync Books vendors to CRM')}`,
	resource: 'contact',
	source: 'Vendor',
	target: 'vendor',
	module: 'Vendors',
	nameField: 'Vendor_Name',
	mapping: vendorToBooks,
	rules: [
		{ kind: 'email', field: 'email', value: '={{ $json.contact_persons?.[0]?.email }}' },
		{ kind: 'field', field: 'contact_name', value: '={{ $json.contact_name }}' },
	],
	fields: vendorFields,
	newOnlyFields: ['company_name'],
});
