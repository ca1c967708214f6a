import path from 'node:path';
import { Pair } from '../../sandbox/check/pair.mts';
import { Scene } from '../../sandbox/check/scene.mts';
import { planPair, tenantsOf } from '../../sandbox/launcher/credentials.mts';
import { places } from '../../sandbox/launcher/places.mts';
import { freePort } from '../../sandbox/launcher/ports.mts';
import { startSandbox, type Sandbox } from '../../sandbox/launcher/sandbox.mts';
import { CallBook, type Call } from './callBook.mts';
import type { Outcome } from './figures.mts';
import { stages, type Stage } from './stages.mts';

/** The n8n of the measures lies here. `.sandbox` is ignored by git. */
export const folder = path.join(places.root, '.sandbox', 'bench');
const [booksAt, crmAt] = ['eu', 'in'] as const;
/** Data centre of an organization that the templates have nothing to do with. */
export const peerAt = 'us';

/** One figure of the bench and how it is found: a file each in `measures/`. */
export interface Measure {
	name: string;
	/** One plain sentence: what is counted or timed. */
	tells: string;
	/** For readers of the page: what the calls are for. */
	explains?: string;
	/** The n8n in which it is measured. */
	stage: Stage;
	run(bench: Bench): Promise<Outcome>;
}

/** How many records there are. */
export interface Sizes {
	/** In a burst. */
	records: number;
	/** Customers of a first sync. */
	customers: number;
	/** Customers of the first sync that shows how time and memory grow. */
	many: number;
	/** Single edits whose way is timed. */
	edits: number;
}

/** What the measures act on and look at. */
export class Bench {
	readonly sandbox: Sandbox;
	readonly scene: Scene;
	readonly pair: Pair;
	readonly peer: Pair;
	readonly calls: CallBook;
	readonly sizes: Sizes;
	readonly say: (line: string) => void;
	private readonly done: Map<string, Promise<unknown>>;

	constructor(sandbox: Sandbox, calls: CallBook, sizes: Sizes, done: Map<string, Promise<unknown>>, say: (line: string) => void) {
		this.sandbox = sandbox;
		this.calls = calls;
		this.sizes = sizes;
		this.done = done;
		this.say = say;
		const { simulator } = sandbox;
		this.pair = new Pair(simulator, booksAt, crmAt);
		this.peer = new Pair(simulator, peerAt, peerAt);
		this.scene = new Scene(sandbox, this.pair, this.peer, this.peer);
	}

	/** Milliseconds by Zoho's clock. */
	now(): number {
		return this.sandbox.simulator.world.now();
	}

	/** Calls to the organizations of a pair from entry `since` of the log on. */
	callsOf({ booksAt, crmAt }: Pair, since: number): Call[] {
		return this.calls.since(since, ({ service, location }) => location === (service === 'books' ? booksAt : crmAt));
	}

	/** Does something that several measures look at: the first one that asks has it done. It is kept for later stages. */
	once<T>(what: string, work: () => Promise<T>): Promise<T> {
		const known = this.doneBefore<T>(what) ?? work();
		this.done.set(what, known);
		return known;
	}

	/** What another measure has done; undefined when it was not asked for. */
	doneBefore<T>(what: string): Promise<T> | undefined {
		return this.done.get(what) as Promise<T> | undefined;
	}
}

/** Starts the simulated Zoho and a real n8n with the templates of a stage. */
export async function openBench(
	stage: Stage,
	sizes: Sizes,
	done: Map<string, Promise<unknown>>,
	say: (line: string) => void,
): Promise<Bench> {
	let calls: CallBook | undefined;
	const sandbox = await startSandbox({
		folder,
		port: await freePort(),
		pagePort: await freePort(),
		// The plan with the most calls a day.
		tenants: [...tenantsOf(booksAt, crmAt), ...tenantsOf(peerAt, peerAt)].map(({ books, ...rest }) => ({
			...rest,
			...(books && { books: { ...books, plan: 'ultimate' as const } }),
		})),
		// Nothing else calls this organization, so n8n may have all of its minute, see docs/scaling.md.
		credentials: planPair(booksAt, crmAt).map((plan) => (plan.product === 'books' ? { ...plan, callsPerMinute: 100 } : plan)),
		reset: true,
		// As docs/scaling.md recommends where very many changes come at once.
		settings: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
		// Zoho waits minutes before it sends a webhook again that nobody answered; at once would be a flood that no n8n is ever in.
		switches: { booksRetryDelay: 60_000 },
		...stages[stage],
		prepare(simulator) {
			calls = new CallBook(simulator);
		},
		say,
		warn: say,
	});
	return new Bench(sandbox, calls as unknown as CallBook, sizes, done, say);
}
