/** What is about to be written to Books is announced in CRM first, see sync/announced.ts. */

import { NodeOperationError, sleep, type IExecuteFunctions } from 'n8n-workflow';

import { announcing, carrierOf, openAnnouncements, type Carrier } from '../../sync/announced';
import { groupBy } from '../../sync/fold';
import { getPath } from '../../sync/fields';
import { hashOf, hashOfMark } from '../../sync/hash';
import { emptyMark, linkField, markField, readMark, writeMark } from '../../sync/mark';
import { fieldsInDoubt } from '../../sync/overtaken';
import type { PlanEntry } from '../../sync/plan';
import type { CrmSource, JsonObject, SyncMark } from '../../sync/types';
import type { ZohoClient } from '../../zoho/client';
import { writeFailure } from '../../zoho/crm/singleWrite';
import { text } from '../../zoho/json';
import { callsPerMinuteOf, defaultCallsPerMinute } from '../../zoho/limits';
import type { ErrorIntent } from '../../zoho/types';
import { connect } from '../shared/connection';
import { crmAccountOf } from '../shared/credentials';
import { nameOf, thisProcess } from '../shared/underWay';
import { readRecords } from './candidates';
import { asKnownHere } from './claims';
import type { BooksInput } from './items';
import { readMarks, writeMarks } from './marks';

/** A refusal of this record alone. It goes to Books all the same, as it would without announcements. */
const ofTheRecord: ReadonlySet<ErrorIntent> = new Set(['duplicate', 'gone', 'invalid']);

/** Whose plan is overtaken so often does not look any more who else is at work. */
const mostRounds = 5;
/** And a plan that still takes a linked record for one without a link must not be carried out: it would make a second Books record. */
const tooManyRounds = 8;
/** How often those who wait for another process look at CRM, in milliseconds. */
const glance = 5_000;
/**
 * For how long nobody else makes a Books record of what is announced, in milliseconds: until this process may be taken for ended. There may be others who call
 * Books, and polls of this process: it is four times what the records take by themselves.
 */
const leaseOf = (records: number, callsPerMinute: number): number => 120_000 + (records * 4 * 60_000) / callsPerMinute;

/** A record as it is known now; it is looked at again where another process has written it meanwhile. */
interface Known {
	record: JsonObject;
	/** Of all that were read or written together. */
	reading: string;
	/** Absent for a company that came with its people only. */
	item?: BooksInput['item'];
	learn(record: JsonObject, reading: string): void;
}

interface Wanted {
	source: CrmSource;
	known: Known;
	mark: string;
}

/**
 * Plans, and announces every entry that leads to a write: one CRM call for 100 records. Where CRM shows that another process was faster with one of them, it is
 * looked at again and planned anew; what that one is making a Books record of is waited for.
 * Throws a ZohoError when CRM does not take announcements now: then nothing has been written yet, and nothing must be.
 */
export async function planAnnounced(
	context: IExecuteFunctions,
	inputs: BooksInput[],
	makePlan: () => Promise<PlanEntry[]>,
	markLimit?: number,
): Promise<PlanEntry[]> {
	const announcer = new Announcer(context, inputs, markLimit);
	await announcer.waitForOthers();
	for (let round = 1; ; round++) {
		const entries = await makePlan();
		const overtaken = await announcer.announce(entries, round < mostRounds);
		if (overtaken.length === 0) return entries;
		if (round === tooManyRounds) throw contradiction(context, overtaken);
		await announcer.lookAgain(overtaken);
	}
}

class Announcer {
	private readonly context: IExecuteFunctions;
	private readonly markLimit: number | undefined;
	/** By name: the items' records, and companies that came with their people only. */
	private readonly known: Map<string, Known>;
	private readonly inputs: BooksInput[];
	private looks = 0;

	constructor(context: IExecuteFunctions, inputs: BooksInput[], markLimit: number | undefined) {
		this.context = context;
		this.inputs = inputs;
		this.markLimit = markLimit;
		this.known = new Map(inputs.map(({ item }) => [nameOf(item.module, item.source.id), ofItem(item)]));
	}

