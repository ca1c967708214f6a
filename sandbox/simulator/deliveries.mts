import axios from 'axios';
import type { Fault, Location, Switches } from './types.mts';

export interface Outgoing {
	method?: string;
	headers: Record<string, string>;
	/** Sent as it is: signatures are over these very characters. */
	body: string;
}

/** One line of the delivery log. */
export interface DeliveryMeta {
	n: number;
	at: number;
	service: 'books' | 'crm';
	location: Location;
	organization: string;
	/** What it tells of: `contact 4876… edit`, `Contacts 4876… update`. */
	about: string;
	url: string;
	state: 'waiting' | 'delivered' | 'failed' | 'dropped';
	attempts: number;
	/** HTTP status of the last attempt, or why there was none. */
	answer?: number | string;
	body: string;
}

interface Surroundings {
	now(): number;
	readonly switches: Pick<Switches, 'deliveryDelay' | 'booksRetryDelay'>;
	readonly events: { emit(name: 'delivery', entry: DeliveryMeta): boolean };
	takeFault(
		on: 'delivery',
		traffic: { service: 'books' | 'crm'; path: string; method: string },
	): Fault | undefined;
}

interface Held {
	go(): void;
	/** Sends it when nothing follows. */
	timer: NodeJS.Timeout;
}

/** Zoho waits ten seconds for an answer to a webhook. */
const answerTimeout = 10_000;
/** A Books webhook that is not answered 2xx: the first attempt and five more. CRM notifications are not repeated. */
const mostAttempts = { books: 6, crm: 1 } as const;
/** A delivery that waits to be overtaken goes on its way after this time when nothing follows. */
const overtakingPatience = 2000;

/**
 * Outgoing webhooks and notifications. Books tries again after an answer that is not 2xx, CRM sends once. Faults drop, double, delay or
 * reorder them.
 */
export class DeliveryQueue {
	log: DeliveryMeta[] = [];
	readonly #world: Surroundings;
	readonly #timers = new Set<NodeJS.Timeout>();
	readonly #running = new Set<Promise<void>>();
	#held: Held[] = [];
	#era = 0;

	constructor(world: Surroundings) {
		this.#world = world;
	}

	/** Forgets what is under way; nothing is sent any more. */
	clear(): void {
		this.#era++;
		for (const timer of this.#timers) clearTimeout(timer);
		this.#timers.clear();
		this.#held = [];
		this.#running.clear();
		this.log = [];
	}

	/** Resolves when nothing is waiting or under way. */
	async settled(): Promise<void> {
		while (this.#timers.size > 0 || this.#running.size > 0) {
			await Promise.allSettled(this.#running);
			if (this.#timers.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
		}
	}

	send(
		url: string,
		message: Outgoing,
		meta: Pick<DeliveryMeta, 'service' | 'location' | 'organization' | 'about'>,
	): void {
		const fault = this.#world.takeFault('delivery', {
			service: meta.service,
			path: url,
			method: message.method ?? 'POST',
		});
		const overtaken = this.#held;
		this.#held = [];
		const firstAttempts: Array<Promise<void>> = [];
		for (let copy = 0; copy < (fault?.what === 'double' ? 2 : 1); copy++) {
			const entry: DeliveryMeta = {
				...meta,
				n: this.log.length + 1,
				at: this.#world.now(),
				url,
				state: 'waiting',
				attempts: 0,
				body: message.body,
			};
			this.log.push(entry);
			firstAttempts.push(this.#dispatch(entry, message, fault));
		}
		this.#letGo(overtaken, firstAttempts);
	}

	/** Sends what waited to be overtaken, once that which overtakes it has arrived. */
	#letGo(overtaken: Held[], overtaking: Array<Promise<void>>): void {
		if (overtaken.length === 0) return;
		const era = this.#era;
		for (const { timer } of overtaken) {
			clearTimeout(timer);
			this.#timers.delete(timer);
		}
		const turn = Promise.all(overtaking).then(() => {
			if (era === this.#era) for (const held of overtaken) held.go();
		});
		this.#running.add(turn);
		void turn.finally(() => this.#running.delete(turn));
	}

	/** Resolves after the first attempt, or at once when there will be none. */
	#dispatch(entry: DeliveryMeta, message: Outgoing, fault: Fault | undefined): Promise<void> {
		if (fault?.what === 'drop') {
			this.#done(entry, 'dropped');
			return Promise.resolve();
		}
		return new Promise((resolve) => {
			const go = () => void this.#attempt(entry, message).then(resolve);
			if (fault?.what === 'reorder') this.#hold(go);
			else
				this.#later(
					this.#world.switches.deliveryDelay + (fault?.what === 'delay' ? (fault.delay ?? 0) : 0),
					go,
				);
		});
	}

	#hold(go: () => void): void {
		const timer = this.#later(overtakingPatience, () => {
			this.#held = this.#held.filter((held) => held.timer !== timer);
			go();
		});
		this.#held.push({ go, timer });
	}

	#later(milliseconds: number, action: () => void): NodeJS.Timeout {
		const timer = setTimeout(() => {
			this.#timers.delete(timer);
			action();
		}, milliseconds);
		this.#timers.add(timer);
		return timer;
	}

	#attempt(entry: DeliveryMeta, message: Outgoing): Promise<void> {
		const era = this.#era;
		const run = this.#post(entry, message).then((fine) => {
			if (era !== this.#era) return;
			const most = mostAttempts[entry.service];
			if (fine) this.#done(entry, 'delivered');
			else if (entry.attempts >= most) this.#done(entry, 'failed');
			else {
				this.#world.events.emit('delivery', { ...entry });
				this.#later(this.#world.switches.booksRetryDelay * 2 ** (entry.attempts - 1), () =>
					this.#attempt(entry, message),
				);
			}
		});
		this.#running.add(run);
		void run.finally(() => this.#running.delete(run));
		return run;
	}

	async #post(entry: DeliveryMeta, message: Outgoing): Promise<boolean> {
		entry.attempts++;
		try {
			const { status } = await axios.request<string>({
				url: entry.url,
				method: message.method ?? 'POST',
				headers: message.headers,
				data: message.body,
				// Notify URLs are ours to reach, never a host behind the intercepting proxy.
				proxy: false,
				maxRedirects: 0,
				timeout: answerTimeout,
				responseType: 'text',
				validateStatus: () => true,
				transformRequest: (data: string) => data,
			});
			entry.answer = status;
			return status >= 200 && status < 300;
		} catch (error) {
			entry.answer = axios.isAxiosError(error) ? (error.code ?? 'network error') : String(error);
			return false;
		}
	}

	#done(entry: DeliveryMeta, state: DeliveryMeta['state']): void {
		entry.state = state;
		this.#world.events.emit('delivery', { ...entry });
	}
}
