import { compare, notThere, type Comparison, type Expected, type FieldRule } from './compare.mts';
import type { Row, Snapshot } from './systems.mts';
import { lookupAt, rowsAt, textAt } from './values.mts';

const plain = (label: string, books: string, crm: string): FieldRule => ({
	label,
	books: (row) => textAt(row, books),
	crm: (row) => textAt(row, crm),
});

const email = (read: (row: Row) => Row | undefined): FieldRule => ({
	label: 'e-mail',
	books: (row) => textAt(read(row), 'email').toLowerCase(),
	crm: (row) => textAt(row, 'Email').toLowerCase(),
});

const street = (books: string, crm: string): FieldRule => ({
	label: 'street',
	books: (row) =>
		[textAt(row, `${books}.address`), textAt(row, `${books}.street2`)]
			.filter((line) => line !== '')
			.join('\n'),
	crm: (row) => textAt(row, crm),
});

const place = (crm: string, zip: string): FieldRule[] => [
	street('billing_address', `${crm}Street`),
	plain('city', 'billing_address.city', `${crm}City`),
	plain('state', 'billing_address.state', `${crm}State`),
	plain('postal code', 'billing_address.zip', `${crm}${zip}`),
	plain('country', 'billing_address.country', `${crm}Country`),
];

const companyFields: readonly FieldRule[] = [
	plain('name', 'contact_name', 'Account_Name'),
	plain('website', 'website', 'Website'),
	plain('remarks', 'notes', 'Description'),
	plain('phone', 'billing_address.phone', 'Phone'),
	...place('Billing_', 'Code'),
];

/** Books may lack either name of a person, CRM may not: the whole name is what agrees. */
const personName = (person: Row): string =>
	[textAt(person, 'first_name'), textAt(person, 'last_name')].filter((part) => part !== '').join(' ') ||
	textAt(person, 'customer');

const personFields: readonly FieldRule[] = [
	{
		label: 'name',
		books: personName,
		crm: (row) =>
			[textAt(row, 'First_Name'), textAt(row, 'Last_Name')].filter((part) => part !== '').join(' '),
	},
	email((row) => row),
	plain('phone', 'phone', 'Phone'),
	plain('mobile', 'mobile', 'Mobile'),
	plain('job title', 'designation', 'Title'),
	plain('department', 'department', 'Department'),
];

function primaryPerson(contact: Row): Row | undefined {
	const persons = rowsAt(contact, 'contact_persons');
	return persons.find((person) => person['is_primary_contact'] === true) ?? persons[0];
}

const vendorFields: readonly FieldRule[] = [
	plain('name', 'contact_name', 'Vendor_Name'),
	plain('website', 'website', 'Website'),
	plain('remarks', 'notes', 'Description'),
	email(primaryPerson),
	{
		label: 'phone',
		books: (row) => textAt(primaryPerson(row), 'phone'),
		crm: (row) => textAt(row, 'Phone'),
	},
	...place('', 'Zip_Code'),
];

const isVendor = (contact: Row) => textAt(contact, 'contact_type') === 'vendor';

/** A customer who is a person has no Account in CRM, only a Contact; one without any person can be an Account only. */
export function isCompany(contact: Row): boolean {
	const persons = rowsAt(contact, 'contact_persons');
	return textAt(contact, 'customer_sub_type') !== 'individual' || persons.length === 0;
}

const expect = (contact: Row): Expected => ({
	id: textAt(contact, 'contact_id'),
	name: textAt(contact, 'contact_name'),
	row: contact,
});

/** Customers that are companies against Accounts. */
export function compareAccounts({ contacts, accounts }: Snapshot): Comparison {
	return compare({
		module: 'Accounts',
		title: 'customers ↔ Accounts',
		noun: 'customer',
		expected: contacts.filter((contact) => !isVendor(contact) && isCompany(contact)).map(expect),
		found: accounts,
		nameField: 'Account_Name',
		bothWays: true,
		fields: companyFields,
	});
}

/** Contact persons of customers against Contacts, and the company each belongs to. */
export function compareContacts({ contacts, accounts, persons }: Snapshot): Comparison {
	const links = new Map(accounts.map((account) => [textAt(account, 'id'), textAt(account, 'Zoho_Books_ID')]));
	const expected = contacts
		.filter((contact) => !isVendor(contact))
		.flatMap((contact) => {
			const company = isCompany(contact) ? textAt(contact, 'contact_id') : '';
			return rowsAt(contact, 'contact_persons').map((person): Expected => {
				const row: Row = { ...person, customer: contact['contact_name'], company };
				const id = textAt(person, 'contact_person_id');
				return { id, name: personName(row), row, within: [textAt(contact, 'contact_id')] };
			});
		});
	return compare({
		module: 'Contacts',
		title: 'contact persons ↔ Contacts',
		noun: 'contact person',
		expected,
		found: persons,
		nameField: 'Last_Name',
		bothWays: true,
		fields: [
			...personFields,
			{
				label: 'company',
				books: (row) => textAt(row, 'company'),
				crm: (row) => {
					const account = lookupAt(row, 'Account_Name');
					return account === '' ? '' : links.get(account) || `Account ${account}, which is not linked`;
				},
			},
		],
	});
}

/** Vendors against Vendors. */
export function compareVendors({ contacts, vendors }: Snapshot): Comparison {
	const expected = contacts.filter(isVendor).map(expect);
	const [module, title] = ['Vendors', 'vendors ↔ Vendors'];
	if (!vendors) return notThere(module, title, expected.length);
	return compare({
		module,
		title,
		noun: 'vendor',
		expected,
		found: vendors,
		nameField: 'Vendor_Name',
		bothWays: true,
		fields: vendorFields,
	});
}
