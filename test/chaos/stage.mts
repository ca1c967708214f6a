import path from 'node:path';
import { Pair } from '../../sandbox/check/pair.mts';
import { Scene } from '../../sandbox/check/scene.mts';
import { planPair, tenantsOf } from '../../sandbox/launcher/credentials.mts';
import type { WorkflowNode } from '../../sandbox/launcher/n8nApi.mts';
import { places } from '../../sandbox/launcher/places.mts';
import { freePort } from '../../sandbox/launcher/ports.mts';
import { startSandbox } from '../../sandbox/launcher/sandbox.mts';
import { contactTemplates, moneyTemplates, setUpTemplate } from '../../sandbox/launcher/templateList.mts';
import { FaultCount } from './faultCount.mts';
import { keepSent, type Sent } from './sent.mts';

/** Scripts that were shortened, and the n8n of the runs, lie here. `.sandbox` is ignored by git. */
export const chaosFolder = path.join(places.root, '.sandbox', 'chaos');

const [booksAt, crmAt] = ['eu', 'in'] as const;

/** Seconds of each minute at which a template polls. n8n takes one poll a minute per line, and as many lines as a user adds. */
const pollSeconds = [0, 20, 40];
/** Milliseconds in which every template has polled. */
export const pollRound = 20_000;

/** Milliseconds by which Zoho's clock is behind the machine's when a run starts. From there it only moves ahead. */
const initialSkew = -150_000;

/** Minutes. Long enough for the longest execution of a chaos run; the default would read all seeds of half an hour anew. */
const startLookBack = 4;

const { items, products, invoices, payments, dealWon } = moneyTemplates;
const peopleFiles: readonly string[] = [setUpTemplate, ...Object.values(contactTemplates)];
const moneyFiles: readonly string[] = [items, products, invoices, payments, dealWon];

/** Lets a trigger poll several times a minute, each template at seconds of its own; otherwise the templates run as they are. */
function editTrigger(files: readonly string[]) {
	return (node: WorkflowNode, file: string): WorkflowNode => {
		if (!node.parameters?.pollTimes) return node;
		const shift = files.indexOf(file) * 2;
		const item = pollSeconds.map((second) => ({
			mode: 'custom',
			cronExpression: `${second + shift} * * * * *`,
		}));
		const options = { ...(node.parameters.options as object | undefined), startLookBack };
		return { ...node, parameters: { ...node.parameters, pollTimes: { item }, options } };
	};
}

const workers = 2;
/** Books calls a minute for each process, as docs/scaling.md tells to set it: the workers, and the main process, which polls. */
const share = Math.floor(95 / (workers + 1));

export interface StageOptions {
	money: boolean;
	queue: boolean;
	/** Name of the folder, so that a replay does not touch the run it comes from. */
	name: string;
	say(line: string): void;
}

export interface Stage {
	scene: Scene;
	pair: Pair;
	faults: FaultCount;
	/** What n8n has written to Zoho. */
	sent: readonly Sent[];
	money: boolean;
	/** When n8n, or a worker of it, was started again after a kill, epoch milliseconds by Zoho's clock. */
	starts: number[];
	stop(): Promise<void>;
}

/** Starts the simulated Zoho and a real n8n with the real templates. */
export async function openStage({ money, queue, name, say }: StageOptions): Promise<Stage> {
	const files = money ? [...peopleFiles, ...moneyFiles] : peopleFiles;
	let sent: readonly Sent[] = [];
	const sandbox = await startSandbox({
		folder: path.join(chaosFolder, name),
		port: await freePort(),
		pagePort: await freePort(),
		// The plan with the most calls a day: 2,000 acts need more than the 5,000 of the default one.
		tenants: tenantsOf(booksAt, crmAt).map(({ books, ...rest }) => ({
			...rest,
			...(books && { books: { ...books, plan: 'ultimate' as const } }),
		})),
		credentials: planPair(booksAt, crmAt).map((plan) => ({ ...plan, ...(queue && { callsPerMinute: share }) })),
		reset: true,
		files,
		edit: editTrigger(files),
		...(queue && { queue: { workers } }),
		prepare(simulator) {
			simulator.world.clock.skew = initialSkew;
			sent = keepSent(simulator);
		},
		say,
		warn: say,
	});
	const pair = new Pair(sandbox.simulator, booksAt, crmAt);
	const faults = new FaultCount(sandbox.simulator.world);
	return { scene: new Scene(sandbox, pair, pair, pair), pair, faults, sent, money, starts: [], stop: sandbox.stop };
}
