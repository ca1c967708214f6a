import { invalid } from './errors.mts';
import { readDay } from './times.mts';
import { type Json, readText } from './values.mts';

/** What refunds of credits and of payments have in common. */
export interface RefundTexts {
	date: string;
	mode: string;
	description: string;
	reference: string;
}

/** Reads it from a body; what a change leaves out stays. */
export function readRefund(body: Json, before?: RefundTexts): RefundTexts {
	const has = (name: string) => name in body || !before;
	const text = (name: string, now = '') => (has(name) ? readText(name, body[name]) : now);
	return {
		date: has('date') ? readDay('date', body['date']) || invalid('date') : (before?.date ?? ''),
		mode: text('refund_mode', before?.mode),
		description: text('description', before?.description),
		reference: text('reference_number', before?.reference),
	};
}
