import { refuse } from './errors.mts';
import type { Edition } from './modules.mts';

/** Credits per rolling 24 hours and calls at once, https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html */
const limits: Record<Edition, { credits: number; perUser: number; most: number; atOnce: number }> = {
	free: { credits: 5000, perUser: 0, most: 5000, atOnce: 5 },
	standard: { credits: 50_000, perUser: 250, most: 100_000, atOnce: 10 },
	professional: { credits: 50_000, perUser: 500, most: 3_000_000, atOnce: 15 },
	enterprise: { credits: 50_000, perUser: 1000, most: 5_000_000, atOnce: 20 },
	ultimate: { credits: 50_000, perUser: 2000, most: Infinity, atOnce: 25 },
};

/** Lists with cvid or sort_by, writes of more than 10 records, COQL and the like, in all editions. */
const heavyAtOnce = 10;
const day = 24 * 3_600_000;

const message =
	'Number of API requests for the 24 hour period is exceeded or the concurrency limit of the user for the app is exceeded';
const tooMany = (): never => refuse(429, 'TOO_MANY_REQUESTS', message);

/** Counts an org's credits and the calls in progress. */
export class Budget {
	readonly total: number;
	readonly #atOnce: number;
	#spent: Array<{ at: number; credits: number }> = [];
	#used = 0;
	#running = 0;
	#runningHeavy = 0;

	constructor(edition: Edition, users: number) {
		const { credits, perUser, most, atOnce } = limits[edition];
		this.total = Math.min(credits + perUser * users, most);
		this.#atOnce = atOnce;
	}

	/** Takes the credits of a call, or answers 429 when they are used up. */
	spend(credits: number, now: number): void {
		const forgotten = this.#spent.findIndex((entry) => entry.at > now - day);
		for (const old of this.#spent.splice(0, forgotten < 0 ? this.#spent.length : forgotten))
			this.#used -= old.credits;
		if (this.#used + credits > this.total) tooMany();
		const last = this.#spent.at(-1);
		// One entry per minute is exact enough and keeps the list short.
		if (last && now - last.at < 60_000) last.credits += credits;
		else this.#spent.push({ at: now, credits });
		this.#used += credits;
	}

	/** `X-API-CREDITS-REMAINING`, which Zoho sends only once half of them are used. */
	get remaining(): number | undefined {
		return this.#used * 2 >= this.total ? this.total - this.#used : undefined;
	}

	/** Enters a call; the function that is returned leaves it. Answers 429 when too many are in progress. */
	enter(heavy: boolean): () => void {
		if (this.#running >= this.#atOnce || (heavy && this.#runningHeavy >= heavyAtOnce)) tooMany();
		this.#running++;
		if (heavy) this.#runningHeavy++;
		return () => {
			this.#running--;
			if (heavy) this.#runningHeavy--;
		};
	}
}
