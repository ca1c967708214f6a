export const figures = ['lost', 'duplicates', 'unequal', 'writes_after_quiet', 'rule_breaks'] as const;
export type Figure = (typeof figures)[number];

export interface Finding {
	figure: Figure;
	/** One plain sentence that names the record. */
	says: string;
}

/** Findings of a run, each once, however often it is looked at. */
export class Findings {
	readonly #known = new Set<string>();
	readonly all: Finding[] = [];

	/** Answers those that are new. */
	add(found: readonly Finding[]): Finding[] {
		const fresh = found.filter(({ figure, says }) => !this.#known.has(`${figure} ${says}`));
		for (const finding of fresh) this.#known.add(`${finding.figure} ${finding.says}`);
		this.all.push(...fresh);
		return fresh;
	}

	count(figure: Figure): number {
		return this.all.filter((finding) => finding.figure === figure).length;
	}

	counts(): Record<Figure, number> {
		const entries = figures.map((figure): [Figure, number] => [figure, this.count(figure)]);
		return Object.fromEntries(entries) as Record<Figure, number>;
	}
}
