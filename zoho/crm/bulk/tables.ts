/** Records as tables for bulk write jobs. */

import { csvLine } from '../../csv';
import type { JsonObject, ZohoFault } from '../../types';
import { CellError, cellOf, type FieldKinds } from './cells';

export type BulkOperation = 'insert' | 'update' | 'upsert';

/** A record with its cells, by API names. */
export interface Row {
	/** Position in the list of records. */
	index: number;
	cells: ReadonlyMap<string, string>;
}

/** What one job writes. */
export interface Table {
	columns: string[];
	rows: Row[];
	/** An empty cell leaves the field as it is; else it empties the field. */
	ignoreEmpty: boolean;
	csv: string;
}

/** The result of a job repeats this many columns, so that a record can be told by them. */
export const columnsInResult = 3;
const mostRows = 25_000;
/** Zoho takes archives of 25 MB; the table itself stays below that. */
const mostCharacters = 20_000_000;
const mostColumns = 200;
/** Not among the fields that Zoho lists. */
const alwaysThere = new Set(['id', 'Layout']);

interface Refused {
	index: number;
	fault: ZohoFault;
}

/** Rows of the records that a table can hold; why not, of the others. */
export function rowsOf(records: readonly JsonObject[], operation: BulkOperation, findBy: string, kinds: FieldKinds): Array<Row | Refused> {
	const seen = new Set<string>();
	return records.map((record, index) => {
		try {
			const cells = cellsOf(record, operation, kinds);
			if (operation !== 'insert') checkKey(cells, findBy, seen);
			return { index, cells };
		} catch (error) {
			return refused(error, index);
		}
	});
}

function cellsOf(record: JsonObject, operation: BulkOperation, kinds: FieldKinds): Map<string, string> {
	const names = Object.keys(record).filter((name) => record[name] !== undefined && !(operation === 'insert' && name === 'id'));
	return new Map(names.map((name) => [name, checkedCell(record, name, kinds)]));
}

/** Zoho does not say which of two rows for one record is written last. */
function checkKey(cells: ReadonlyMap<string, string>, findBy: string, seen: Set<string>): void {
	const key = cells.get(findBy)?.trim().toLowerCase() ?? '';
	if (key === '') throw new CellError(findBy, 'the record has no value by which it could be found');
	if (seen.has(key)) throw new CellError(findBy, `an earlier item has the same value "${key}", and a bulk job writes in an order of its own`);
	seen.add(key);
}

function refused(error: unknown, index: number): Refused {
	if (!(error instanceof CellError)) throw error;
	const remedy = 'Write this record with Create, Update or Create or Update instead, or leave the field out.';
	return { index, fault: { intent: 'invalid', code: 'not-in-bulk', message: error.message, remedy, field: error.field, index } };
}

function checkedCell(record: JsonObject, name: string, kinds: FieldKinds): string {
	if (!kinds.has(name) && !alwaysThere.has(name) && !name.startsWith('$')) throw new CellError(name, 'the module has no such field');
	return cellOf(name, record[name], kinds.get(name));
}

/**
 * As few tables as possible in which a blank means the same for every row: records that empty fields go apart from those that do not, and each table of the
 * former has only rows that name the same fields.
 */
export function tablesOf(rows: readonly Row[], operation: BulkOperation, findBy: string): Table[] {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const empties = operation !== 'insert' && [...row.cells.values()].includes('');
		const key = empties ? [...row.cells.keys()].sort().join(',') : '';
		const group = groups.get(key) ?? [];
		groups.set(key, group);
		group.push(row);
	}
	return [...groups].flatMap(([key, group]) => cut(group, columnsOf(group, operation === 'insert' ? undefined : findBy), key === ''));
}

/** All columns of the rows; first the one by which records are found, then those that tell the rows apart best. */
function columnsOf(rows: readonly Row[], findBy: string | undefined): string[] {
	const values = new Map<string, Set<string>>();
	for (const { cells } of rows) {
		for (const [name, cell] of cells) {
			const known = values.get(name) ?? new Set();
			values.set(name, known.add(cell));
		}
	}
	const rank = (name: string) => (name === findBy ? Number.POSITIVE_INFINITY : (values.get(name)?.size ?? 0));
	return [...values.keys()].sort((one, other) => Math.sign(rank(other) - rank(one)) || 0);
}

function cut(rows: readonly Row[], columns: string[], ignoreEmpty: boolean): Table[] {
	const tables: Table[] = [];
	const head = csvLine(columns);
	let size = Number.POSITIVE_INFINITY;
	for (const row of rows) {
		const line = csvLine(columns.map((name) => row.cells.get(name) ?? ''));
		let table = tables.at(-1);
		if (!table || table.rows.length === mostRows || size + line.length > mostCharacters) {
			table = { columns, rows: [], ignoreEmpty, csv: head };
			size = head.length;
			tables.push(table);
		}
		table.rows.push(row);
		table.csv += line;
		size += line.length;
	}
	return tables;
}

/** Why a table cannot be sent; undefined when it can. */
export function problemOf({ columns }: Table): ZohoFault | undefined {
	if (columns.length <= mostColumns) return undefined;
	const message = `the records have ${columns.length} fields together; a job takes ${mostColumns}`;
	return { intent: 'invalid', code: 'too-many-columns', message, remedy: 'Write fewer fields, or in several runs.' };
}

/** By which a row of the result is told: the first columns, as they were sent. */
export function keyOf(cells: readonly string[]): string {
	return JSON.stringify(cells.slice(0, columnsInResult).map((cell) => cell.trim()));
}
