import type { Audit, ModuleAudit } from './audit.mts';

const heads = ['', 'Books', 'CRM', 'missing in CRM', 'missing in Books', 'doubled', 'differing', 'in review'];

function cells({ title, books, crm, counts, reviewed, absent }: ModuleAudit): string[] {
	if (absent !== undefined) return [title, String(books), '-', '-', '-', '-', '-', '-'];
	const { missing_in_crm, missing_in_books, doubled, differing } = counts;
	return [
		title,
		...[books, crm, missing_in_crm, missing_in_books, doubled, differing, reviewed.length].map(String),
	];
}

/** Columns of equal width: the first one to the left, numbers to the right. */
function aligned(rows: string[][]): string[] {
	const widths = heads.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
	return rows.map((row) =>
		row
			.map((cell, column) =>
				column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
			)
			.join('  ')
			.trimEnd(),
	);
}

/** The audit for people: a table, and each difference in words. */
export function reportLines({ modules }: Audit): string[] {
	const all = Object.entries(modules);
	const notes = all.flatMap(([module, { absent }]) =>
		absent ? [`${module}: not compared, ${absent}.`] : [],
	);
	const details = all.flatMap(([module, { differences, reviewed }]) => [
		...differences.map(({ says }) => `${module}: ${says}`),
		...reviewed.map(({ says }) => `${module}: in review: ${says}`),
	]);
	return [
		...aligned([heads, ...all.map(([, module]) => cells(module))]),
		...(notes.length + details.length > 0 ? ['', ...notes, ...details] : []),
	];
}

/** The audit for programs, in one line. */
export function jsonLine({ ok, differences, modules }: Audit): string {
	const short = Object.entries(modules).map(([module, { books, crm, counts, reviewed, absent }]) => [
		module,
		absent === undefined
			? { books, crm, ...counts, in_review: reviewed.length }
			: { books, not_compared: absent },
	]);
	return JSON.stringify({ ok, differences, modules: Object.fromEntries(short) });
}
