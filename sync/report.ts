/** Sentences and review items for people. */

import type { Candidate } from './match';
import { emptyMark } from './mark';
import type { MergeResult } from './merge';
import type { PlanEntry } from './planTypes';
import type { JsonObject, MatchResult } from './types';

const nameFields = [
	'contact_name',
	'name',
	'Account_Name',
	'Full_Name',
	'Name',
	'Product_Name',
	'Vendor_Name',
	'Subject',
	'email',
	'Email',
	'company_name',
];

/** What a person calls the record; its id when it has no name. */
export function displayName(record: JsonObject): string {
	const name = firstText(record, nameFields);
	if (name !== '') return name;
	const full = [record.First_Name ?? record.first_name, record.Last_Name ?? record.last_name]
		.filter(Boolean)
		.join(' ');
	return full || String(record.id ?? record.contact_id ?? record.item_id ?? '');
}

/** The name of a record that is no person; '' when it has none. */
export function ownName(record: JsonObject): string {
	return firstText(
		record,
		nameFields.filter((field) => !/e-?mail/i.test(field)),
	);
}

function firstText(record: JsonObject, fields: string[]): string {
	for (const field of fields) {
		const value = record[field];
		if (typeof value === 'string' && value.trim() !== '') return value.trim();
	}
	return '';
}

/** Why an item is `changed`, in one sentence. */
export function reasonFor(
	merged: Pick<MergeResult, 'changes' | 'conflicts'>,
	linkMissing: boolean,
	markStale: boolean,
): string {
	if (merged.changes.length > 0) {
		const settled = merged.conflicts
			.filter((conflict) => conflict.settled === 'source')
			.map(({ field }) => field);
		const fields = `Changed: ${merged.changes.map(({ field }) => field).join(', ')}`;
		return settled.length > 0 ? `${fields} (both sides had changed ${settled.join(', ')})` : fields;
	}
	if (linkMissing) return 'No field differs; the link to the Books record is written';
	return markStale ? 'No field differs; the sync mark is brought up to date' : 'Nothing differs';
}

/** What Match puts out for the input items `inputs`, in the place of the first. */
export function entry(
	output: PlanEntry['output'],
	inputs: number[],
	record: JsonObject,
	match: Omit<MatchResult, 'action' | 'inputs'>,
): PlanEntry {
	return { output, inputIndex: inputs[0] as number, record, match: { action: output, inputs, ...match } };
}

/** An item that a person must decide. */
export function reviewEntry(
	inputs: number[],
	record: JsonObject,
	reason: string,
	candidates: Candidate[] = [],
): PlanEntry {
	return entry('review', inputs, record, {
		changes: [],
		conflicts: [],
		reason,
		mark: emptyMark(),
		candidates: candidates.map(({ id, name }) => ({ id, name })),
	});
}
