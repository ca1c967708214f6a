import { textAt } from '../pair.mts';
import { only, same } from '../scene.mts';
import type { Step } from '../step.mts';

const email = 'rosalind@helix-research.example';

export const linkedNotDoubled: Step = {
	name: 'linked_not_doubled',
	proves:
		'A person who was in both systems before the start, with an e-mail that differs in case and spaces, is linked, not doubled.',
	before({ pair }) {
		pair.createCompanyInBooks('Helix Research', { first_name: 'Rosalind', last_name: 'Franklin', email });
		const account = pair.createInCrm('Accounts', { Account_Name: 'Helix Research' });
		pair.createInCrm('Contacts', {
			First_Name: 'Rosalind',
			Last_Name: 'Franklin',
			Email: ` ${email.toUpperCase()} `,
			Account_Name: { id: account.id },
		});
	},
	async run(scene) {
		const { pair } = scene;
		const person = only('Books contact persons with the e-mail', pair.personsWith(email));
		const before = only('CRM contacts with the e-mail', pair.crmContactsWith(email));
		pair.updateInBooks('contactpersons', String(person.contact_person_id), { phone: '+44 20 8000008' });
		await scene.eventually(
			'the new phone on the CRM contact that was there',
			() => pair.crmContactsWith(email).some(({ Phone }) => Phone === '+44 20 8000008'),
			() => pair.crmContactsWith(email),
		);
		await scene.quiet();
		const contact = only('CRM contacts with the e-mail', pair.crmContactsWith(email));
		same('the CRM contact', [contact.id, contact.Zoho_Books_ID], [before.id, person.contact_person_id]);
		const account = only('CRM accounts of that name', pair.accountsNamed('Helix Research'));
		same("the Account's link", account.Zoho_Books_ID, textAt(person, 'contact.contact_id'));
		only('Books contact persons with the e-mail, afterwards', pair.personsWith(email));
	},
};
