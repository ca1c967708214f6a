import type { Burst } from './bursts.mts';

/** What was measured with one number of workers. */
export interface Row {
	workers: number;
	/** Calls a minute that the credential grants each process. */
	share: number;
	books_to_crm: Burst;
	crm_to_books: Burst;
}

const heads = ['Workers', 'Calls a minute for each process', 'Books to CRM', 'CRM to Books', 'Books calls for it', 'Most of them in a minute', 'Refused (429)'];

/** The rows as a Markdown table, as docs/scaling.md shows it. */
export function markdownOf(rows: readonly Row[]): string[] {
	const line = (cells: ReadonlyArray<string | number>) => `| ${cells.join(' | ')} |`;
	return [
		line(heads),
		line(heads.map(() => '---:')),
		...rows.map(({ workers, share, books_to_crm: toCrm, crm_to_books: toBooks }) =>
			line([
				workers,
				share,
				`${toCrm.seconds} s`,
				`${toBooks.seconds} s`,
				toBooks.books_calls,
				toBooks.most_books_calls_a_minute,
				toCrm.http_429 + toBooks.http_429,
			]),
		),
	];
}
