/** Runs the task for each of the things in their order, `lanes` of them side by side. @returns the results in the order of the things */
export async function fewAtOnce<Thing, Result>(things: readonly Thing[], lanes: number, task: (thing: Thing) => Promise<Result>): Promise<Result[]> {
	const results: Result[] = [];
	const rest = things.entries();
	const lane = async (): Promise<void> => {
		for (const [index, thing] of rest) results[index] = await task(thing);
	};
	await Promise.all(Array.from({ length: lanes }, lane));
	return results;
}
