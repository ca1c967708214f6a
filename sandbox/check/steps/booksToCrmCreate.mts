import { textAt } from '../pair.mts';
import { holds, only, same } from '../scene.mts';
import type { Step } from '../step.mts';

export const booksToCrmCreate: Step = {
	name: 'books_to_crm_create',
	proves:
		'A customer typed into Books appears in CRM as Account and Contact, linked and marked, and Books is not written to.',
	async run(scene) {
		const { pair, log } = scene;
		const since = log.length;
		const email = 'aino@aalto-design.example';
		const person = {
			first_name: 'Aino',
			last_name: 'Aalto',
			email,
			phone: '+358 9 1000001',
			is_primary_contact: true,
		};
		const company = pair.createCompanyInBooks('Aalto Design Oy', person);

		await scene.eventually(
			'the contact in CRM',
			() => pair.crmContactsWith(email).length > 0 && pair.accountsNamed('Aalto Design Oy').length > 0,
			() => ({ contacts: pair.crm('Contacts').length, accounts: pair.crm('Accounts').length }),
		);
		await scene.quiet();
		const contact = only('CRM contacts with the e-mail', pair.crmContactsWith(email));
		const account = only('CRM accounts of that name', pair.accountsNamed('Aalto Design Oy'));
		const inBooks = only('Books contact persons with the e-mail', pair.personsWith(email));
		same('the Account the Contact belongs to', textAt(contact, 'Account_Name.id'), account.id);
		same("the Account's link", account.Zoho_Books_ID, company.contact_id);
		same("the Contact's link", contact.Zoho_Books_ID, inBooks.contact_person_id);
		same(
			'name and phone',
			[contact.First_Name, contact.Last_Name, contact.Phone],
			['Aino', 'Aalto', '+358 9 1000001'],
		);
		for (const record of [account, contact]) {
			const mark = JSON.parse(textAt(record, 'Zoho_Books_Sync') || '{}') as { version?: number };
			holds('a sync mark on the CRM record', mark.version === 1, record.Zoho_Books_Sync);
		}
		same('writes to Books', scene.calls(since, 'books', 'write').length, 0);
	},
};
