/** What became of each row of a bulk write job. Source: CRM v8 "Download Bulk Write Result". */

import { joinFaults } from '../../errors';
import { ruleOf } from '../../faultTable';
import type { ZohoFault } from '../../types';
import type { RecordResult } from '../records';
import { columnsInResult, keyOf, type Table } from './tables';

/** Result of a row, without its place. */
export type RowResult = Omit<RecordResult, 'index'>;

/** The codes that the page names, in words. */
const words: Record<string, string> = {
	BLOCKED_RECORD: 'the record is blocked',
	CANNOT_PROCESS: 'the record cannot be processed',
	DUPLICATE_DATA: 'duplicate data',
	INVALID_DATA: 'invalid data',
	LIMIT_EXCEEDED: 'a limit is exceeded',
	MANDATORY_NOT_FOUND: 'required field not found',
	NOT_APPROVED: 'the record waits for approval',
	RESOURCE_NOT_FOUND: 'there is no such record',
};

/** `MANDATORY_NOT_FOUND-Company,Last_Name:DUPLICATE_DATA-Email` */
export function faultsOfErrors(errors: string, status: string): ZohoFault[] {
	const parts = errors.split(':').filter((part) => part.trim() !== '');
	if (parts.length === 0) return [faultOf(status.toUpperCase() || 'SKIPPED', '')];
	return parts.map((part) => {
		const [code = '', ...rest] = part.trim().split('-');
		return faultOf(code, rest.join('-'));
	});
}

function faultOf(code: string, field: string): ZohoFault {
	const known = Object.hasOwn(words, code) ? words[code] : undefined;
	const { intent, remedy } = code === 'RESOURCE_NOT_FOUND' ? ruleOf('crm', code, 404) : ruleOf('crm', code, 400);
	return { intent, remedy, code, message: known ?? `not written (${code})`, ...(field !== '' && { field }) };
}

/** Where the columns of the result are. The page tells their names in two ways. */
function placesIn(names: readonly string[]): { status: number; id: number; errors: number } {
	const last = (pattern: RegExp) => names.findLastIndex((name) => pattern.test(name));
	const id = last(/^record_id$/i);
	return { status: last(/^status$/i), id: id === -1 ? last(/^id$/i) : id, errors: last(/^errors?$/i) };
}

/**
 * The result of each row of the table, in order. The result of a job repeats the first columns, in an order that no page promises: rows are told by these columns. Of
 * several that have them in common, but not all of their cells, only what holds for all of them is told.
 * @param lines of the result, that of the names first
 */
export function pairedResults({ rows, columns }: Table, [names = [], ...lines]: string[][]): RowResult[] {
	const places = placesIn(names);
	const results = lines.map((line) => resultOf(line, places));
	const cells = rows.map((row) => columns.map((name) => row.cells.get(name) ?? ''));
	const keys = cells.map(keyOf);
	const found = lines.map((line) => keyOf(line.slice(0, Math.min(columnsInResult, columns.length))));
	const inOrder = isInOrder(keys, found);
	const wanted = placesByKey(keys);
	const told = placesByKey(found);
	return keys.map((key, place) => {
		const lineAt = told.get(key) ?? [];
		// CRM may show a value in another form than it was sent in.
		if (lineAt.length === 0 && inOrder) return results[place] as RowResult;
		const same = wanted.get(key) ?? [];
		const some = lineAt.map((at) => results[at] as RowResult);
		if (same.length !== some.length) return { ok: false, fault: noRow };
		const isWhole = new Set(same.map((at) => JSON.stringify(cells[at]))).size === 1;
		return isWhole ? (some[same.indexOf(place)] as RowResult) : commonResult(some);
	});
}

/** What is known of each of several rows that cannot be told apart. */
function commonResult(results: readonly RowResult[]): RowResult {
	const [first] = results;
	if (first && results.every(({ ok, action }) => ok && action === first.action)) return { ok: true, action: first.action };
	return { ok: false, fault: ambiguous };
}

/** As many rows as were sent, each like the one that was sent there, or like none. */
function isInOrder(keys: readonly string[], found: readonly string[]): boolean {
	const known = new Set(keys);
	return keys.length === found.length && found.every((key, place) => key === keys[place] || !known.has(key));
}

function placesByKey(keys: readonly string[]): Map<string, number[]> {
	const places = new Map<string, number[]>();
	keys.forEach((key, place) => {
		const same = places.get(key) ?? [];
		places.set(key, same);
		same.push(place);
	});
	return places;
}

function resultOf(line: readonly string[], places: ReturnType<typeof placesIn>): RowResult {
	const status = line[places.status]?.trim() ?? '';
	const id = line[places.id]?.trim() ?? '';
	const action = { added: 'insert', updated: 'update' }[status.toLowerCase()] as RowResult['action'];
	if (action) return { ok: true, id, action };
	const fault = joinFaults(faultsOfErrors(line[places.errors] ?? '', status));
	return { ok: false, fault: fault && { ...fault, ...(fault.intent === 'duplicate' && id !== '' && { existingId: id }) } };
}

const noRow: ZohoFault = {
	intent: 'retry',
	code: 'no-result',
	message: 'the result of the job does not say what became of this record',
	remedy: 'It is unknown whether it was written. Look for the record before you send it again.',
	outcomeUnknown: true,
};

const ambiguous: ZohoFault = {
	...noRow,
	code: 'result-ambiguous',
	message: 'several records are alike in what the result of the job repeats of them, and some of them were not written',
};
