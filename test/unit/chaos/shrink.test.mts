import fc from 'fast-check';
import { shrink } from '../../chaos/shrink.mts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('shortening a script', () => {
	it('finds exactly the steps that are needed, whichever they are', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uniqueArray(fc.nat(59), { minLength: 1, maxLength: 4 }), async (needed) => {
				const fails = async (part: readonly number[]) => needed.every((step) => part.includes(step));
				expect(await shrink(upTo(60), fails, 10_000)).toEqual([...needed].sort((a, b) => a - b));
			}),
		);
	});

	it('leaves a script as it is that does not fail again', async () => {
		expect(await shrink(upTo(9), async () => false, 100)).toEqual(upTo(9));
	});

	it('makes no more trials than it may, and keeps what it has found', async () => {
		let trials = 0;
		const fails = async (part: readonly number[]) => {
			trials++;
			return part.includes(3);
		};
		const shortest = await shrink(upTo(64), fails, 5);
		expect(trials).toBe(5);
		expect(shortest).toContain(3);
		expect(shortest.length).toBeLessThan(64);
	});
});
