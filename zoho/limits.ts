/** The guards that all calls of a process share, and how patient a call is. */

import { Limiter } from './limiter';
import { TokenCare } from './token';
import type { Connection, Surroundings } from './types';

/** See `LimitOptions`. */
export const defaultCallsPerMinute = 95;

/** How many calls a minute this process may send to Books by itself. */
export const callsPerMinuteOf = ({ callsPerMinute = defaultCallsPerMinute }: Pick<Connection, 'callsPerMinute'>): number => callsPerMinute;

export interface LimitOptions {
	/**
	 * Books calls per minute and organization, where the connection does not say. Zoho allows 100 on every plan, over all processes and
	 * applications; the default of 95 leaves a foothold for those who come late.
	 */
	callsPerMinute?: number;
	/** Calls under way at once, where the connection does not say. Zoho allows 5 (free plans) to 25; default 5. */
	callsInFlight?: number;
	/** How long a call is tried again after the first "too many calls" answer, in milliseconds; default 5 minutes. */
	rateBudgetMs?: number;
	/** How long a call is tried again after the first network error or 5xx, in milliseconds; default 1 minute. */
	faultBudgetMs?: number;
}

export interface Limits {
	limiterFor(connection: Connection, surroundings: Surroundings): Limiter;
	readonly tokens: TokenCare;
	callsInFlight(connection: Connection): number;
	readonly rateBudgetMs: number;
	readonly faultBudgetMs: number;
}

const minute = 60_000;

interface Registry {
	limiters: Map<string, Limiter>;
	tokens: TokenCare;
}

function emptyRegistry(): Registry {
	return { limiters: new Map(), tokens: new TokenCare() };
}

const processRegistry = emptyRegistry();

/** The guards of this process. Options say how this caller uses them; the window of an organization is what the last connection to it says. */
export function processLimits(options: LimitOptions = {}): Limits {
	return limitsOver(processRegistry, options);
}

/** Guards that nobody else shares. */
export function createLimits(options: LimitOptions = {}): Limits {
	return limitsOver(emptyRegistry(), options);
}

function limitsOver(registry: Registry, options: LimitOptions): Limits {
	const {
		callsPerMinute = defaultCallsPerMinute,
		callsInFlight = 5,
		rateBudgetMs = 5 * minute,
		faultBudgetMs = minute,
	} = options;
	return {
		tokens: registry.tokens,
		callsInFlight: (connection) => Math.max(1, connection.callsInFlight ?? callsInFlight),
		rateBudgetMs,
		faultBudgetMs,
		limiterFor(connection, surroundings) {
			const key = limiterKey(connection);
			const isBooks = connection.product === 'books';
			const known = registry.limiters.get(key);
			if (known && isBooks && connection.callsPerMinute) known.limitTo(connection.callsPerMinute);
			if (known) return known;
			const callsPerWindow = isBooks ? (connection.callsPerMinute ?? callsPerMinute) : Number.POSITIVE_INFINITY;
			const limiter = new Limiter({ callsPerWindow, window: minute }, surroundings);
			registry.limiters.set(key, limiter);
			return limiter;
		},
	};
}

/** Books counts per organization; CRM per organization and app, which a credential stands for. */
function limiterKey({ product, apiDomain, organizationId, key }: Connection): string {
	return [
		product,
		apiDomain,
		product === 'books' && organizationId ? organizationId : `credential ${key}`,
	].join(' ');
}
