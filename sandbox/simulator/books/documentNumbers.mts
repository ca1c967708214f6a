import { type Kind, kinds } from './documentKinds.mts';
import { invalid, refuse } from './errors.mts';
import { type Json, readText } from './values.mts';

interface Numbered {
	id: string;
	kind: Kind;
	number: string;
}

/** Gives documents their numbers, each kind with its own count. Of Zoho's codes for refusals 4097 (an own number) is known. */
export class DocumentNumbers {
	readonly #counts = new Map<Kind, number>();

	/**
	 * The number that the body gives, else the one that it has, else the next one.
	 * @param ownNumber the request says `ignore_auto_number_generation`
	 * @param others of the same kind
	 */
	take(document: Numbered, body: Json, ownNumber: boolean, others: readonly Numbered[]): string {
		const { kind, number } = document;
		const { numberField: field, name, numbers } = kinds[kind];
		const given = readText(field, body[field], 100);
		if (given === '' || given === number) {
			if (number !== '') return number;
			const next = numbers ? this.#next(kind) : invalid(field);
			this.#count(kind, next);
			return next;
		}
		// Two vendors can count alike.
		if (!numbers) return given;
		if (others.some((other) => other.id !== document.id && other.number === given))
			refuse(400, 4096, `The ${name} number "${given}" already exists.`);
		if (!ownNumber && given !== this.#next(kind))
			refuse(400, 4097, 'Number entered does not match the auto-generated number.');
		this.#count(kind, given);
		return given;
	}

	#next(kind: Kind): string {
		const { prefix, digits } = kinds[kind].numbers ?? { prefix: '', digits: 0 };
		return `${prefix}${String((this.#counts.get(kind) ?? 0) + 1).padStart(digits, '0')}`;
	}

	/** Counts on from own numbers of the usual form; numbers of deleted documents are not given again. */
	#count(kind: Kind, number: string): void {
		const prefix = kinds[kind].numbers?.prefix ?? '';
		const count = number.startsWith(prefix) ? Number(number.slice(prefix.length)) : NaN;
		if (Number.isInteger(count)) this.#counts.set(kind, Math.max(this.#counts.get(kind) ?? 0, count));
	}
}
