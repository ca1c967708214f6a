import { textAt } from '../pair.mts';
import { only, same } from '../scene.mts';
import type { Step } from '../step.mts';

export const crmToBooksCreate: Step = {
	name: 'crm_to_books_create',
	proves:
		'A contact typed into CRM, with its Account, appears in Books as a customer with that contact person, and the links come back.',
	async run(scene) {
		const { pair } = scene;
		const email = 'bertha@benz-motors.example';
		const account = pair.createInCrm('Accounts', { Account_Name: 'Benz Motors' });
		const created = pair.createInCrm('Contacts', {
			First_Name: 'Bertha',
			Last_Name: 'Benz',
			Email: email,
			Phone: '+49 621 2000002',
			Account_Name: { id: account.id },
		});

		await scene.eventually(
			'the contact person in Books, and both links',
			() =>
				pair.personsWith(email).length > 0 &&
				textAt(pair.crmContactsWith(email)[0], 'Zoho_Books_ID') !== '' &&
				textAt(pair.accountsNamed('Benz Motors')[0], 'Zoho_Books_ID') !== '',
			() => ({
				books: pair.books().map(({ contact_name }) => contact_name),
				contact: pair.crmContactsWith(email)[0],
			}),
		);
		await scene.quiet();
		const person = only('Books contact persons with the e-mail', pair.personsWith(email));
		const customer = only(
			'Books customers of that name',
			pair.books().filter(({ contact_name }) => contact_name === 'Benz Motors'),
		);
		same('the customer the person belongs to', textAt(person, 'contact.contact_id'), customer.contact_id);
		same(
			'name and phone',
			[person.first_name, person.last_name, person.phone],
			['Bertha', 'Benz', '+49 621 2000002'],
		);
		const contact = only('CRM contacts with the e-mail', pair.crmContactsWith(email));
		same('the same CRM contact', contact.id, created.id);
		same("the Contact's link", contact.Zoho_Books_ID, person.contact_person_id);
		const linked = only('CRM accounts of that name', pair.accountsNamed('Benz Motors'));
		same("the Account's link", linked.Zoho_Books_ID, customer.contact_id);
	},
};
