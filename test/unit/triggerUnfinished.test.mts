import type { IRun } from 'n8n-workflow';

import type { TriggerEvent } from '../../nodes/shared/trigger/events';
import { Unfinished } from '../../nodes/shared/trigger/unfinished';

const event = (id: string, at = 1_000): TriggerEvent => ({ type: 'updated', resource: 'Contacts', id, delivery: 'polling', at });
const ended = (status: IRun['status']) => Promise.resolve({ status } as IRun);

/** What each of so many polls takes. */
function takes(unfinished: Unfinished, polls: number): string[] {
	return Array.from({ length: polls }, () => unfinished.take().map(({ id }) => id).join());
}

describe('what an execution of a poll did not bring to its end', () => {
	test.each<[string, Promise<IRun | undefined>]>([
		['whose worker was killed', ended('crashed')],
		['that failed', ended('error')],
		['that somebody stopped', Promise.reject(new Error('The execution was cancelled'))],
		['that n8n could not begin', Promise.reject(new Error('The queue does not answer'))],
	])('comes once more from one %s', async (_which, end) => {
		const unfinished = new Unfinished();
		unfinished.watch([event('1'), event('2')], end);
		await end.catch(() => undefined);
		expect(unfinished.take().map(({ id }) => id)).toEqual(['1', '2']);
		expect(unfinished.take()).toEqual([]);
	});

	test.each<[string, Promise<IRun | undefined>]>([
		['has ended well', ended('success')],
		['waits', ended('waiting')],
		['has not begun, as the workflow is not published any more', Promise.resolve(undefined)],
		['n8n knows nothing of', Promise.reject(new Error('No active execution found'))],
	])('is nothing where it %s', async (_how, end) => {
		const unfinished = new Unfinished();
		unfinished.watch([event('1')], end);
		await end.catch(() => undefined);
		expect(unfinished.take()).toEqual([]);
	});

	test('comes five times, after longer and longer pauses; then it is left alone', async () => {
		const unfinished = new Unfinished();
		const polls: number[] = [];
		let end = ended('error');
		unfinished.watch([event('1')], end);
		for (let poll = 1; poll < 100; poll++) {
			await end;
			const again = unfinished.take();
			if (again.length === 0) continue;
			polls.push(poll);
			unfinished.watch(again, (end = ended('error')));
		}
		expect(polls).toEqual([1, 3, 7, 15, 31]);
	});

	test('has its five times anew after it has succeeded, and is kept once for each record', async () => {
		const unfinished = new Unfinished();
		for (const status of ['error', 'error', 'success', 'error'] as const) {
			const end = ended(status);
			unfinished.watch([event('1', Math.random())], end);
			await end;
		}
		expect(takes(unfinished, 4)).toEqual(['1', '', '', '']);
	});
});
