/**
 * Which versions of records executions of this process have dealt with. A poll is there for what no delivery told of, and reading a Books record once more costs a
 * call of the 100 a minute. So it leaves out what an execution has dealt with to its end, without a failure of our nodes, and leaves what is under way to the next
 * poll. After a crash, and where other processes execute (queue mode), nothing is known, and the poll puts everything out.
 */

import type { IExecuteFunctions } from 'n8n-workflow';

import type { TriggerEvent } from './events';
import { recordKey } from './events';

/** Records remembered, those that were dealt with last. */
const remembered = 20_000;
/**
 * Of one second Books may have two states, and a delivery of the second one can get lost. So where little happens a poll looks all the same at the records that
 * were dealt with as a delivery held them: no more than this many, and in a burst none, as a few of a thousand settle nothing. Those that came back as CRM had
 * just written them are the first to be left out.
 */
const mostLookedAt = 20;

/** How long it may take until an execution begins with what a delivery told of, in milliseconds: then it has been lost. */
const wayToExecution = 60_000;

interface Version {
	key: string;
	/** Of the record. */
	id: string;
	/** Epoch milliseconds. */
	modified: number;
	fromPayload: boolean;
	/** As CRM had just written it. */
	isEcho?: boolean;
}

export class Taken {
	/** By execution: what it deals with. */
	readonly #underWay = new Map<string, Version[]>();
	readonly #done = new Map<string, Version>();
	/** By key: what deliveries have told of, and no execution has begun with. */
	readonly #expected = new Map<string, { modified: number; until: number }>();

	/** A delivery has told of these; an execution with them begins in a moment. @param now epoch milliseconds */
	expect(trigger: string, events: readonly TriggerEvent[], now: number): void {
		// A process that only takes deliveries (queue mode) never executes them.
		this.#forgetLost(now);
		for (const event of events) {
			if (event.at === undefined) continue;
			const key = keyOf(trigger, event);
			const modified = Math.max(event.at, this.#expected.get(key)?.modified ?? 0);
			this.#expected.delete(key);
			this.#expected.set(key, { modified, until: now + wayToExecution });
		}
	}

	/** Those that were told of first stand first. */
	#forgetLost(now: number): void {
		for (const [key, { until }] of this.#expected) {
			if (until >= now) return;
			this.#expected.delete(key);
		}
	}

	/** @param modified of the record as the execution has it, epoch milliseconds */
	take(execution: string, trigger: string, event: TriggerEvent, modified: number): void {
		this.#expected.delete(keyOf(trigger, event));
		const versions = this.#underWay.get(execution) ?? [];
		versions.push({ key: keyOf(trigger, event), id: event.id, modified, fromPayload: event.fromPayload === true });
		this.#underWay.set(execution, versions);
	}

	/** What the execution has of these records of Books is what CRM had just written. */
	echoed(execution: string, ids: ReadonlySet<string>): void {
		for (const version of this.#underWay.get(execution) ?? []) if (ids.has(version.id)) version.isEcho = true;
	}

	/** Something failed in the execution: its records are for the next poll to bring again. */
	failed(execution: string): void {
		this.#underWay.delete(execution);
	}

	/** The execution has ended. */
	ended(execution: string): void {
		for (const version of this.#underWay.get(execution) ?? []) {
			const known = this.#done.get(version.key);
			this.#done.delete(version.key);
			this.#done.set(version.key, known && known.modified > version.modified ? known : version);
			const [oldest] = this.#done.keys();
			if (this.#done.size > remembered && oldest !== undefined) this.#done.delete(oldest);
		}
		this.#underWay.delete(execution);
	}

	/**
	 * What a poll has to put out of what it found, what is left to the next one, and how many of those due no delivery has told of.
	 * @param now epoch milliseconds
	 */
	sort(trigger: string, found: readonly TriggerEvent[], now: number): { due: TriggerEvent[]; later: TriggerEvent[]; untold: number } {
		const underWay = this.#versionsUnderWay(now);
		const isIn = (version: { modified: number } | undefined, { type, at }: TriggerEvent) =>
			type !== 'deleted' && at !== undefined && version !== undefined && version.modified >= at;
		const isUnderWay = (event: TriggerEvent) => isIn(underWay.get(keyOf(trigger, event)), event);
		const later = found.filter(isUnderWay);
		const others = found.filter((event) => !isUnderWay(event));
		const done = others.map((event) => {
			const version = this.#done.get(keyOf(trigger, event));
			return isIn(version, event) ? version : undefined;
		});
		const looked = lookedAt(done.flatMap((version) => (version?.fromPayload ? [version] : [])), later.length);
		const due = others.filter((_event, index) => !done[index] || looked.includes(done[index]));
		return { due, later, untold: due.length - looked.length };
	}

	#versionsUnderWay(now: number): Map<string, { modified: number }> {
		this.#forgetLost(now);
		const underWay = new Map<string, { modified: number }>(this.#expected);
		for (const version of [...this.#underWay.values()].flat()) {
			if ((underWay.get(version.key)?.modified ?? 0) < version.modified) underWay.set(version.key, version);
		}
		return underWay;
	}
}

/** @param underWay how many records more are being dealt with */
function lookedAt(doubtful: readonly Version[], underWay: number): readonly Version[] {
	const isFew = ({ length }: readonly Version[]) => length + underWay <= mostLookedAt;
	if (isFew(doubtful)) return doubtful;
	const changedInBooks = doubtful.filter(({ isEcho }) => !isEcho);
	return isFew(changedInBooks) ? changedInBooks : [];
}

/** Of this process. */
export const taken = new Taken();

/** To be called wherever a node of ours fails, for one item or as a whole. */
export function noteFailure(context: Pick<IExecuteFunctions, 'getExecutionId'>): void {
	taken.failed(context.getExecutionId());
}

/** Match has seen that these records of Books are as CRM had just written them. */
export function noteEchoes(context: Pick<IExecuteFunctions, 'getExecutionId'>, ids: ReadonlySet<string>): void {
	taken.echoed(context.getExecutionId(), ids);
}

const keyOf = (trigger: string, event: TriggerEvent): string => `${trigger}/${recordKey(event)}`;
