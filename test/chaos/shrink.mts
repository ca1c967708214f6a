/**
 * Leaves out as much of a list as it can while it still fails, by delta debugging (Zeller and Hildebrandt, "Simplifying and isolating
 * failure-inducing input", 2002): first large pieces, then smaller ones. Answers the shortest failing list that at most `trials` calls of
 * `fails` have found; that is the whole list where nothing could be left out.
 */
export async function shrink<T>(
	list: readonly T[],
	fails: (part: readonly T[]) => Promise<boolean>,
	trials: number,
): Promise<readonly T[]> {
	let shortest = list;
	let pieces = 2;
	let left = trials;
	let from = 0;
	while (left > 0 && shortest.length > 1) {
		const size = Math.ceil(shortest.length / pieces);
		const rest = [...shortest.slice(0, from), ...shortest.slice(from + size)];
		left--;
		if (rest.length > 0 && (await fails(rest))) {
			shortest = rest;
			pieces = Math.max(2, pieces - 1);
			from = 0;
			continue;
		}
		from += size;
		if (from < shortest.length) continue;
		if (size === 1) break;
		from = 0;
		pieces = Math.min(shortest.length, pieces * 2);
	}
	return shortest;
}
