import { bringToLife } from '../../launcher/sandbox.mts';
import { places } from '../../launcher/places.mts';
import { contactTemplates, setUpTemplate } from '../../launcher/templateList.mts';
import { textAt } from '../pair.mts';
import { only, same } from '../scene.mts';
import type { Step } from '../step.mts';
import { otherPair } from '../otherPair.mts';
import { setPolls } from '../polls.mts';
import { contactNow, linkedPerson, personNow } from './linkedPerson.mts';

export const otherRegion: Step = {
	name: 'other_region',
	proves:
		'The same templates with credentials of two other data centres sync those two, and nothing crosses over.',
	async run(scene) {
		const { pair, other } = scene;
		const { credentials, edition } = otherPair(pair.booksAt, pair.crmAt);
		const standing = () => [pair.books().length, pair.crm('Contacts').length, pair.crm('Accounts').length];
		const before = standing();
		const options = {
			folder: places.check,
			credentials,
			edition,
			edit: setPolls,
			files: [setUpTemplate, ...Object.values(contactTemplates)],
			say: () => undefined,
		};
		const templates = await bringToLife(scene.sandbox.api, options);
		await scene.quiet();

		const who = await linkedPerson(scene, 'Laurier Maples', 'wilfrid@laurier-maples.example', other);
		other.updateInCrm('Contacts', who.contactId, { Phone: '+966 11 9000010' });
		await scene.eventually(
			'the new phone in Books',
			() => personNow(other, who).phone === '+966 11 9000010',
			() => personNow(other, who),
		);
		const email = 'noura@riyadh-gardens.example';
		other.createInCrm('Contacts', { First_Name: 'Noura', Last_Name: 'Al Saud', Email: email });
		await scene.eventually(
			'the contact of CRM in Books',
			() => other.personsWith(email).length > 0,
			() => other.books().length,
		);
		await scene.quiet();

		same('the link', textAt(contactNow(other, who), 'Zoho_Books_ID'), who.personId);
		only('Books contact persons with the e-mail', other.personsWith(email));
		same('records of the first pair', standing(), before);
		for (const { id, live } of templates) if (live) await scene.sandbox.api.unpublish(id);
	},
};
