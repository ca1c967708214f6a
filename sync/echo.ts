/**
 * Books records that come back as CRM has just written them. Link and mark that are on their way to CRM tell as much, so CRM need not be asked: a burst from
 * CRM comes back in many small deliveries.
 */

import { agrees } from './hash';
import { readMark, linkField, markField } from './mark';
import { isBlank } from './fields';
import { newestPerSource } from './fold';
import { parseInstant } from './normalise';
import { proposedFields } from './planCrm';
import { entry } from './report';
import type { CrmItem, PlanEntry, PlanOptions } from './planTypes';
import type { JsonObject, SyncMark } from './types';

interface Apart {
	echoes: PlanEntry[];
	/** What is left to be planned. */
	others: CrmItem[];
}

/** @param links CRM records with the link and mark that this process has just made for them */
export function echoesApart(items: CrmItem[], links: JsonObject[], options: PlanOptions): Apart {
	const echoes = newestPerSource(items, (item) => item.link || `item ${item.inputIndex}`).flatMap((item): PlanEntry[] => {
		const own = links.filter((record) => item.link !== '' && record[linkField] === item.link);
		const mark = own.length === 1 ? readMark(own[0]?.[markField]) : undefined;
		if (!mark || !isEcho(item, mark, options)) return [];
		const id = String(own[0]?.id);
		const match = { id, rule: `externalId ${linkField}`, changes: [], conflicts: [], reason: 'As CRM has just written it', mark };
		return [entry('unchanged', item.inputs, { id }, match)];
	});
	const settled = new Set(echoes.flatMap(({ match }) => match.inputs ?? []));
	return { echoes, others: items.filter(({ inputIndex }) => !settled.has(inputIndex)) };
}

/** Is the Books record no newer than what was written, and does all that it would bring agree with it? */
function isEcho(item: CrmItem, mark: SyncMark, options: PlanOptions): boolean {
	const [own, written] = [parseInstant(item.sourceModified), parseInstant(mark.booksModified)];
	if (own === undefined || written === undefined || own > written) return false;
	if ((item.booksParent ?? '') !== (mark.booksParent ?? '') || options.subformCheck?.length) return false;
	return Object.entries(proposedFields(item, options)).every(([field, value]) => {
		if (mark.crm[field] !== undefined) return agrees(mark.crm[field], value, field);
		return isBlank(value) && !options.overwriteBlank && !options.emptyFields?.includes(field);
	});
}
