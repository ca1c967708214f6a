import { EventEmitter } from 'node:events';
import type { BooksOrg } from './books/org.mts';
import type { CrmOrg } from './crm/org.mts';
import { DeliveryQueue, type Outgoing, type DeliveryMeta } from './deliveries.mts';
import { TokenOffice } from './tokens.mts';
import type { CallEntry, Fault, Location, Switches } from './types.mts';

const defaultSwitches: Switches = {
	tokenLifetime: 3600,
	signatureEncoding: 'hex',
	contactsModifiedFilter: true,
	modifiedFilterInclusive: true,
	searchLag: 0,
	crmTaxPost: true,
	channelLife: 7 * 24 * 3_600_000,
	attachmentLimit: 20 * 1024 * 1024,
	attachmentTitle: 'query',
	bulkTime: 500,
	bulkRowsPerJob: 200_000,
	bulkResultAddress: 'address',
	bulkResultOrder: 'backwards',
	bulkIsoTimes: 'declared',
	coqlIgnoresCase: true,
	deliveryDelay: 0,
	booksPerMinute: 100,
	booksRetryDelay: 1000,
	booksWebhookBody: 'json',
	// The unkind reading: whoever sends a part of an address must not rely on the rest.
	paymentFiresInvoiceRule: false,
	paymentRules: true,
	discountWithTax: false,
	addressReplaces: true,
	personAnswer: 'object',
	latency: 0,
	liveTokens: 10,
};

/** One simulated customer in one data centre. */
export interface Tenant {
	location: Location;
	books?: BooksOrg;
	crm?: CrmOrg;
}

/** A record that was changed, by whoever. For the page's live view. */
export interface RecordChange {
	system: 'books' | 'crm';
	location: Location;
	organization: string;
	collection: string;
	id: string;
	action: 'create' | 'update' | 'delete';
	by: 'api' | 'desk';
}

export interface WorldEvents {
	call: [CallEntry];
	delivery: [DeliveryMeta];
	record: [RecordChange];
	/** A fault that hit something. */
	fault: [Fault];
	reset: [];
}

/** Real time plus whatever was added to it. `skew` is how far Zoho's clock is ahead of the machine's. */
export class Clock {
	#advanced = 0;
	skew = 0;

	/** Epoch milliseconds by Zoho's clock. */
	now(): number {
		return Date.now() + this.#advanced + this.skew;
	}

	advance(milliseconds: number): void {
		this.#advanced += milliseconds;
	}
}

/** Repeatable chance (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** What all simulated servers share: time, chance, ids, tokens, tenants, the log, misbehaviour and outgoing messages. */
export class World {
	clock = new Clock();
	random: () => number;
	switches: Switches;
	tenants: Tenant[] = [];
	log: CallEntry[] = [];
	faults: Fault[] = [];
	readonly tokens: TokenOffice;
	readonly deliveries: DeliveryQueue;
	readonly events = new EventEmitter<WorldEvents>();
	#nextId = 4_876_876_000_000_100_001n;

	constructor(switches: Partial<Switches> = {}, seed = 1) {
		this.switches = { ...defaultSwitches, ...switches };
		this.random = seededRandom(seed);
		this.tokens = new TokenOffice(this);
		this.deliveries = new DeliveryQueue(this);
		this.events.setMaxListeners(0);
	}

	/** Forgets everything but the listeners. Switches return to their defaults first. */
	restart(switches: Partial<Switches> = {}, seed = 1): void {
		this.deliveries.clear();
		this.tokens.clear();
		this.clock = new Clock();
		this.random = seededRandom(seed);
		this.switches = { ...defaultSwitches, ...switches };
		this.tenants = [];
		this.log = [];
		this.faults = [];
		this.#nextId = 4_876_876_000_000_100_001n;
		this.events.emit('reset');
	}

	now(): number {
		return this.clock.now();
	}

	/** A record id: 19 digits, above 2^53, as Zoho's are. */
	newId(): string {
		const id = this.#nextId;
		this.#nextId += 2n;
		return id.toString();
	}

	/** A random token part of hexadecimal digits. */
	newToken(length: number): string {
		return Array.from({ length }, () => Math.floor(this.random() * 16).toString(16)).join('');
	}

	/** Waits as long as a call takes (switch `latency`); at 0 it does not wait at all. */
	async latency(): Promise<void> {
		if (this.switches.latency > 0) await sleep(this.switches.latency);
	}

	record(entry: Omit<CallEntry, 'n' | 'at'>): CallEntry {
		const logged: CallEntry = { n: this.log.length + 1, at: this.now(), ...entry };
		this.log.push(logged);
		this.events.emit('call', logged);
		return logged;
	}

	announce(change: RecordChange): void {
		this.events.emit('record', change);
	}

	/** Puts a webhook or notification into the queue. */
	deliver(
		url: string,
		message: Outgoing,
		meta: Pick<DeliveryMeta, 'service' | 'location' | 'organization' | 'about'>,
	): void {
		this.deliveries.send(url, message, meta);
	}

	/** The first fault that applies, counted down; undefined when everything works. */
	takeFault(
		on: Fault['on'],
		traffic: { service: Fault['service']; path: string; method: string },
	): Fault | undefined {
		for (const fault of this.faults) {
			const { times = 1, chance = 1 } = fault;
			if (fault.on !== on || times === 0) continue;
			if (fault.service && fault.service !== traffic.service) continue;
			if (fault.method && fault.method.toUpperCase() !== traffic.method) continue;
			if (fault.path && !traffic.path.includes(fault.path)) continue;
			if (chance < 1 && this.random() >= chance) continue;
			if (times > 0) fault.times = times - 1;
			this.events.emit('fault', { ...fault });
			return { ...fault };
		}
		return undefined;
	}

	/** The tenant that holds this Books organization or CRM org; without an id the first one of the data centre. */
	tenantOf(
		system: 'books',
		location: Location,
		organization?: string,
	): (Tenant & { books: BooksOrg }) | undefined;
	tenantOf(system: 'crm', location: Location, organization?: string): (Tenant & { crm: CrmOrg }) | undefined;
	tenantOf(system: 'books' | 'crm', location: Location, organization?: string): Tenant | undefined {
		return this.tenants.find((tenant) => {
			const id = system === 'books' ? tenant.books?.organizationId : tenant.crm?.zgid;
			return (
				tenant.location === location &&
				id !== undefined &&
				(organization === undefined || id === organization)
			);
		});
	}
}

export function sleep(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
