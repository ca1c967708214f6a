/** Keeps the calls of one organization (or one CRM credential) within what Zoho allows, first come, first served. */

import type { Surroundings } from './types';

export interface LimiterOptions {
	/** Calls that may reach Zoho in any window; Infinity for none. */
	callsPerWindow: number;
	/** Milliseconds. */
	window: number;
}

interface Waiter {
	ticket: number;
	callsInFlight: number;
	go(): void;
	fail(reason: unknown): void;
}

/** How much of what it had in the window a process keeps when Zoho refuses. */
const keep = 0.7;
/** What part of its limit a process takes back in each window without a refusal. */
const regain = 0.2;
/** What part of its limit a process keeps in any case: a refusal that has another reason must not slow it down for long. */
const least = 0.25;

/**
 * A sliding window and a cap on calls under way. A call counts from the moment it is sent until a full window after its answer: it may have
 * reached Zoho at any moment in between, so only this keeps the number that Zoho sees in any window at or below the limit.
 *
 * Zoho counts per organization, over all processes, and tells nobody how many calls of the minute are left (its `x-rate-limit-*` headers are
 * the day's). So where several processes share an organization each finds its part by what Zoho refuses: less after a refusal, by a
 * factor, and slowly more while there is none. Those who use most are refused most, which makes the parts even.
 */
export class Limiter {
	/** Whether few calls of the day were left at the last answer; kept here so that it is told once. */
	quotaIsLow = false;
	private callsPerWindow: number;
	private readonly window: number;
	/** What Zoho's last refusal left of `callsPerWindow`, and since when it has grown again. */
	private learned: { room: number; at: number } | undefined;
	private readonly clock: Pick<Surroundings, 'now' | 'sleep'>;
	/** Times of the answers of the last window, oldest first. */
	private answered: number[] = [];
	private inFlight = 0;
	private pausedUntil = 0;
	private lastSeen = 0;
	private tickets = 0;
	private readonly queue: Waiter[] = [];
	private sleeping = false;

	constructor(options: LimiterOptions, clock: Pick<Surroundings, 'now' | 'sleep'>) {
		this.callsPerWindow = options.callsPerWindow;
		this.window = options.window;
		this.clock = clock;
	}

	/** Calls that may reach Zoho in a window now: the limit, or what is known to be left of it. */
	get room(): number {
		if (!this.learned) return this.callsPerWindow;
		const windows = Math.floor((this.now() - this.learned.at) / this.window);
		return Math.min(this.callsPerWindow, this.learned.room + Math.floor(windows * regain * this.callsPerWindow));
	}

	/** Another limit from now on: the user has changed it. */
	limitTo(callsPerWindow: number): void {
		this.callsPerWindow = callsPerWindow;
	}

	/**
	 * Zoho has just refused a call because the window is full, although this process kept to its part: others use the rest. Lets nobody go for
	 * `milliseconds`. What Zoho refuses while nobody may go was sent before, and tells nothing new.
	 */
	refused(milliseconds: number): void {
		const now = this.now();
		// Zoho does not count what it refuses.
		this.answered.pop();
		if (now >= this.pausedUntil && Number.isFinite(this.callsPerWindow)) {
			const used = Math.min(this.answered.length + this.inFlight, this.room);
			this.learned = { room: Math.max(Math.ceil(least * this.callsPerWindow), Math.floor(keep * used)), at: now };
		}
		this.pause(milliseconds);
	}

	/** A place in the queue. A call that has to be sent again keeps its place. */
	ticket(): number {
		return this.tickets++;
	}

	/** Runs `work` when it is this ticket's turn and fewer than `callsInFlight` calls are under way. */
	async run<T>(ticket: number, callsInFlight: number, work: () => Promise<T>): Promise<T> {
		await new Promise<void>((go, fail) => {
			const place = this.queue.findIndex((waiter) => waiter.ticket > ticket);
			this.queue.splice(place < 0 ? this.queue.length : place, 0, { ticket, callsInFlight, go, fail });
			this.serve();
		});
		try {
			return await work();
		} finally {
			this.inFlight--;
			if (Number.isFinite(this.callsPerWindow)) this.answered.push(this.now());
			this.serve();
		}
	}

	/** Lets nobody go for a while: Zoho said that the budget, which other processes may share, is used up. */
	pause(milliseconds: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, this.now() + milliseconds);
	}

	/** Everything is relative to the clock; when that is set back, the memory is set back with it. */
	private now(): number {
		const now = this.clock.now();
		const back = this.lastSeen - now;
		if (back > 0) {
			this.answered = this.answered.map((time) => time - back);
			this.pausedUntil -= back;
			if (this.learned) this.learned.at -= back;
		}
		this.lastSeen = now;
		return now;
	}

	/** Milliseconds until the window has room; undefined when only the end of a call under way can make room. */
	private wait(): number | undefined {
		const now = this.now();
		const gone = this.answered.findIndex((time) => time > now - this.window);
		this.answered.splice(0, gone < 0 ? this.answered.length : gone);
		const paused = Math.max(0, this.pausedUntil - now);
		const excess = this.inFlight + this.answered.length - this.room;
		if (excess < 0) return paused;
		// Room comes when so many have left the window; where too few are in it, when a call under way ends.
		const last = this.answered[excess] ?? this.answered.at(-1);
		return last === undefined ? undefined : Math.max(paused, last + this.window - now);
	}

	private serve(): void {
		while (!this.sleeping) {
			const first = this.queue[0];
			if (!first || this.inFlight >= first.callsInFlight) return;
			const wait = this.wait();
			if (wait === undefined) return;
			if (wait > 0) {
				this.rest(wait);
				return;
			}
			this.queue.shift();
			this.inFlight++;
			first.go();
		}
	}

	private rest(wait: number): void {
		this.sleeping = true;
		this.clock.sleep(wait).then(
			() => {
				this.sleeping = false;
				this.serve();
			},
			(reason: unknown) => {
				this.sleeping = false;
				for (const waiter of this.queue.splice(0)) waiter.fail(reason);
			},
		);
	}
}
