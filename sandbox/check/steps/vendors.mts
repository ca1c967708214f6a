import { MoneyDesk } from '../money.mts';
import { textAt, type Item } from '../pair.mts';
import { only, same } from '../scene.mts';
import type { Step } from '../step.mts';
import { linkedPerson, personNow } from './linkedPerson.mts';
import { moneyTime } from './moneyScene.mts';

const name = 'Fraunhofer Glass';

export const vendorBothWays: Step = {
	name: 'vendor_both_ways',
	proves:
		'Vendors pass in both directions, edits too, and a customer of the same name is not mistaken for one.',
	async run(scene) {
		const { pair } = scene;
		const desk = new MoneyDesk(pair);
		const customer = await linkedPerson(scene, name, 'sales@fraunhofer-glass.example');
		const vendorsOf = (contact_name: string) =>
			pair.books().filter((each) => each.contact_name === contact_name && each.contact_type === 'vendor');

		const made = pair.createInBooks({
			contact_name: name,
			contact_type: 'vendor',
			contact_persons: [
				{
					first_name: 'Joseph',
					last_name: 'Fraunhofer',
					email: 'joseph@fraunhofer-glass.example',
					phone: '+49 89 1000001',
					is_primary_contact: true,
				},
			],
		});
		const id = textAt(made, 'contact_id');
		await scene.eventually(
			'the vendor in CRM',
			() => desk.linked('Vendors', id).length > 0,
			() => pair.crm('Vendors'),
			moneyTime,
		);
		await scene.quiet();
		const inCrm = only('Vendors of the vendor', desk.linked('Vendors', id));
		same(
			'name, e-mail, phone',
			[inCrm.Vendor_Name, inCrm.Email, inCrm.Phone],
			[name, 'joseph@fraunhofer-glass.example', '+49 89 1000001'],
		);
		pair.updateInCrm('Vendors', textAt(inCrm, 'id'), { Phone: '+49 89 1000002' });
		const phone = () => textAt((vendorsOf(name)[0]?.contact_persons as Item[] | undefined)?.[0], 'phone');
		await scene.eventually('the new phone in Books', () => phone() === '+49 89 1000002', phone, moneyTime);
		await scene.quiet();
		only('vendors of that name', vendorsOf(name));
		same("the customer's phone", personNow(pair, customer).phone, '+44 20 7946 0000');
		only('CRM accounts of that name', pair.accountsNamed(name));

		const born = pair.createInCrm('Vendors', {
			Vendor_Name: 'Abbe Lenses',
			Email: 'ernst@abbe-lenses.example',
		});
		const link = () =>
			textAt(
				pair.crm('Vendors').find((each) => each.id === born.id),
				'Zoho_Books_ID',
			);
		await scene.eventually(
			"CRM's vendor in Books, and its link",
			() => vendorsOf('Abbe Lenses').length > 0 && link() !== '',
			() => ({ books: vendorsOf('Abbe Lenses'), link: link() }),
			moneyTime,
		);
		await scene.quiet();
		const inBooks = only('vendors of that name', vendorsOf('Abbe Lenses'));
		same('the link', link(), inBooks.contact_id);
		same('the e-mail', textAt((inBooks.contact_persons as Item[])[0], 'email'), 'ernst@abbe-lenses.example');
		only(
			'Vendors of that name',
			pair.crm('Vendors').filter((each) => each.Vendor_Name === 'Abbe Lenses'),
		);
	},
};
