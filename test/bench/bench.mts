import path from 'node:path';
import { Pair } from '../../sandbox/check/pair.mts';
import { Scene } from '../../sandbox/check/scene.mts';
import { planPair, tenantsOf } from '../../sandbox/launcher/credentials.mts';
import { places } from '../../sandbox/launcher/places.mts';
import { freePort } from '../../sandbox/launcher/ports.mts';
import { startSandbox, type Sandbox } from '../../sandbox/launcher/sandbox.mts';
import { contactTemplates, setUpTemplate } from '../../sandbox/launcher/templateList.mts';
import { CallBook } from './callBook.mts';
import type { Outcome } from './figures.mts';

/** The n8n of the measures lies here. `.sandbox` is ignored by git. */
const folder = path.join(places.root, '.sandbox', 'bench');
const [booksAt, crmAt] = ['eu', 'in'] as const;
/** Data centre of an organization that the templates have nothing to do with. */
export const peerAt = 'us';

/** One figure of the bench and how it is found: a file each in `measures/`. */
export interface Measure {
	name: string;
	/** One plain sentence: what is counted or timed. */
	tells: string;
	run(bench: Bench): Promise<Outcome>;
}

/** What the measures act on and look at. */
export class Bench {
	readonly sandbox: Sandbox;
	readonly scene: Scene;
	readonly pair: Pair;
	readonly peer: Pair;
	readonly calls: CallBook;
	/** Records in a burst. */
	readonly records: number;
	readonly say: (line: string) => void;
	private readonly done = new Map<string, Promise<unknown>>();

	constructor(sandbox: Sandbox, calls: CallBook, records: number, say: (line: string) => void) {
		this.sandbox = sandbox;
		this.calls = calls;
		this.records = records;
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

	/** Does something that several measures look at: the first one that asks has it done. */
	once<T>(what: string, work: () => Promise<T>): Promise<T> {
		const known = (this.done.get(what) as Promise<T> | undefined) ?? work();
		this.done.set(what, known);
		return known;
	}
}

/** Starts the simulated Zoho and a real n8n with the templates for contacts, as they are shipped. */
export async function openBench(records: number, say: (line: string) => void): Promise<Bench> {
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
		credentials: planPair(booksAt, crmAt),
		reset: true,
		files: [setUpTemplate, ...Object.values(contactTemplates)],
		prepare(simulator) {
			calls = new CallBook(simulator);
		},
		say,
		warn: say,
	});
	return new Bench(sandbox, calls as unknown as CallBook, records, say);
}
