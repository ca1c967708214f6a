import { same } from '../scene.mts';
import type { Step } from '../step.mts';

const people = Array.from({ length: 50 }, (_, index) => ({
	n: index + 1,
	email: `crash-${index + 1}@joule-heat.example`,
}));

export const n8nKilled: Step = {
	name: 'n8n_killed',
	proves:
		'n8n killed (kill -9) during a burst of 50 new customers and started again: all 50 are in CRM, each once.',
	async run(scene) {
		const { pair, sandbox } = scene;
		const create = ({ n, email }: (typeof people)[number]) =>
			pair.createCompanyInBooks(`Joule Heat ${n}`, { first_name: 'James', last_name: `Joule ${n}`, email });
		const arrived = () => people.filter(({ email }) => pair.crmContactsWith(email).length > 0).length;

		people.slice(0, 25).forEach(create);
		await scene.eventually('the first ones of the burst in CRM', () => arrived() > 0, arrived);
		people.slice(25).forEach(create);
		await sandbox.n8n.kill();
		const before = arrived();
		if (before === people.length)
			throw new Error('The burst was over before n8n was killed: nothing is proved.');
		await sandbox.n8n.start();
		await sandbox.api.login();

		await scene.eventually(
			'all 50 in CRM',
			() => arrived() === people.length,
			() => ({ before, arrived: arrived() }),
			150_000,
		);
		await scene.quiet(120_000);
		const notOnce = people.filter(
			({ n, email }) =>
				pair.crmContactsWith(email).length !== 1 || pair.accountsNamed(`Joule Heat ${n}`).length !== 1,
		);
		same('persons that are not in CRM exactly once', notOnce, []);
		same(
			'persons in Books',
			people.filter(({ email }) => pair.personsWith(email).length !== 1),
			[],
		);
	},
};
