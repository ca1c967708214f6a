/**
 * What the executions of one run share in the memory of this process: a long list that each of them would have to read again. Nothing
 * depends on it being there; a process that does not have it reads it.
 */

const kept = new Map<string, { used: number; value: Promise<unknown> }>();
/** Unused for so long, in milliseconds, it is let go. */
const patience = 15 * 60_000;

/**
 * The value that `make` gave for this key before, else what it gives now; a failure is not kept. `name` is what the user calls the run: ''
 * shares nothing.
 */
export async function sharedInRun<Value>(name: string, key: string, make: () => Promise<Value>): Promise<Value> {
	forgetUnused();
	if (name === '') return await make();
	const whole = JSON.stringify([name, key]);
	const known = kept.get(whole);
	const value = (known?.value as Promise<Value> | undefined) ?? make();
	kept.set(whole, { used: Date.now(), value });
	if (!known) value.catch(() => kept.delete(whole));
	return await value;
}

/** To be called wherever such a value may be in use, so that a finished run does not hold its memory for long. */
export function forgetUnused(now = Date.now()): void {
	for (const [key, { used }] of kept) if (now - used > patience) kept.delete(key);
}
