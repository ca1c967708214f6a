import type { Item } from '../../sandbox/check/pair.mts';
import type { Gone } from './deliveries.mts';
import { kindOf, markOf, plain, valueIn, type Kind } from './fields.mts';
import type { Standing } from './standing.mts';
import type { System } from './types.mts';

/** A value that may stand at the end: the last one typed, or one of those that race for it. */
export interface Candidate {
	system: System;
	value: string;
}

/** One record that people made, and what they did to it: what the verifier judges by. */
export interface Entry {
	seed: number;
	who: string;
	kind: Kind;
	/** By it the record is known in either system, whatever becomes of its name. */
	mark: string;
	home: System;
	/** Of a person: the company it was put into. */
	company?: string;
	/** What may stand in each field. A field that nobody typed anything into is not judged but for being equal. */
	fields: Map<string, Candidate[]>;
	/** Record ids seen so far, by system. */
	ids: Record<System, Set<string>>;
	deleted?: Deletion;
}

export interface Deletion extends Gone {
	system: System;
	/** The other system had it, and it was linked with that, when it was deleted. */
	wasLinked: boolean;
	wasThere: boolean;
}

/** What people did at the desks of one seed. */
export class Journal {
	readonly seed: number;
	readonly entries = new Map<string, Entry>();
	/** Ids of invoices and payments in Books and of Deals in CRM that people made, by their names in the script. */
	readonly money = new Map<string, string>();
	/** Ids of Deals that people won. */
	readonly won = new Set<string>();
	readonly gonePayments: Gone[] = [];
	/** When n8n was killed, epoch milliseconds of the machine. */
	readonly kills: number[] = [];
	/** Of queue mode: the worker that is down. */
	killedWorker: number | undefined;
	/** What was done when, by Zoho's clock. */
	readonly told: Array<{ at: number; text: string }> = [];
	acts = 0;
	/** Acts for which nobody was there any more. */
	skipped = 0;

	constructor(seed: number) {
		this.seed = seed;
	}

	enter(who: string, home: System, values: Record<string, string>, company?: string): Entry {
		const entry: Entry = {
			seed: this.seed,
			who,
			kind: kindOf(who),
			mark: markOf(this.seed, who),
			home,
			fields: new Map(
				Object.entries(values).map(([field, value]) => [
					field,
					[{ system: home, value: plain(field, value) }],
				]),
			),
			ids: { books: new Set(), crm: new Set() },
			...(company === undefined ? {} : { company }),
		};
		this.entries.set(who, entry);
		return entry;
	}

	/** An entry that people still work with. */
	present(who: string): Entry | undefined {
		const entry = this.entries.get(who);
		return entry?.deleted ? undefined : entry;
	}

	/**
	 * Somebody types a value. What the same desk typed before is over; so is what the other desk typed, where it can be seen here by now.
	 * What the other desk typed and has not arrived yet races with it: either may stand in the end, as docs/mappings.md tells ("the event
	 * that is handled last wins").
	 */
	type(entry: Entry, system: System, field: string, value: string, before: Standing): void {
		const shown = (record: Item | undefined) => valueIn(record, system, entry.kind, field);
		const seen = shown(before[system][0]);
		const open = (entry.fields.get(field) ?? []).filter(
			(candidate) => candidate.system !== system && candidate.value !== seen,
		);
		entry.fields.set(field, [...open, { system, value: plain(field, value) }]);
	}
}
