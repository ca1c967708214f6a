import { same, type Scene } from '../../sandbox/check/scene.mts';
import type { Step } from '../../sandbox/check/step.mts';
import { LaunchError } from '../../sandbox/launcher/failure.mts';
import { isCluster } from '../../sandbox/launcher/runningN8n.mts';
import { waitFor } from '../../sandbox/launcher/wait.mts';

const customers = 40;

/** Customers named after `company`, all typed into Books at once; the worker that has them is killed. They are all to come to CRM, each once. */
async function killWithBurst(scene: Scene, company: string, patience: number): Promise<void> {
	const { pair, sandbox } = scene;
	const { n8n } = sandbox;
	if (!isCluster(n8n)) throw new LaunchError('This step needs queue mode.');
	const people = Array.from({ length: customers }, (_, index) => ({
		name: `${company} ${index + 1}`,
		email: `worker-${index + 1}@${company.toLowerCase().replace(' ', '-')}.example`,
	}));
	const arrived = () => people.filter(({ email }) => pair.crmContactsWith(email).length > 0).length;

	const since = await scene.lastExecution();
	for (const { name, email } of people) pair.createCompanyInBooks(name, { first_name: 'Heinrich', last_name: name, email });
	// The burst is one execution.
	const busy = await waitFor(
		'a worker to be busy with the burst',
		async () => {
			const begun = (await scene.executionsAfter(since)).length;
			const worker = n8n.busyWorker();
			return begun > 0 && worker !== undefined && { worker };
		},
		{ interval: 20, timeout: 90_000, abort: () => n8n.demandRunning() },
	);
	await n8n.killWorker(busy.worker);
	const before = arrived();
	if (before === customers) throw new LaunchError('The burst was over before the worker was killed: nothing is proved.');

	await scene.eventually(
		`all ${customers} in CRM`,
		() => arrived() === customers,
		() => ({ before, arrived: arrived() }),
		patience,
	);
	await n8n.restartWorker(busy.worker);
	await scene.quiet(180_000);
	const notOnce = people.filter(({ name, email }) => pair.crmContactsWith(email).length !== 1 || pair.accountsNamed(name).length !== 1);
	same('persons that are not in CRM exactly once', notOnce, []);
}

/** n8n does not repeat what a killed worker was doing; the triggers' polls bring it again. */
export const workerKilled: Step = {
	name: 'worker_killed',
	proves: `A worker killed (kill -9) during a burst of ${customers} new customers: all are in CRM, each once, before it is started again.`,
	run: (scene) => killWithBurst(scene, 'Hertz Radio', 150_000),
};

/** The cursor of the trigger is past what a poll has brought. n8n says after a minute or so that the execution has ended with its worker. */
export const workerKilledWithPoll: Step = {
	name: 'worker_killed_with_poll',
	proves: `The same where no delivery told of them, and the worker was killed with what the poll had brought: all ${customers} are in CRM, each once.`,
	async run(scene) {
		const restore = scene.misbehave({ on: 'delivery', what: 'drop', times: -1 });
		try {
			await killWithBurst(scene, 'Faraday Cages', 300_000);
		} finally {
			restore();
		}
	},
};
