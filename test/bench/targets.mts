import { round, type Figures } from './figures.mts';

interface Target {
	/** What is wanted, in words. */
	wanted: string;
	/** The figure as it is wanted; undefined where it was not measured. */
	value(figures: Figures): number | undefined;
	holds(value: number): boolean;
}

const atMost = (limit: number) => (value: number) => value <= limit;
const atLeast = (limit: number) => (value: number) => value >= limit;

const each = (burst: { records: number } | undefined, calls: number | undefined, digits = 4) =>
	burst && calls !== undefined ? round(calls / burst.records, digits) : undefined;
/** What is wanted of a first sync is wanted of one of this size. */
const whole = ({ backfill }: Figures) => (backfill?.records === 10_000 ? backfill : undefined);

/** What the figures are to be. */
const targets: readonly Target[] = [
	{
		wanted: 'Books to CRM: no Books call',
		value: ({ books_to_crm }) => books_to_crm?.books_calls,
		holds: atMost(0),
	},
	{
		wanted: 'Books to CRM: at most 0.06 CRM calls for each record',
		value: ({ books_to_crm }) => each(books_to_crm, books_to_crm?.crm_calls),
		holds: atMost(0.06),
	},
	{
		// Besides the one write a record there are the pages of a list in which to look for doubles.
		wanted: 'CRM to Books: at most 1.00 Books calls for each record, to two digits',
		value: ({ crm_to_books }) => each(crm_to_books, crm_to_books?.books_calls, 2),
		holds: atMost(1),
	},
	{
		wanted: 'CRM to Books: at most 0.06 CRM calls for each record',
		value: ({ crm_to_books }) => each(crm_to_books, crm_to_books?.crm_calls),
		holds: atMost(0.06),
	},
	{ wanted: 'Echo: no Books call', value: ({ echo }) => echo?.books_calls, holds: atMost(0) },
	{ wanted: 'First sync of 10,000: at most 350 calls', value: (figures) => whole(figures)?.calls, holds: atMost(350) },
	{
		wanted: 'First sync of 10,000 again: at most 80 calls',
		value: (figures) => whole(figures) && figures.backfill_again?.calls,
		holds: atMost(80),
	},
	{ wanted: 'First sync again: no write', value: ({ backfill_again }) => backfill_again?.writes, holds: atMost(0) },
	{
		wanted: "n8n's own nodes: at least 20 times as many CRM calls in the burst",
		value: ({ peer }) => peer?.burst_crm_calls_ratio,
		holds: atLeast(20),
	},
	{
		wanted: "n8n's own nodes: at least 40 times as many CRM calls in the first sync",
		value: ({ peer }) => peer?.backfill_crm_calls_ratio,
		holds: atLeast(40),
	},
	{
		wanted: 'Pacing: at least 97 writes a minute',
		value: ({ pacing }) => pacing?.writes_per_minute,
		holds: atLeast(97),
	},
	{ wanted: 'Pacing: Books refuses no call (429)', value: ({ pacing }) => pacing?.http_429, holds: atMost(0) },
	{
		wanted: 'First sync of 100,000: at most 11 times the time of 10,000',
		value: ({ scale }) => (scale?.s_10k && scale.s_100k ? round(scale.s_100k / scale.s_10k) : undefined),
		holds: atMost(11),
	},
	{ wanted: 'Idle: 1 call for each poll and module', value: ({ idle }) => idle?.calls_per_poll, holds: atMost(1) },
];

export interface Verdict {
	wanted: string;
	value: number;
	holds: boolean;
	line: string;
}

/** Whether the figures of a run are as wanted; what was not measured is left out. */
export function judge(figures: Figures): Verdict[] {
	return targets.flatMap(({ wanted, value: find, holds: test }) => {
		const value = find(figures);
		if (value === undefined) return [];
		const holds = test(value);
		return [{ wanted, value, holds, line: `${holds ? 'ok    ' : 'MISSED'} ${wanted}: ${value}` }];
	});
}
