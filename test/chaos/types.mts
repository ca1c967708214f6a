import type { Fault } from '../../sandbox/simulator/types.mts';

export type System = 'books' | 'crm';

/** Fields of a person and of a company that people edit, by names of the chaos run's own; `fields.mts` knows both systems' names. */
export type PersonField = 'last_name' | 'email' | 'phone' | 'mobile' | 'department';
export type CompanyField = 'name' | 'website' | 'city' | 'phone';

/** One value typed into one field. `who` is a name of the script: `p3` a person, `c2` a company, `i1` an item. */
export interface Edit {
	system: System;
	who: string;
	field: string;
	value: string;
}

/** An invoice line: an item of the script, or free text. */
export interface Line {
	item?: string;
	quantity: number;
	rate: number;
	taxed: boolean;
}

/** What a person does at a desk. Names, not ids: a script can be played anywhere, and with steps left out. */
export type Act =
	| { do: 'company'; system: System; company: string; person: string }
	/** A person in a company that exists, or one without any. */
	| { do: 'person'; system: System; person: string; company?: string }
	| ({ do: 'edit' } & Edit)
	/** Both at the same moment, before either system hears of the other. */
	| { do: 'race'; edits: [Edit, Edit] }
	| { do: 'delete'; system: System; who: string }
	/** Two records that a person takes for one: the survivor gets what it lacks, the other goes. */
	| { do: 'merge'; system: System; survivor: string; loser: string }
	| { do: 'item'; system: System; item: string; rate: number }
	| { do: 'deal'; deal: string; company: string }
	| { do: 'winDeal'; deal: string; amount: number }
	| { do: 'invoice'; invoice: string; company: string; deal?: string; lines: Line[] }
	| { do: 'invoiceLines'; invoice: string; lines: Line[] }
	| { do: 'void'; invoice: string }
	/** `part` of what the invoice still owes, 0 to 1. */
	| { do: 'pay'; payment: string; invoice: string; part: number }
	| { do: 'unpay'; payment: string };

/** What goes wrong around them. */
export type Trouble =
	| { do: 'fault'; fault: Fault }
	/** All access tokens of one system end at once. */
	| { do: 'expire'; system: System }
	| { do: 'lapse' }
	/** Zoho's clock moves ahead, relative to the machine's; a server's clock never goes back. */
	| { do: 'skew'; seconds: number }
	| { do: 'indexLag'; milliseconds: number }
	| { do: 'kill' }
	| { do: 'start' }
	| { do: 'wait'; milliseconds: number };

export type Step = Act | Trouble;

export interface ChaosScript {
	seed: number;
	steps: Step[];
}

/** Parts of a script that can be left out, to look for the culprit. */
export type Part = 'faults' | 'kills' | 'money';

/** How many things a person did: a race is two. */
export function actsIn(step: Step): number {
	if (step.do === 'race') return 2;
	return isTrouble(step) ? 0 : 1;
}

const troubles: ReadonlySet<Step['do']> = new Set<Trouble['do']>([
	'fault',
	'expire',
	'lapse',
	'skew',
	'indexLag',
	'kill',
	'start',
	'wait',
]);

export function isTrouble(step: Step): step is Trouble {
	return troubles.has(step.do);
}
