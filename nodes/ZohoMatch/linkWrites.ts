/**
 * Writes links and marks, 100 a call, where the CRM records are as Match left them. Where CRM says that one was changed since, it is looked at again first: between
 * the decision and the link there may be minutes, in which a person or another execution has written it.
 */

import type { IExecuteFunctions } from 'n8n-workflow';

import { groupBy } from '../../sync/fold';
import { keepingWhatOthersKnow, mayLink, type LinkFields, type LinkRecord } from '../../sync/link';
import type { ZohoClient } from '../../zoho/client';
import { writeFailure } from '../../zoho/crm/singleWrite';
import type { ZohoError } from '../../zoho/errors';
import { text } from '../../zoho/json';
import { tellLanded } from '../shared/written';
import { readMarks, writeMarks } from './marks';

export interface Link {
	link: LinkRecord;
	/** See the option "Longest Sync Mark". */
	limit: number | undefined;
}

/** What became of a link. One that a newer one has overtaken is nobody's concern. */
interface Verdicts<Wanted extends Link> {
	written(wanted: Wanted, record: LinkFields): void;
	refused(wanted: Wanted, error: ZohoError): void;
	doubtful(wanted: Wanted, reason: string): void;
}

/** A record that is changed so often while its link is written gets it all the same. */
const mostRounds = 5;

interface Ready<Wanted> {
	wanted: Wanted;
	record: LinkFields;
	/** CRM's `Modified_Time` of the record as it is known. */
	asOf: string;
}

/** Throws a ZohoError when CRM cannot be read. */
export async function writeLinks<Wanted extends Link>(
	context: IExecuteFunctions,
	client: ZohoClient,
	module: string,
	all: Wanted[],
	verdicts: Verdicts<Wanted>,
): Promise<void> {
	let ready = all.map((wanted): Ready<Wanted> => ({ wanted, record: wanted.link.record, asOf: wanted.link.before.asOf ?? '' }));
	for (let round = 1; ready.length > 0; round++) {
		const changed: Wanted[] = [];
		for (const group of groupBy(ready, readTogether).values()) {
			const records = group.map(({ record }) => record);
			const asOf = round < mostRounds ? group.map((one) => one.asOf) : [];
			const results = await writeMarks(client, module, records, asOf);
			for (const { index, ok, fault, details } of results) {
				const { wanted, record } = group[index] as Ready<Wanted>;
				if (ok) {
					tellLanded(context, module, record, details?.Modified_Time);
					verdicts.written(wanted, record);
				} else if (fault?.intent === 'changed') changed.push(wanted);
				else verdicts.refused(wanted, writeFailure(module, 'update', record.id, fault));
			}
		}
		ready = await lookAgain(client, module, changed, verdicts);
	}
}

/** Those that may be linked still, as the records are by now. */
async function lookAgain<Wanted extends Link>(
	client: ZohoClient,
	module: string,
	changed: Wanted[],
	{ doubtful }: Pick<Verdicts<Wanted>, 'doubtful'>,
): Promise<Array<Ready<Wanted>>> {
	if (changed.length === 0) return [];
	const rows = await readMarks(client, module, changed.map(({ link }) => link.record.id));
	const held = new Map(rows.map((row) => [text(row.id), row]));
	return changed.flatMap((wanted): Array<Ready<Wanted>> => {
		const row = held.get(wanted.link.record.id);
		const verdict = mayLink(wanted.link, row);
		if (typeof verdict === 'object') doubtful(wanted, verdict.problem);
		if (verdict !== true) return [];
		return [{ wanted, record: keepingWhatOthersKnow(wanted.link.record, wanted.link.before.learned, row, wanted.limit), asOf: text(row?.Modified_Time) }];
	});
}

/** What was announced in one call has one time; all others were read by the trigger, or together just now. */
function readTogether({ wanted, asOf }: Ready<Link>): string {
	if (asOf === '') return 'unknown';
	return wanted.link.before.asOf === asOf && wanted.link.before.announcement ? asOf : 'read';
}
