/**
 * The default mapping of contacts, once for both directions: each line is a field of Books and the CRM field that holds the same.
 * What one line cannot say (a name in one field or two, an address in one line or two) follows below, with its inverse.
 */

import type { Field } from './nodes.mts';

type Pair = readonly [books: string, crm: string];

const companyPairs: readonly Pair[] = [
	['contact_name', 'Account_Name'],
	['website', 'Website'],
	['notes', 'Description'],
	['billing_address.phone', 'Phone'],
	['billing_address.fax', 'Fax'],
];

const personPairs: readonly Pair[] = [
	['salutation', 'Salutation'],
	['email', 'Email'],
	['phone', 'Phone'],
	['mobile', 'Mobile'],
	['designation', 'Title'],
	['department', 'Department'],
	['skype', 'Skype_ID'],
];

interface Address {
	books: string;
	crm: string;
	zip: string;
}

const companyAddresses: readonly Address[] = [
	{ books: 'billing_address', crm: 'Billing_', zip: 'Code' },
	{ books: 'shipping_address', crm: 'Shipping_', zip: 'Code' },
];
/** Of customers without a company: a contact person has no address in Books. */
const personAddresses: readonly Address[] = [
	{ books: 'billing_address', crm: 'Mailing_', zip: 'Zip' },
	{ books: 'shipping_address', crm: 'Other_', zip: 'Zip' },
];

/** `billing_address.city` → `$json.billing_address?.city`. */
const read = (path: string, from = '$json') => `${from}.${path.replaceAll('.', '?.')}`;
const expression = (code: string) => `={{ ${code} }}`;

const addressPairs = ({ books, crm, zip }: Address): Pair[] => [
	[`${books}.city`, `${crm}City`],
	[`${books}.state`, `${crm}State`],
	[`${books}.zip`, `${crm}${zip}`],
	[`${books}.country`, `${crm}Country`],
];

/** Books keeps a street in two fields, CRM in one: the second line of the street is `street2`. */
function streetToCrm({ books, crm }: Address, when = ''): Field {
	return [
		`${crm}Street`,
		expression(
			`${when}[${read(`${books}.address`)}, ${read(`${books}.street2`)}].filter(Boolean).join('\\n')`,
		),
	];
}

function streetToBooks({ books, crm }: Address, when = ''): Field[] {
	const lines = `$json.${crm}Street?.split('\\n')`;
	return [
		[`${books}.address`, expression(`${when}${lines}[0]`)],
		[`${books}.street2`, expression(`${when}${lines}.slice(1).join('\\n')`)],
	];
}

/** A Books contact that is a company → CRM Account. */
export const companyToCrm: readonly Field[] = [
	...companyPairs.map(([books, crm]): Field => [crm, expression(read(books))]),
	...companyAddresses.flatMap((address) => [
		streetToCrm(address),
		...addressPairs(address).map(([books, crm]): Field => [crm, expression(read(books))]),
	]),
];

/** CRM Account → Books contact. */
export const companyToBooks: readonly Field[] = [
	...companyPairs.map(([books, crm]): Field => [books, expression(read(crm))]),
	['contact_type', 'customer'],
	['customer_sub_type', 'business'],
	['company_name', expression('$json.Account_Name')],
	...companyAddresses.flatMap((address) => [
		...streetToBooks(address),
		...addressPairs(address).map(([books, crm]): Field => [books, expression(read(crm))]),
	]),
];

/** Written when a Books contact is made, and left alone afterwards. */
export const newInBooksOnly = ['company_name', 'customer_sub_type'];

/**
 * Names. CRM must have a last name; Books may have any of both names or none. A single name is the last name in CRM, and whether
 * it is the first or the last name in Books is seen from the sync mark, which tells that Books' first name is blank.
 */
const namesToCrm: readonly Field[] = [
	['First_Name', expression("$json.person.last_name ? $json.person.first_name : ''")],
	['Last_Name', expression('$json.person.last_name || $json.person.first_name || $json.contact_name')],
];
const knownBlank = (field: string) => `($json.Zoho_Books_Sync || '').includes('"${field}":""')`;
const isNameOfCompany = '$json.Last_Name === $json.Account_Name?.name';
const namesToBooks: readonly Field[] = [
	['first_name', expression(`$json.First_Name || (${knownBlank('first_name')} ? '' : $json.Last_Name)`)],
	[
		'last_name',
		expression(
			`$json.First_Name || (${knownBlank('first_name')} && !(${knownBlank('last_name')} && ${isNameOfCompany})) ? $json.Last_Name : ''`,
		),
	],
];

const alone = (code: string) => `$json.account_id ? '' : ${code}`;
const noCompany = "$json.Account_Name ? '' : ";

/** A contact person of Books (under `person`, with the contact beside it) → CRM Contact. */
export const personToCrm: readonly Field[] = [
	...namesToCrm,
	...personPairs.map(([books, crm]): Field => [crm, expression(`$json.person.${books}`)]),
	['Account_Name', expression('$json.account_id ? ({ id: $json.account_id }) : null'), 'object'],
	...personAddresses.flatMap((address) => [
		streetToCrm(address, "$json.account_id ? '' : "),
		...addressPairs(address).map(([books, crm]): Field => [crm, expression(alone(read(books)))]),
	]),
];

/** CRM Contact → a contact person within the Books contact of its company, or a Books contact of its own. */
export const personToBooks: readonly Field[] = [
	[
		'contact_name',
		expression("$json.Account_Name?.name ?? [$json.First_Name, $json.Last_Name].filter(Boolean).join(' ')"),
	],
	['contact_type', 'customer'],
	['customer_sub_type', expression("$json.Account_Name ? 'business' : 'individual'")],
	['company_name', expression("$json.Account_Name?.name ?? ''")],
	...personAddresses.flatMap((address) => [
		...streetToBooks(address, noCompany),
		...addressPairs(address).map(([books, crm]): Field => [books, expression(`${noCompany}${read(crm)}`)]),
	]),
	...[...namesToBooks, ...personPairs.map(([books, crm]): Field => [books, expression(read(crm))])].map(
		([name, value]): Field => [`contact_persons[0].${name}`, value],
	),
];

const crmNames = (pairs: readonly Pair[], addresses: readonly Address[]) => [
	...pairs.map(([, crm]) => crm),
	...addresses.flatMap((address) => [`${address.crm}Street`, ...addressPairs(address).map(([, crm]) => crm)]),
];

const crmUpkeep = ['Modified_Time', 'Zoho_Books_ID', 'Zoho_Books_Sync'];

/** CRM fields of one module that the mapping reads. */
export function crmFieldsOf(module: 'Accounts' | 'Contacts'): string[] {
	return module === 'Accounts'
		? [...crmNames(companyPairs, companyAddresses), ...crmUpkeep]
		: [
				'First_Name',
				'Last_Name',
				...crmNames(personPairs, personAddresses),
				'Account_Name',
				'Account_Name.Zoho_Books_ID',
				...crmUpkeep,
			];
}

/** CRM fields that the mapping reads, for the trigger. */
export const crmFields: readonly string[] = [...new Set([...crmFieldsOf('Accounts'), ...crmFieldsOf('Contacts')])];
