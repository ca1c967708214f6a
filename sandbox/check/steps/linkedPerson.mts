import { textAt, type Item, type Pair } from '../pair.mts';
import { only, type Scene } from '../scene.mts';

export interface LinkedPerson {
	email: string;
	/** In CRM. */
	contactId: string;
	/** In Books. */
	personId: string;
	customerId: string;
}

/** A company with one person that both systems know and have agreed on: what most steps begin with. */
export async function linkedPerson(
	scene: Scene,
	company: string,
	email: string,
	pair: Pair = scene.pair,
): Promise<LinkedPerson> {
	pair.createCompanyInBooks(company, {
		first_name: 'Test',
		last_name: company,
		email,
		phone: '+44 20 7946 0000',
	});
	await scene.eventually(
		`${company} in both systems`,
		() => pair.crmContactsWith(email).some((contact) => textAt(contact, 'Zoho_Books_ID') !== ''),
		() => pair.crmContactsWith(email),
	);
	await scene.quiet();
	const person = only('Books contact persons with the e-mail', pair.personsWith(email));
	const contact = only('CRM contacts with the e-mail', pair.crmContactsWith(email));
	return {
		email,
		contactId: String(contact.id),
		personId: String(person.contact_person_id),
		customerId: textAt(person, 'contact.contact_id'),
	};
}

export function personNow(pair: Pair, { email }: { email: string }): Item {
	return only('Books contact persons with the e-mail', pair.personsWith(email));
}

export function contactNow(pair: Pair, { email }: { email: string }): Item {
	return only('CRM contacts with the e-mail', pair.crmContactsWith(email));
}
