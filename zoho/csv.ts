/** Tables as comma-separated text (RFC 4180): a row of names, then a row for each record. */

/** The text is no such table. */
export class CsvError extends Error {}

/** Cells with one of these, or with spaces at an end, are put in quotes. */
const needsQuotes = /[",\r\n]|^\s|\s$/;

function cellOf(value: string): string {
	return needsQuotes.test(value) ? `"${value.replace(/"/g, '""')}"` : value;
}

/** One line of the table, with its end. A row of a single empty cell is quoted: it would pass for no row at all. */
export function csvLine(cells: readonly string[]): string {
	return `${cells.length === 1 && cells[0] === '' ? '""' : cells.map(cellOf).join(',')}\r\n`;
}

/**
 * The rows of a table, cell by cell, the row of names among them. Line ends may be of any kind; empty lines do not count. A quoted cell keeps
 * everything in it.
 * @throws CsvError for a quote that is not closed or stands in the midst of a cell
 */
export function* csvRows(text: string): Generator<string[]> {
	let at = text.startsWith('\uFEFF') ? 1 : 0;
	let row: string[] = [];
	const plain = /[^",\r\n]*/y;
	while (at < text.length) {
		let cell: string;
		if (text[at] === '"') [cell, at] = quotedCell(text, at);
		else {
			plain.lastIndex = at;
			cell = plain.exec(text)?.[0] ?? '';
			at += cell.length;
		}
		row.push(cell);
		const sign = text[at];
		if (sign === ',') {
			at++;
			// The last cell of the text is empty.
			if (at === text.length) row.push('');
		} else if (sign === '\r' || sign === '\n') {
			const end = sign === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
			const isBlank = row.length === 1 && cell === '' && text[at - 1] !== '"';
			if (!isBlank) yield row;
			row = [];
			at = end;
		} else if (sign !== undefined) throw new CsvError(`A cell goes on after its quotes, or has a quote in its midst, at character ${at + 1}`);
	}
	if (row.length > 0) yield row;
}

function quotedCell(text: string, start: number): [cell: string, next: number] {
	let cell = '';
	for (let from = start + 1; ; ) {
		const quote = text.indexOf('"', from);
		if (quote === -1) throw new CsvError(`The quotes that open at character ${start + 1} are not closed`);
		cell += text.slice(from, quote);
		if (text[quote + 1] !== '"') return [cell, quote + 1];
		cell += '"';
		from = quote + 2;
	}
}

/**
 * The records of a table, by the names of its first row.
 * @throws CsvError also when a row has more or fewer cells than there are names, or a name stands twice
 */
export function* csvRecords(text: string): Generator<Record<string, string>> {
	let names: string[] | undefined;
	let line = 0;
	for (const row of csvRows(text)) {
		line++;
		if (!names) {
			names = row;
			if (new Set(names).size !== names.length) throw new CsvError('Two columns have the same name');
			continue;
		}
		if (row.length !== names.length) throw new CsvError(`Row ${line} has ${row.length} cells; there are ${names.length} columns`);
		yield Object.fromEntries(names.map((name, place) => [name, row[place] ?? '']));
	}
}
