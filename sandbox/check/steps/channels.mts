import { textAt } from '../pair.mts';
import { holds, only, crmPollTime, same, type Scene } from '../scene.mts';
import type { Step } from '../step.mts';

/** Long enough to be asked for between two polls, too short to live through two of them. */
const shortLife = 100_000;

function book(scene: Scene) {
	const org = scene.simulator.world.tenantOf('crm', scene.pair.crmAt)?.crm;
	holds('a CRM org', org !== undefined);
	return org.channels;
}

/** Ends the channel of Contacts before its time; the other templates keep theirs. Answers how many there were. */
function lapse(scene: Scene): number {
	const channels = book(scene)
		.live()
		.filter(({ subscriptions }) => subscriptions.has('Contacts'));
	return channels.reduce((count, { id }) => count + book(scene).lapse(id), 0);
}

/** When CRM will stop to notify us of Contacts (epoch milliseconds); undefined when it does not notify us now. */
function expiry(scene: Scene): number | undefined {
	const ends = book(scene)
		.live()
		.map((channel) => channel.subscriptions.get('Contacts')?.expiry ?? 0);
	return ends.length > 0 && Math.max(...ends) > 0 ? Math.max(...ends) : undefined;
}

export const channelLapsed: Step = {
	name: 'channel_lapsed',
	proves:
		'When the notification channel lapsed unseen, polling brings what was missed and enables the channel again.',
	async run(scene) {
		const { pair } = scene;
		const email = 'sofia@kovalevskaya-waves.example';
		scene.switches.channelLife = shortLife; // What Zoho grants from here on: the next step lives on it.
		const lapsed = lapse(scene);
		holds('a channel that could lapse', lapsed > 0);
		const contact = pair.createInCrm('Contacts', {
			First_Name: 'Sofia',
			Last_Name: 'Kovalevskaya',
			Email: email,
		});
		await scene.eventually(
			'the missed contact in Books, and a channel',
			() => pair.personsWith(email).length > 0 && expiry(scene) !== undefined,
			() => ({ inBooks: pair.personsWith(email).length, channels: book(scene).live().length }),
			crmPollTime,
		);
		await scene.quiet();

		const deliveries = scene.simulator.world.deliveries.log.length;
		pair.updateInCrm('Contacts', String(contact.id), { Phone: '+46 8 9000009' });
		const told = scene.simulator.world.deliveries.log.slice(deliveries);
		holds('a notification through the new channel', told.length > 0, told);
		await scene.eventually(
			'the new phone in Books',
			() => textAt(pair.personsWith(email)[0], 'phone') === '+46 8 9000009',
			() => pair.personsWith(email),
		);
		only('Books contact persons with the e-mail', pair.personsWith(email));
	},
};

export const channelRenewed: Step = {
	name: 'channel_renewed',
	proves: 'A channel that Zoho granted for a short time only is renewed before it lapses.',
	async run(scene) {
		scene.switches.channelLife = shortLife;
		const now = () => scene.simulator.world.now();
		const present = expiry(scene);
		if (present === undefined || present > now() + shortLife) {
			lapse(scene);
			await scene.eventually(
				'a channel',
				() => expiry(scene) !== undefined,
				() => book(scene).live().length,
				crmPollTime,
			);
		}
		const first = expiry(scene) ?? 0;
		const since = scene.log.length;
		let gaps = 0;
		await scene.eventually(
			'a later expiry of the channel',
			() => {
				const current = expiry(scene);
				if (current === undefined) gaps++;
				return current !== undefined && current > first;
			},
			() => ({ expired: gaps > 0, left: (expiry(scene) ?? 0) - now() }),
			crmPollTime,
		);
		same('moments without a channel', gaps, 0);
		const renewals = scene.calls(since, 'crm').filter(({ path }) => path.endsWith('/actions/watch'));
		holds(
			'a call that renewed it',
			renewals.some(({ method, status }) => method !== 'GET' && status === 200),
			renewals,
		);
		scene.switches.channelLife = 7 * 24 * 3_600_000;
	},
};
