import { crmPollTime, only, same } from '../scene.mts';
import type { Step } from '../step.mts';

export const webhookLost: Step = {
	name: 'webhook_lost',
	proves: 'A customer whose webhook got lost on the way is brought by the next poll, in either direction.',
	async run(scene) {
		const { pair } = scene;
		const fromBooks = 'ada@lovelace-engines.example';
		const fromCrm = 'lise@meitner-physics.example';
		const restore = scene.misbehave({ on: 'delivery', what: 'drop', times: -1 });
		pair.createCompanyInBooks('Lovelace Engines', {
			first_name: 'Ada',
			last_name: 'Lovelace',
			email: fromBooks,
		});
		pair.createInCrm('Contacts', { First_Name: 'Lise', Last_Name: 'Meitner', Email: fromCrm });
		const states = scene.simulator.world.deliveries.log.slice(-2).map(({ state }) => state);
		restore();
		same('both deliveries', states, ['dropped', 'dropped']);
		await scene.eventually(
			'both persons on the other side',
			() => pair.crmContactsWith(fromBooks).length > 0 && pair.personsWith(fromCrm).length > 0,
			() => ({ inCrm: pair.crmContactsWith(fromBooks).length, inBooks: pair.personsWith(fromCrm).length }),
			crmPollTime,
		);
		await scene.quiet();
		only('CRM contacts with the e-mail', pair.crmContactsWith(fromBooks));
		only('Books contact persons with the e-mail', pair.personsWith(fromCrm));
	},
};

export const deliveredTwice: Step = {
	name: 'delivered_twice',
	proves:
		'A customer whose webhook arrives twice, and a contact whose notification does, make one record each.',
	async run(scene) {
		const { pair } = scene;
		const fromBooks = 'niels@bohr-atoms.example';
		const fromCrm = 'emmy@noether-rings.example';
		const count = scene.simulator.world.deliveries.log.length;
		const restore = scene.misbehave({ on: 'delivery', what: 'double', times: -1 });
		pair.createCompanyInBooks('Bohr Atoms', { first_name: 'Niels', last_name: 'Bohr', email: fromBooks });
		pair.createInCrm('Contacts', { First_Name: 'Emmy', Last_Name: 'Noether', Email: fromCrm });
		restore();
		same('deliveries on their way', scene.simulator.world.deliveries.log.length - count, 4);
		await scene.eventually(
			'both persons on the other side',
			() => pair.crmContactsWith(fromBooks).length > 0 && pair.personsWith(fromCrm).length > 0,
			() => ({ inCrm: pair.crmContactsWith(fromBooks).length, inBooks: pair.personsWith(fromCrm).length }),
		);
		await scene.quiet();
		only('CRM contacts with the e-mail', pair.crmContactsWith(fromBooks));
		only('CRM accounts of that name', pair.accountsNamed('Bohr Atoms'));
		only('Books contact persons with the e-mail', pair.personsWith(fromCrm));
	},
};
