/**
 * n8n gives a publication 84 seconds (2.41.1, `WorkflowPublicationOutboxConsumer`: 0.7 of a lease of two minutes). One that takes longer has failed, and n8n
 * never tries again, not even at its next start: the workflow looks published and does nothing. A registration and a first poll that wait for
 * Zoho's limits can take longer, above all after a restart in busy times. So what n8n waits for at an activation answers in time, and the work goes on by itself.
 */

import { sleep } from 'n8n-workflow';

/** Milliseconds. `checkExists()` and `create()` come one after the other, the first poll beside them. */
const patience = 20_000;

export const late = 'late';

/** The result of the work, or `late`. The work goes on all the same; a failure that comes late is told to `failed`. */
export async function inTime<Result>(work: Promise<Result>, failed: (error: unknown) => void): Promise<Result | typeof late> {
	let isLate = false;
	work.catch((error: unknown) => isLate && failed(error));
	const outcome = await Promise.race([work, sleep(patience).then(() => late)] as const);
	isLate = outcome === late;
	return outcome as Result | typeof late;
}

/** Registrations that go on after n8n was answered, by trigger. */
const goingOn = new Set<string>();

/** As `inTime`, for the registration of a trigger: while it goes on, a poll leaves it alone. */
export async function registerInTime<Result>(
	trigger: string,
	work: Promise<Result>,
	failed: (error: unknown) => void,
): Promise<Result | typeof late> {
	goingOn.add(trigger);
	const done = () => void goingOn.delete(trigger);
	work.then(done, done);
	return await inTime(work, failed);
}

export const isRegistering = (trigger: string): boolean => goingOn.has(trigger);
