import { readBenchOptions } from '../../bench/options.mts';
import { bars } from '../../bench/page/bars.mts';
import { pageOf } from '../../bench/page/page.mts';
import type { Records } from '../../bench/page/record.mts';
import { figuresOf, picturesOf } from '../../bench/pictures.mts';

const records: Records = {
	backfill: {
		tells: 'calls of a first sync',
		on: '2026-11-23',
		figures: { backfill: { records: 10_000, calls: 310 } },
		details: { crm_calls: 209, seconds: 61.2, calls: { 'crm POST /crm/v8/Accounts/upsert': 100 } },
	},
	backfillAgain: {
		tells: 'calls of the same again',
		on: '2026-11-23',
		figures: { backfill_again: { calls: 62, writes: 0 } },
		details: {},
	},
};

describe('the page', () => {
	const page = pageOf(records, figuresOf(records), picturesOf(records));

	test('tells each figure, what it counts, what was wanted and the calls behind it', () => {
		for (const part of ['records 10000 · calls 310', 'Calls of a first sync. Measured on 2026-11-23.', 'at most 350 calls | 310 | yes', '100  crm POST']) {
			expect(page).toContain(part);
		}
	});

	test('shows the pictures for which there are figures, and no others', () => {
		expect(picturesOf(records).map(({ file }) => file)).toEqual(['bench-first-sync.svg']);
		expect(page).toContain('](images/bench-first-sync.svg)');
	});
});

describe('a bar chart', () => {
	const svg = bars('A & B', [
		{ label: 'these', value: 1, text: '1 call', ours: true },
		{ label: 'others <n8n>', value: 50, text: '50 calls' },
	]);

	test('has a bar as long as its value is, and even the shortest can be seen', () => {
		const lengths = [...svg.matchAll(/<rect class="(ours|bar)".* width="(\d+)"/g)].map(([, name, length]) => [name, Number(length)]);
		expect(lengths).toEqual([
			['ours', 7],
			['bar', 350],
		]);
	});

	test('is valid whatever the labels are, and has colours for dark pages', () => {
		expect(svg).toContain('A &amp; B');
		expect(svg).toContain('others &lt;n8n&gt;');
		expect(svg).toContain('prefers-color-scheme: dark');
	});
});

describe('options', () => {
	test('without any, everything but the largest first sync is measured', () => {
		const { only, sizes } = readBenchOptions([]);
		expect(only).toContain('idle');
		expect(only).not.toContain('scale');
		expect(sizes).toEqual({ records: 1000, customers: 10_000, many: 100_000, edits: 30 });
		expect(readBenchOptions(['--scale']).only).toContain('scale');
	});

	test('what there is not is refused by name', () => {
		expect(() => readBenchOptions(['--only', 'echo,nonsense'])).toThrow('nonsense');
		expect(() => readBenchOptions(['--records', '0'])).toThrow('--records');
		expect(() => readBenchOptions(['--colour'])).toThrow('--colour');
	});
});
