/** The default mapping of Books vendors and CRM Vendors, once for both directions. */

import type { Field } from './nodes.mts';

/** Books keeps e-mail and phone of a vendor with its primary contact person. */
const primary = (field: string) =>
	`={{ ($json.contact_persons?.find(person => person.is_primary_contact) ?? $json.contact_persons?.[0])?.${field} }}`;

const pairs: ReadonlyArray<readonly [books: string, crm: string]> = [
	['contact_name', 'Vendor_Name'],
	['website', 'Website'],
	['notes', 'Description'],
	['billing_address.city', 'City'],
	['billing_address.state', 'State'],
	['billing_address.zip', 'Zip_Code'],
	['billing_address.country', 'Country'],
];

/** Books vendor → CRM Vendor. */
export const vendorToCrm: readonly Field[] = [
	...pairs.map(([books, crm]): Field => [crm, `={{ $json.${books.replace('.', '?.')} }}`]),
	['Email', primary('email')],
	['Phone', primary('phone')],
	[
		'Street',
		"={{ [$json.billing_address?.address, $json.billing_address?.street2].filter(Boolean).join('\\n') }}",
	],
];

/** CRM Vendor → Books vendor. */
export const vendorToBooks: readonly Field[] = [
	...pairs.map(([books, crm]): Field => [books, `={{ $json.${crm} }}`]),
	['contact_type', 'vendor'],
	['company_name', '={{ $json.Vendor_Name }}'],
	['contact_persons[0].email', '={{ $json.Email }}'],
	['contact_persons[0].phone', '={{ $json.Phone }}'],
	['billing_address.address', "={{ $json.Street?.split('\\n')[0] }}"],
	['billing_address.street2', "={{ $json.Street?.split('\\n').slice(1).join('\\n') }}"],
];

/** CRM fields that the mapping reads, for the trigger. */
export const vendorFields: readonly string[] = [
	...pairs.map(([, crm]) => crm),
	'Email',
	'Phone',
	'Street',
	'Modified_Time',
	'Zoho_Books_ID',
	'Zoho_Books_Sync',
];
