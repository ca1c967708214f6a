/**
 * What the executions of one run share in the memory of this process: a long list that each of them would have to read again, or what one
 * leaves to a later one. Nothing depends on it being there; a process that does not have it reads it.
 */

interface Run {
	/** Epoch milliseconds. */
	used: number;
	values: Map<string, Promise<unknown>>;
}

/** By what the user calls the run. */
const runs = new Map<string, Run>();
/** When a run has used nothing of its own for so long, in milliseconds, all of it is let go. */
const patience = 15 * 60_000;

/** The value that `make` gave for this key before, else what it gives now; a failure is not kept. A run called '' shares nothing. */
export async function sharedInRun<Value>(run: string, key: string, make: () => Promise<Value>): Promise<Value> {
	const values = valuesOf(run);
	const known = values.get(key) as Promise<Value> | undefined;
	if (known) return await known;
	const value = make();
	values.set(key, value);
	value.catch(() => values.delete(key));
	return await value;
}

/** Keeps the value until a later execution of the run takes it. */
export function leaveToRun(run: string, key: string, value: unknown): void {
	valuesOf(run).set(key, Promise.resolve(value));
}

/** What was left under this key, once; undefined when nothing was, or not to this process. */
export async function takeFromRun<Value>(run: string, key: string): Promise<Value | undefined> {
	const values = valuesOf(run);
	const value = values.get(key) as Promise<Value> | undefined;
	values.delete(key);
	return await value;
}

function valuesOf(name: string): Run['values'] {
	forgetUnused();
	if (name === '') return new Map();
	const run = runs.get(name) ?? { used: 0, values: new Map() };
	run.used = Date.now();
	runs.set(name, run);
	return run.values;
}

/** To be called wherever such a value may be in use, so that a finished run does not hold its memory for long. */
export function forgetUnused(now = Date.now()): void {
	for (const [name, { used }] of runs) if (now - used > patience) runs.delete(name);
}
