/** Waiting for jobs that Zoho carries out in its own time. */

import type { ZohoClient } from '../../client';
import { refusal } from '../../errors';
import type { ZohoCall } from '../../types';

const firstPause = 500;
const growth = 1.5;
const longestPause = 30_000;

/** Code of the error when a job takes longer than it may. */
export const jobNotDone = 'job-not-done';

/** A job, and the call that tells of it. */
export interface Job {
	id: string;
	call: ZohoCall;
}

/**
 * Looks at a job again and again, with pauses that grow, until there is something to tell.
 * @param look resolves with undefined as long as the job goes on
 * @param timeLimit milliseconds
 * @throws ZohoError when the job takes longer: it goes on in Zoho, and its id is in the message
 */
export async function waitFor<Done>({ surroundings }: ZohoClient, job: Job, timeLimit: number, look: () => Promise<Done | undefined>): Promise<Done> {
	const end = surroundings.now() + timeLimit;
	for (let pause = firstPause; ; pause = Math.min(longestPause, pause * growth)) {
		const left = end - surroundings.now();
		if (left <= 0) throw tooLong(job, timeLimit);
		await surroundings.sleep(Math.min(pause, left));
		const done = await look();
		if (done !== undefined) return done;
	}
}

function tooLong({ id, call }: Job, timeLimit: number): Error {
	return refusal(
		call,
		jobNotDone,
		`the job ${id} is not done after ${Math.round(timeLimit / 1_000)} seconds`,
		'It goes on in Zoho CRM (Setup > Data Administration). Raise the time limit, or look for its outcome later.',
	);
}
