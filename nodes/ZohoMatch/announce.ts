/** What is about to be written to Books is announced in CRM first, see sync/announced.ts. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { announcing } from '../../sync/announced';
import { groupBy } from '../../sync/fold';
import { hashOfMark } from '../../sync/hash';
import { emptyMark, linkField, markField, readMark, writeMark } from '../../sync/mark';
import type { PlanEntry } from '../../sync/plan';
import type { CrmSource, JsonObject, SyncMark } from '../../sync/types';
import type { ZohoClient } from '../../zoho/client';
import { writeRecords } from '../../zoho/crm/records';
import { writeFailure } from '../../zoho/crm/singleWrite';
import { text } from '../../zoho/json';
import type { ErrorIntent } from '../../zoho/types';
import { connect } from '../shared/connection';
import { nameOf } from '../shared/underWay';
import { readRecords } from './candidates';
import type { BooksInput, MatchSettings } from './items';

/** A refusal of this record alone. It goes to Books all the same, as it would without announcements. */
const ofTheRecord: ReadonlySet<ErrorIntent> = new Set(['duplicate', 'gone', 'changed', 'invalid']);

/**
 * Announces every entry that leads to a write: one CRM call for 100 records. Throws a ZohoError when CRM does not take announcements now: then nothing
 * has been written yet, and nothing must be.
 */
export async function announce(
	context: IExecuteFunctions,
	entries: PlanEntry[],
	inputs: BooksInput[],
	{ markLimit }: MatchSettings,
): Promise<void> {
	const writes = entries.filter(({ output }) => output === 'new' || output === 'changed');
	const sources = writes.flatMap(({ match }) => match.sources ?? []).filter(({ write }) => write);
	if (sources.length === 0) return;
	const client = await connect(context, 'crm');
	const shown = new Map(inputs.map(({ item: { module, source } }) => [nameOf(module, source.id), source]));
	for (const [module, group] of groupBy(sources, (source) => source.module)) {
		const held = await heldBy(client, module, group, shown);
		const wanted = group.flatMap((source): Array<{ source: CrmSource; mark: string }> => {
			const before = held.get(source.id);
			const mark = before && announcementOf(source, before, markLimit);
			return mark === undefined ? [] : [{ source, mark }];
		});
		await write(client, module, wanted);
	}
}

/** What each record holds: as the items show it, or read for companies that came with their people only. Those that got a link meanwhile are left alone. */
async function heldBy(
	client: ZohoClient,
	module: string,
	sources: CrmSource[],
	shown: ReadonlyMap<string, JsonObject>,
): Promise<Map<string, SyncMark>> {
	const unseen = sources.map(({ id }) => id).filter((id) => !shown.has(nameOf(module, id)));
	const lookups = unseen.length === 0 ? [] : [{ kind: 'recordId' as const, field: 'id', values: unseen }];
	const rows = await readRecords(client, module, lookups, [linkField, markField]);
	const free = rows.filter((row) => text(row[linkField]) === '');
	const known = sources.map(({ id }) => shown.get(nameOf(module, id)));
	const records = [...known, ...free].filter((record) => record !== undefined);
	return new Map(records.map((record) => [text(record.id), markOf(record)]));
}

/** What the mark of a record without a link says of both systems was about another Books record. */
function markOf(record: JsonObject): SyncMark {
	const mark = readMark(record[markField]) ?? emptyMark();
	return text(record[linkField]) === '' ? { ...emptyMark(), announced: mark.announced } : mark;
}

/** Undefined where the record announces it already. */
function announcementOf(source: CrmSource, held: SyncMark, limit?: number): string | undefined {
	const mark = writeMark(announcing(held, source.mark), limit);
	return mark === writeMark(held, limit) ? undefined : mark;
}

async function write(client: ZohoClient, module: string, wanted: Array<{ source: CrmSource; mark: string }>): Promise<void> {
	const records = wanted.map(({ source, mark }) => ({ id: source.id, [markField]: mark }));
	if (records.length === 0) return;
	const results = await writeRecords(client, module, 'update', records, { trigger: [] });
	for (const { index, ok, fault } of results) {
		const one = wanted[index];
		if (fault && !ofTheRecord.has(fault.intent)) throw writeFailure(module, 'update', `${one?.source.id} (its sync mark, before the write to Books)`, fault);
		if (ok && one) one.source.announcement = hashOfMark(one.mark);
	}
}
