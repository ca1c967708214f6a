import { booksLimitMessages, dailyLimitMessage } from '../faults.mts';
import { refuse } from './errors.mts';
import { booksDate, secondsToMidnight } from './times.mts';

export type Plan = 'free' | 'standard' | 'professional' | 'premium' | 'elite' | 'ultimate';

/** Calls per day and at once, https://www.zoho.com/books/api/v3/introduction */
const callsPerDay: Record<Plan, number> = {
	free: 1000,
	standard: 2000,
	professional: 5000,
	premium: 10_000,
	elite: 10_000,
	ultimate: 10_000,
};
const atOnce = (plan: Plan) => (plan === 'free' ? 5 : 10);
const minute = 60_000;

/** The three limits of one organization. */
export class Limits {
	readonly perDay: number;
	readonly #plan: Plan;
	readonly #timeZone: string;
	#lastMinute: number[] = [];
	#day = '';
	#today = 0;
	#inFlight = 0;

	constructor(plan: Plan, timeZone: string) {
		this.#plan = plan;
		this.#timeZone = timeZone;
		this.perDay = callsPerDay[plan];
	}

	/** Enters a call; the function that is returned leaves it. Answers 429 when one of the limits is reached. */
	enter(now: number, perMinute: number): () => void {
		const day = booksDate(now, this.#timeZone);
		if (day !== this.#day) this.#today = 0;
		this.#day = day;
		if (this.#today >= this.perDay) refuse(429, 45, dailyLimitMessage(this.perDay));
		this.#lastMinute = this.#lastMinute.filter((at) => at > now - minute);
		if (this.#lastMinute.length >= perMinute) refuse(429, 44, booksLimitMessages[44]);
		if (this.#inFlight >= atOnce(this.#plan)) refuse(429, 1070, booksLimitMessages[1070]);
		this.#today++;
		this.#lastMinute.push(now);
		this.#inFlight++;
		return () => {
			this.#inFlight--;
		};
	}

	/** Uses up calls of the day, as other applications would. */
	spend(calls: number, now: number): void {
		this.#day = booksDate(now, this.#timeZone);
		this.#today = Math.min(this.perDay, this.#today + calls);
	}

	/** The day's counters; the minute has no headers. */
	headers(now: number): Record<string, string> {
		return {
			'x-rate-limit-limit': String(this.perDay),
			'x-rate-limit-remaining': String(Math.max(0, this.perDay - this.#today)),
			'x-rate-limit-reset': String(secondsToMidnight(now, this.#timeZone)),
		};
	}
}
