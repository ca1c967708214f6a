import { same } from '../../sandbox/check/scene.mts';
import type { Step } from '../../sandbox/check/step.mts';
import { LaunchError } from '../../sandbox/launcher/failure.mts';
import { isCluster } from '../../sandbox/launcher/runningN8n.mts';
import { waitFor } from '../../sandbox/launcher/wait.mts';

const people = Array.from({ length: 40 }, (_, index) => ({
	n: index + 1,
	email: `worker-${index + 1}@hertz-radio.example`,
}));

/** n8n does not repeat what a killed worker was doing; the triggers' polls bring it again. */
export const workerKilled: Step = {
	name: 'worker_killed',
	proves: 'A worker killed (kill -9) during a burst of 40 new customers: all 40 are in CRM, each once, before it is started again.',
	async run(scene) {
		const { pair, sandbox } = scene;
		const { n8n } = sandbox;
		if (!isCluster(n8n)) throw new LaunchError('This step needs queue mode.');
		const create = ({ n, email }: (typeof people)[number]) =>
			pair.createCompanyInBooks(`Hertz Radio ${n}`, { first_name: 'Heinrich', last_name: `Hertz ${n}`, email });
		const arrived = () => people.filter(({ email }) => pair.crmContactsWith(email).length > 0).length;

		const since = await scene.lastExecution();
		people.forEach(create);
		// The burst is one execution.
		const busy = await waitFor(
			'a worker to be busy with the burst',
			async () => {
				const begun = (await scene.executionsAfter(since)).length;
				const worker = n8n.busyWorker();
				return begun > 0 && worker !== undefined && { worker };
			},
			{ interval: 20, abort: () => n8n.demandRunning() },
		);
		await n8n.killWorker(busy.worker);
		const before = arrived();
		if (before === people.length) throw new LaunchError('The burst was over before the worker was killed: nothing is proved.');

		await scene.eventually(
			'all 40 in CRM',
			() => arrived() === people.length,
			() => ({ before, arrived: arrived() }),
			150_000,
		);
		await n8n.restartWorker(busy.worker);
		await scene.quiet(180_000);
		const notOnce = people.filter(
			({ n, email }) => pair.crmContactsWith(email).length !== 1 || pair.accountsNamed(`Hertz Radio ${n}`).length !== 1,
		);
		same('persons that are not in CRM exactly once', notOnce, []);
	},
};
