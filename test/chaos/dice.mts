/** Choices drawn from one generator, so that a seed decides them all. */
export class Dice {
	readonly next: () => number;

	/** `next` gives numbers from 0 to below 1. */
	constructor(next: () => number) {
		this.next = next;
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** A whole number, both ends included. */
	between(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	/** One of the list; undefined where it is empty. */
	one<T>(list: readonly T[]): T | undefined {
		return list[this.between(0, list.length - 1)];
	}

	/** One of a list that is never empty. */
	pick<T>(list: readonly [T, ...T[]]): T {
		return list[this.between(0, list.length - 1)] ?? list[0];
	}

	weighted<T extends { weight: number }>(list: readonly T[]): T {
		const total = list.reduce((sum, { weight }) => sum + weight, 0);
		let left = this.next() * total;
		for (const each of list) {
			left -= each.weight;
			if (left < 0) return each;
		}
		return list.at(-1) as T;
	}
}
