import { fewAtOnce } from '../../nodes/shared/fewAtOnce';

test('so many side by side, begun in their order, and the results in the order of the things', async () => {
	const begun: number[] = [];
	let running = 0;
	let most = 0;
	const results = await fewAtOnce([3, 1, 2, 1, 3], 2, async (turns) => {
		begun.push(turns);
		most = Math.max(most, ++running);
		for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
		running--;
		return turns * 10;
	});
	expect({ begun, most, results }).toEqual({ begun: [3, 1, 2, 1, 3], most: 2, results: [30, 10, 20, 10, 30] });
	expect(await fewAtOnce([], 2, async () => 1)).toEqual([]);
});
