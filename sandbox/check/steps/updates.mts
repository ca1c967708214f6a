import { same } from '../scene.mts';
import type { Step } from '../step.mts';
import { contactNow, linkedPerson, personNow } from './linkedPerson.mts';

export const booksToCrmUpdate: Step = {
	name: 'books_to_crm_update',
	proves: 'A phone number changed in Books changes in CRM, and nothing is written back to Books.',
	async run(scene) {
		const { pair } = scene;
		const who = await linkedPerson(scene, 'Curie Labs', 'marie@curie-labs.example');
		const since = scene.log.length;
		pair.updateInBooks('contactpersons', who.personId, { phone: '+33 1 3000003' });
		await scene.eventually(
			'the new phone in CRM',
			() => contactNow(pair, who).Phone === '+33 1 3000003',
			() => contactNow(pair, who),
		);
		await scene.quiet();
		same('writes to Books', scene.calls(since, 'books', 'write').length, 0);
	},
};

export const crmToBooksUpdate: Step = {
	name: 'crm_to_books_update',
	proves: 'A phone number changed in CRM changes in Books with a single write.',
	async run(scene) {
		const { pair } = scene;
		const who = await linkedPerson(scene, 'Darwin Travel', 'charles@darwin-travel.example');
		const since = scene.log.length;
		pair.updateInCrm('Contacts', who.contactId, { Phone: '+44 20 4000004' });
		await scene.eventually(
			'the new phone in Books',
			() => personNow(pair, who).phone === '+44 20 4000004',
			() => personNow(pair, who),
		);
		await scene.quiet();
		same('writes to Books', scene.calls(since, 'books', 'write').length, 1);
	},
};
