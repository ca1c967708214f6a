/** The files of bulk jobs: a table in a zip archive. */

import { CsvError, csvRecords, csvRows } from '../../csv';
import { refusal } from '../../errors';
import type { ZohoCall, ZohoReply } from '../../types';
import { ZipError, unzip } from '../../zip';

/** What a table may have when it is unpacked; 200,000 rows of 2 kB each stay below. */
const mostBytes = 450 * 1_048_576;

/**
 * The text of the table in an answer.
 * @throws ZohoError when what came is no archive of one
 */
async function textOf({ file }: ZohoReply, call: ZohoCall): Promise<string> {
	if (!file) throw unreadable(call, 'Zoho sent no file');
	try {
		const { content } = await unzip(file.content, mostBytes);
		return new TextDecoder().decode(content);
	} catch (error) {
		throw error instanceof ZipError ? unreadable(call, error.message) : error;
	}
}

/**
 * The rows of the table in an answer, by the names of its columns.
 * @throws ZohoError when what came is none
 */
export async function* rowsOf(reply: ZohoReply, call: ZohoCall): AsyncGenerator<Record<string, string>> {
	const table = await textOf(reply, call);
	try {
		yield* csvRecords(table);
	} catch (error) {
		throw error instanceof CsvError ? unreadable(call, error.message) : error;
	}
}

/** The same, with the names as the first of the lines. */
export async function linesOf(reply: ZohoReply, call: ZohoCall): Promise<string[][]> {
	const table = await textOf(reply, call);
	try {
		return [...csvRows(table)];
	} catch (error) {
		throw error instanceof CsvError ? unreadable(call, error.message) : error;
	}
}

function unreadable(call: ZohoCall, why: string): Error {
	return refusal(call, 'unreadable-result', `the result of the job cannot be read: ${why}`, 'Run this again, or fetch the result in Zoho CRM.');
}
