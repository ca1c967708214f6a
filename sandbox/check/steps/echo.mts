import { isHousekeeping } from '../polls.mts';
import { describe, holds, same } from '../scene.mts';
import type { Step } from '../step.mts';
import { contactNow, linkedPerson } from './linkedPerson.mts';

export const echo: Step = {
	name: 'echo_books_calls',
	proves: 'Our own write to CRM comes back as a notification and costs no Books call.',
	async run(scene) {
		const { pair } = scene;
		const who = await linkedPerson(scene, 'Euler Bridges', 'leonhard@euler-bridges.example');
		// A poll reads what changed lately from Books; it is no answer to the echo.
		await scene.afterPoll();
		const last = await scene.lastExecution();
		const deliveries = scene.simulator.world.deliveries.log.length;
		pair.updateInBooks('contactpersons', who.personId, { phone: '+41 61 5000005' });
		await scene.eventually(
			'the new phone in CRM',
			() => contactNow(pair, who).Phone === '+41 61 5000005',
			() => contactNow(pair, who),
		);
		const written = scene.log.findLastIndex(({ service, kind }) => service === 'crm' && kind === 'write') + 1;
		await scene.quiet();

		const echoes = scene.simulator.world.deliveries.log
			.slice(deliveries)
			.filter(({ service }) => service === 'crm');
		holds(
			'an echo from CRM',
			echoes.some(({ about }) => about.startsWith('Contacts')),
			echoes,
		);
		const runs = await scene.executionsAfter(last, scene.template('crm').id);
		holds(
			'an execution for the echo',
			runs.length > 0 && runs.every(({ status }) => status === 'success'),
			runs,
		);
		const calls = scene.calls(written, 'books').filter((call) => !isHousekeeping(call));
		same('Books calls after the write to CRM', calls.map(describe), []);
		return written;
	},
};
