import { textAt, type Item } from '../../sandbox/check/pair.mts';
import type { CompanyField, PersonField } from './types.mts';

/** Where a field lies in either system, as docs/mappings.md tells; written down here anew. */
interface Place {
	books: string;
	crm: string;
}

const personPlaces: Record<PersonField, Place> = {
	last_name: { books: 'last_name', crm: 'Last_Name' },
	email: { books: 'email', crm: 'Email' },
	phone: { books: 'phone', crm: 'Phone' },
	mobile: { books: 'mobile', crm: 'Mobile' },
	department: { books: 'department', crm: 'Department' },
};

const companyPlaces: Record<CompanyField, Place> = {
	name: { books: 'contact_name', crm: 'Account_Name' },
	website: { books: 'website', crm: 'Website' },
	city: { books: 'billing_address.city', crm: 'Billing_City' },
	phone: { books: 'billing_address.phone', crm: 'Phone' },
};

export const itemPlaces: Record<string, Place> = {
	name: { books: 'name', crm: 'Product_Name' },
	rate: { books: 'rate', crm: 'Unit_Price' },
};

/** A field that nobody edits and that is carried over: by it a record is known again, whatever else it is called by now. */
export const marks = {
	person: { books: 'designation', crm: 'Title' },
	company: { books: 'notes', crm: 'Description' },
	item: { books: 'description', crm: 'Description' },
} as const;

export type Kind = keyof typeof marks;

export const kindOf = (who: string): Kind =>
	who.startsWith('p') ? 'person' : who.startsWith('i') ? 'item' : 'company';

export function placesOf(kind: Kind): Record<string, Place> {
	return kind === 'person' ? personPlaces : kind === 'item' ? itemPlaces : companyPlaces;
}

/** The mark of a record of a script: `chaos 7 p3`. */
export const markOf = (seed: number, who: string) => `chaos ${seed} ${who}`;

/** A value in the form in which the same means the same: prices as numbers, e-mail in lower case. */
export function plain(field: string, value: string): string {
	if (field === 'email') return value.toLowerCase();
	return field === 'rate' ? Number(value || 0).toFixed(2) : value;
}

export function valueIn(
	record: Item | undefined,
	system: 'books' | 'crm',
	kind: Kind,
	field: string,
): string {
	const place = placesOf(kind)[field];
	return place ? plain(field, textAt(record, place[system])) : '';
}
