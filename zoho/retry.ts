/** When to send a call again: exponential backoff with full jitter, Zoho's own wish obeyed, within a budget of wall-clock time. */

import type { Limits } from './limits';
import type { Surroundings } from './types';

/** Why a call is sent again: the minute is full, too many at once, or Zoho or the network failed. */
export type RetryReason = 'minute' | 'concurrency' | 'fault';

/** Milliseconds: the wait before the n-th retry is drawn from [0, min(longest, first * 2^n)), but at least `least`. */
const pace: Record<RetryReason, { first: number; longest: number; least: number }> = {
	minute: { first: 4_000, longest: 60_000, least: 1_000 },
	concurrency: { first: 1_000, longest: 30_000, least: 100 },
	fault: { first: 1_000, longest: 15_000, least: 100 },
};

/** The retries of one call. Waiting for a turn at the limiter does not count against the budget; failing does. */
export class RetryPlan {
	private readonly surroundings: Surroundings;
	private readonly limits: Pick<Limits, 'rateBudgetMs' | 'faultBudgetMs'>;
	/** When the first failure against each of the two budgets was. */
	private readonly since: { rate?: number; fault?: number } = {};
	private tries = 0;

	constructor(surroundings: Surroundings, limits: Pick<Limits, 'rateBudgetMs' | 'faultBudgetMs'>) {
		this.surroundings = surroundings;
		this.limits = limits;
	}

	/** Milliseconds to wait before the next try; undefined when the budget would be overrun. `asked` is what Zoho asked for. */
	next(reason: RetryReason, asked?: number): number | undefined {
		const { first, longest, least } = pace[reason];
		const jitter = this.surroundings.random() * Math.min(longest, first * 2 ** this.tries);
		const wait = asked === undefined ? Math.max(least, jitter) : asked + Math.min(jitter, first);
		this.tries++;
		const kind = reason === 'fault' ? 'fault' : 'rate';
		const budget = kind === 'fault' ? this.limits.faultBudgetMs : this.limits.rateBudgetMs;
		const now = this.surroundings.now();
		const start = (this.since[kind] ??= now);
		return now + wait - start > budget ? undefined : wait;
	}
}