	/** What other processes are making a Books record of gets its link in a moment. */
	async waitForOthers(): Promise<void> {
		for (const [module, group] of groupBy(this.inputs, ({ item }) => item.module)) {
			const taken = group.filter(({ item }) => isTaken(item.source)).map(({ item }) => text(item.source.id));
			await this.lookAt(module, taken);
		}
	}

	/** @returns the records that were written by somebody else since they were read; where `onlyIfAsRead` is false, those that were linked */
	async announce(entries: PlanEntry[], onlyIfAsRead: boolean): Promise<CrmSource[]> {
		const writes = entries.filter(({ output }) => output === 'new' || output === 'changed');
		const sources = writes.flatMap(({ match }) => match.sources ?? []).filter(({ write }) => write);
		const carrier = { by: thisProcess, until: Date.now() + leaseOf(writes.length, await this.callsPerMinute(sources)) };
		const linked: CrmSource[] = [];
		const overtaken: CrmSource[] = [];
		for (const [module, group] of groupBy(sources, (source) => source.module)) {
			await this.readCompanies(module, group.map(({ id }) => id));
			const wanted: Wanted[] = [];
			for (const source of group) {
				const known = this.known.get(nameOf(module, source.id));
				if (!known || text(known.record.id) === '') continue;
				if (source.link === '' && text(known.record[linkField]) !== '') linked.push(source);
				else wanted.push({ source, known, mark: this.markFor(source, known.record, carrier) });
			}
			overtaken.push(...(await this.write(module, wanted, onlyIfAsRead)));
		}
		return onlyIfAsRead ? [...linked, ...overtaken] : linked;
	}

	async lookAgain(sources: CrmSource[]): Promise<void> {
		for (const [module, group] of groupBy(sources, (source) => source.module))
			await this.lookAt(module, group.map(({ id }) => id));
	}

	/** Reads link, mark and time of the records anew, until no other process is making a Books record of them. */
	private async lookAt(module: string, ids: string[]): Promise<void> {
		for (let waiting = ids; waiting.length > 0; await sleep(glance)) {
			const scope = crmAccountOf(this.context);
			const rows = (await readMarks(await this.crm(), module, waiting)).map((row) => asKnownHere(scope, module, row));
			await this.tellOutdated(module, rows);
			const reading = `look ${++this.looks}`;
			for (const row of rows) this.known.get(nameOf(module, row.id))?.learn(row, reading);
			waiting = rows.filter(isTaken).map((row) => text(row.id));
			if (waiting.length === 0) return;
		}
	}

	/** Which of the items show what their record has no longer? Their newer state comes by itself. */
	private async tellOutdated(module: string, rows: JsonObject[]): Promise<void> {
		const doubts = rows.flatMap((row) => {
			const item = this.known.get(nameOf(module, row.id))?.item;
			const fields = item ? fieldsInDoubt(item.source, readMark(item.source[markField]), readMark(row[markField])) : [];
			return item && fields.length > 0 ? [{ item, fields }] : [];
		});
		if (doubts.length === 0) return;
		const lookups = [{ kind: 'recordId' as const, field: 'id', values: doubts.map(({ item }) => text(item.source.id)) }];
		const shown = await readRecords(await this.crm(), module, lookups, [...new Set(doubts.flatMap(({ fields }) => fields))]);
		for (const { item, fields } of doubts) {
			const record = shown.find(({ id }) => id === item.source.id) ?? {};
			if (fields.some((field) => hashOf(getPath(record, field), field) !== hashOf(getPath(item.source, field), field))) item.isOutdated = true;
		}
	}

	/** Companies without a link, which came with their people only: all in one look. */
	private async readCompanies(module: string, ids: string[]): Promise<void> {
		const unknown = ids.filter((id) => !this.known.has(nameOf(module, id)));
		for (const id of unknown) this.known.set(nameOf(module, id), this.companyOf(id));
		await this.lookAt(module, unknown);
	}

