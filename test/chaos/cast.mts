import type { System } from './types.mts';

interface Member {
	name: string;
	/** Company of a person, customer of an invoice, invoice of a payment. */
	of?: string;
	gone: boolean;
	/** Invoices name it: Zoho would not let it go. */
	used: boolean;
	/** Where it was made: there it can be edited at once. */
	home: System;
}

type Kind = 'company' | 'person' | 'item' | 'deal' | 'invoice' | 'payment';
const letters: Record<Kind, string> = {
	company: 'c',
	person: 'p',
	item: 'i',
	deal: 'd',
	invoice: 'v',
	payment: 'y',
};

/** Who and what there is while a script is written, by the names that its steps use. */
export class Cast {
	readonly seed: number;
	readonly #members = new Map<string, Member>();
	readonly #counts = new Map<string, number>();

	constructor(seed: number) {
		this.seed = seed;
	}

	/** Enters a new one and answers its name. */
	enter(kind: Kind, home: System, of?: string): string {
		const name = `${letters[kind]}${this.count(kind)}`;
		this.#members.set(name, { name, home, gone: false, used: false, ...(of === undefined ? {} : { of }) });
		return name;
	}

	/** 1, 2, 3 … for each `what`: no value is typed twice. */
	count(what: string): number {
		const next = (this.#counts.get(what) ?? 0) + 1;
		this.#counts.set(what, next);
		return next;
	}

	present(kind: Kind): Member[] {
		return [...this.#members.values()].filter(({ name, gone }) => name.startsWith(letters[kind]) && !gone);
	}

	/** Takes it off the stage, with what belongs to it. */
	leave(name: string): void {
		for (const member of this.#members.values())
			if (member.name === name || member.of === name) member.gone = true;
	}

	use(name: string): void {
		const member = this.#members.get(name);
		if (member) member.used = true;
	}
}
