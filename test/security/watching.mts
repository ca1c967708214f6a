/** What leaves this process for eyes other than Zoho's: n8n's log and the console. */

import path from 'node:path';
import { inspect } from 'node:util';

type Methods = Record<string, (...given: unknown[]) => void>;

/** Watches until `jest.restoreAllMocks()`. Each entry is what was logged or printed, whole. */
export function watchLogs(): unknown[] {
	const seen: unknown[] = [];
	const note = (...given: unknown[]) => void seen.push(given);
	// n8n-core has a copy of its own of the package with the logger.
	const paths = [path.dirname(require.resolve('n8n-core'))];
	const { Logger } = require(require.resolve('@n8n/backend-common', { paths })) as {
		Logger: { prototype: Methods };
	};
	jest.spyOn(Logger.prototype, 'log').mockImplementation(note);
	for (const level of ['error', 'warn', 'info', 'debug', 'log'] as const)
		jest.spyOn(console, level).mockImplementation(note);
	return seen;
}

/** All of it in one text: what is printed of an error, and what is only in its properties. */
export function allOf(kept: unknown): string {
	const everything = Number.POSITIVE_INFINITY;
	return inspect(kept, {
		depth: everything,
		maxArrayLength: everything,
		maxStringLength: everything,
		breakLength: everything,
	});
}
