import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchError } from './failure.mts';

export interface WaitOptions {
	/** Milliseconds until it is given up. */
	timeout?: number;
	/** Milliseconds between two looks. */
	interval?: number;
	/** What is missing now, for the message; looked up only when time is over. */
	missing?(): string | Promise<string>;
	/** Throws to end the waiting early, for instance because a process has died. */
	abort?(): void;
}

/**
 * Looks again and again until `look` gives something other than undefined or false, and returns it. Throws a LaunchError that says
 * what was waited for, how long, and what was missing.
 */
export async function waitFor<T>(
	what: string,
	look: () => Promise<T | undefined | false> | T | undefined | false,
	options: WaitOptions = {},
): Promise<T> {
	const { timeout = 30_000, interval = 150 } = options;
	const end = Date.now() + timeout;
	for (;;) {
		options.abort?.();
		const found = await look();
		if (found !== undefined && found !== false) return found;
		if (Date.now() > end) {
			const missing = options.missing ? ` Now: ${await options.missing()}` : '';
			throw new LaunchError(`Waited ${Math.round(timeout / 1000)} s for ${what}, in vain.${missing}`);
		}
		await sleep(interval);
	}
}
