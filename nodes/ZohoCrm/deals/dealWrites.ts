/** Writing the ledger and the amounts of a Deal, so that nothing is lost when several runs do it at the same time. */

import { dealTotals, readLedger, writeLedger, type DealTotals, type Ledger } from '../../../sync/money';
import type { ZohoClient } from '../../../zoho/client';
import { writeRecords } from '../../../zoho/crm/records';
import { settled, unmodifiedSince, type Seen } from '../../../zoho/crm/settled';
import { writeFailure } from '../../../zoho/crm/singleWrite';
import { numberOf, text } from '../../../zoho/json';
import type { JsonObject, ZohoFault } from '../../../zoho/types';
import { GivenError } from '../../shared/given';
import { Lanes } from '../../shared/lanes';
import { ledgerField, readDeal, totalFields, type DealModule } from './dealReads';

export interface DealWriting {
	client: ZohoClient;
	module: DealModule;
	/** Code of the Books organization's base currency; '' when nobody told. */
	booksCurrency: string;
	/** As in `WriteOptions`. */
	trigger?: string[];
}

/** How often a Deal is read and written anew when somebody else changes it between the two. */
const mostAttempts = 6;
/** What rounding to two decimals can take from an amount, with room for the inexactness of binary numbers. */
const roundedOff = 0.005_001;
/** Deals of which is remembered when this process wrote them last. */
const mostRemembered = 1_000;

/** One run at a time for each Deal of this process; CRM's lock is for the other ones. */
const lanes = new Lanes();
const lastWritten = new Map<string, number>();

const gone: ZohoFault = {
	intent: 'gone',
	code: 'not-found',
	message: 'there is no such record',
	remedy: 'The Deal was deleted after it was read. Run this again.',
};

/**
 * Changes the ledger of a Deal and brings its amounts in line with it; writes the fields that are different then, if any are.
 * @param seen the Deal as it was read
 * @param change is called again with the ledger of a later state, when the Deal was changed meanwhile
 * @throws ZohoError, or GivenError when its amounts cannot be told
 */
export async function changeDeal(writing: DealWriting, seen: Seen, change: (ledger: Ledger) => Ledger): Promise<DealTotals> {
	const { client, module, trigger } = writing;
	const { now } = client.surroundings;
	const id = text(seen.record.id);
	const key = `${client.connection.apiDomain} ${id}`;
	const name = `"${text(seen.record.Deal_Name)}"`;
	return await lanes.run(key, async () => {
		const isStale = (lastWritten.get(key) ?? Number.NEGATIVE_INFINITY) >= seen.at;
		let known = isStale ? undefined : seen;
		for (let attempt = 1; ; attempt++) {
			const deal = await settled(client, async () => await readDeal(client, module, id), known);
			if (!deal) throw writeFailure('Deals', 'update', name, gone);
			const { fields, totals } = changesOf(deal, change, writing);
			if (Object.keys(fields).length === 0) return totals;
			const since = unmodifiedSince(deal);
			const [result] = await writeRecords(client, 'Deals', 'update', [{ id, ...fields }], {
				...(since && { ifUnmodifiedSince: since }),
				...(trigger && { trigger }),
			});
			if (result?.ok) {
				remember(key, now());
				return totals;
			}
			if (result?.fault?.intent !== 'changed' || attempt === mostAttempts) throw writeFailure('Deals', 'update', name, result?.fault);
			known = undefined;
		}
	});
}

/** The fields that are to be different, and the amounts. A Deal that has and gets no invoice stays as it is. */
function changesOf(
	deal: JsonObject,
	change: (ledger: Ledger) => Ledger,
	{ module, booksCurrency }: DealWriting,
): { fields: JsonObject; totals: DealTotals } {
	const before = text(deal[ledgerField]).trim();
	const ledger = change(readWhole(before, deal));
	const isEmpty = Object.keys(ledger).length === 0;
	const dealCurrency = module.currency || text(deal.Currency);
	const totals = dealTotals(ledger, { dealCurrency, booksCurrency });
	if ('problem' in totals) {
		throw new GivenError(`The amounts of the Deal "${text(deal.Deal_Name)}" cannot be told. ${totals.problem}`, 'The Deal was left as it is.');
	}
	if (isEmpty && before === '') return { fields: {}, totals };
	const after = isEmpty ? null : writeLedger(ledger);
	const isOther = (after ?? '') !== before;
	// CRM may keep fewer decimals than there are: a rest of that kind alone is no change, or it would be written again every time.
	const most = isOther ? 0 : roundedOff;
	const amounts = totalFields.filter((field) => !(Math.abs((numberOf(deal[field]) ?? Number.NaN) - totals[field]) <= most));
	return {
		fields: {
			...(isOther && { [ledgerField]: after }),
			...Object.fromEntries(amounts.map((field) => [field, totals[field]])),
		},
		totals,
	};
}

/** A damaged ledger reads as one with fewer invoices, and the amounts would silently be too small. */
function readWhole(before: string, deal: JsonObject): Ledger {
	const ledger = readLedger(before);
	if (before === '' || countOf(before) === Object.keys(ledger).length) return ledger;
	throw new GivenError(
		`The field ${ledgerField} of the Deal "${text(deal.Deal_Name)}" was changed by hand, or by something else, and cannot be read any more`,
		'Empty the field, then save the invoices of this Deal again in Zoho Books: they are counted anew.',
	);
}

function countOf(json: string): number | undefined {
	try {
		return Object.keys(JSON.parse(json) as object).length;
	} catch {
		return undefined;
	}
}

function remember(key: string, at: number): void {
	lastWritten.delete(key);
	lastWritten.set(key, at);
	const [oldest] = lastWritten.keys();
	if (lastWritten.size > mostRemembered && oldest !== undefined) lastWritten.delete(oldest);
}