	private companyOf(id: string): Known {
		const members = this.inputs.filter(({ item }) => item.account?.id === id);
		const company: Known = {
			record: {},
			reading: '',
			learn(record, reading) {
				company.record = { ...company.record, ...record };
				company.reading = reading;
				for (const { item } of members) if (item.account) item.account.link = text(company.record[linkField]);
			},
		};
		return company;
	}

	private markFor(source: CrmSource, record: JsonObject, carrier: Carrier): string {
		const isLinked = text(record[linkField]) !== '';
		return writeMark(announcing(markOf(record), source.mark, isLinked ? undefined : carrier), this.markLimit);
	}

	/** @returns those that were written by somebody else since */
	private async write(module: string, wanted: Wanted[], onlyIfAsRead: boolean): Promise<CrmSource[]> {
		const open = wanted.filter(({ known, mark }) => !isAnnounced(known.record, mark));
		for (const { source, known } of wanted) announced(source, known);
		if (open.length === 0) return [];
		const overtaken: CrmSource[] = [];
		for (const group of groupBy(open, ({ known }) => known.reading).values()) {
			const records = group.map(({ source, mark }) => ({ id: source.id, [markField]: mark }));
			const asOf = onlyIfAsRead ? group.map(({ known }) => text(known.record.Modified_Time)) : [];
			const results = await writeMarks(await this.crm(), module, records, asOf);
			for (const { index, ok, fault, details } of results) {
				const { source, known, mark } = group[index] as Wanted;
				if (fault?.intent === 'changed') overtaken.push(source);
				else if (fault && !ofTheRecord.has(fault.intent))
					throw writeFailure(module, 'update', `${source.id} (its sync mark, before the write to Books)`, fault);
				if (!ok) continue;
				const modified = text(details?.Modified_Time);
				known.learn({ id: source.id, [markField]: mark, Modified_Time: modified }, `announced ${modified}`);
				announced(source, known);
			}
		}
		return overtaken;
	}

	/** How fast this process may write to Books. Only of records without a link is it told for how long they are on their way. */
	private async callsPerMinute(sources: CrmSource[]): Promise<number> {
		if (sources.every(({ link }) => link !== '')) return defaultCallsPerMinute;
		return callsPerMinuteOf((await connect(this.context, 'books')).connection);
	}

	private async crm(): Promise<ZohoClient> {
		return await connect(this.context, 'crm');
	}
}

/** What the link is to find. */
function announced(source: CrmSource, { record }: Known): void {
	source.announcement = hashOfMark(record[markField]);
	source.asOf = text(record.Modified_Time);
}

function contradiction(context: IExecuteFunctions, [first]: CrmSource[]): NodeOperationError {
	return new NodeOperationError(context.getNode(), `${first?.module} ${first?.id} has been linked with Books by somebody else again and again`, {
		description: 'Nothing was written to Books. Run it again; if it does not help, please report this with the records of this run.',
	});
}

function ofItem(item: BooksInput['item']): Known {
	return {
		item,
		get record() {
			return item.source;
		},
		reading: 'the trigger',
		learn(record, reading) {
			item.source = { ...item.source, ...record };
			this.reading = reading;
		},
	};
}

/** Is another process making a Books record of it? */
function isTaken(record: JsonObject): boolean {
	const carrier = carrierOf(readMark(record[markField]));
	return text(record[linkField]) === '' && carrier !== undefined && carrier.by !== thisProcess && carrier.until > Date.now();
}

/** What the mark of a record without a link says of both systems was about another Books record. */
function markOf(record: JsonObject): SyncMark {
	const mark = readMark(record[markField]) ?? emptyMark();
	return text(record[linkField]) === '' ? { ...emptyMark(), announced: mark.announced, carrier: mark.carrier } : mark;
}

/** Does the record announce all that `mark` does? Where it has no link yet, by this process. */
function isAnnounced(record: JsonObject, mark: string): boolean {
	const [held, wanted] = [readMark(record[markField]), readMark(mark)];
	if (!held || !wanted || (text(record[linkField]) === '' && carrierOf(held)?.by !== thisProcess)) return false;
	return JSON.stringify(openAnnouncements(held)) === JSON.stringify(openAnnouncements(wanted));
}
