/**
 * What a poll has put out, and the execution did not bring to its end: a worker was killed with it (queue mode: n8n ends such an execution with an error
 * and never runs it again), Zoho did not answer for minutes, or n8n could not begin it. The cursor is past it, so it is kept here until it comes again.
 * A process that ends needs none of this: the next one looks further back.
 */

import type { IRun } from 'n8n-workflow';

import type { TriggerEvent } from './events';
import { recordKey } from './events';

/** A record that has failed so often in a row is left alone: n8n has told of each failure. */
const mostFailures = 5;

interface Kept {
	event: TriggerEvent;
	/** Polls that pass before it is put out again. */
	pause: number;
}

export class Unfinished {
	/** By record. */
	readonly #failures = new Map<string, number>();
	readonly #kept = new Map<string, Kept>();

	/** @param end settled by n8n when the execution with these events has ended */
	watch(events: readonly TriggerEvent[], end: Promise<IRun | undefined>): void {
		end.then(
			(run) => (hasFailed(run) ? this.#failed(events) : this.#ended(events)),
			(error: unknown) => (isUnknown(error) ? this.#ended(events) : this.#failed(events)),
		);
	}

	/** To be called at each poll. @returns those whose turn it is */
	take(): TriggerEvent[] {
		const due = [...this.#kept].filter(([, { pause }]) => pause === 0);
		for (const kept of this.#kept.values()) kept.pause--;
		for (const [record] of due) this.#kept.delete(record);
		return due.map(([, { event }]) => event);
	}

	#ended(events: readonly TriggerEvent[]): void {
		for (const event of events) this.#failures.delete(recordKey(event));
	}

	/** They come again, each time after a longer pause. */
	#failed(events: readonly TriggerEvent[]): void {
		for (const event of events) {
			const record = recordKey(event);
			const times = (this.#failures.get(record) ?? 0) + 1;
			this.#failures.set(record, times);
			if (times <= mostFailures) this.#kept.set(record, { event, pause: 2 ** (times - 1) - 1 });
			else this.#failures.delete(record);
		}
	}
}

/** An execution that waits goes on by itself. Without a run n8n has not begun one, as the workflow is not published any more. */
function hasFailed(run: IRun | undefined): boolean {
	return run !== undefined && run.status !== 'success' && run.status !== 'waiting';
}

/** The execution had ended before it could be asked for (n8n 2.41.1, `ExecutionNotFoundError`): nothing says that it failed. */
function isUnknown(error: unknown): boolean {
	return error instanceof Error && error.message === 'No active execution found';
}
