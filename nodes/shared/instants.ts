/** Times as n8n's date fields and expressions give them. */

import { isCalendarDay, parseZohoTime } from '../../zoho/dates';

const local = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;

/**
 * Epoch milliseconds of a time: text with an offset, n8n's DateTime, a Date, or text without an offset, which is what n8n's date field gives
 * and means the workflow's time zone (`Europe/Berlin`). Undefined for anything else.
 */
export function instantOf(value: unknown, timeZone: string): number | undefined {
	const moment = momentOf(value);
	if (moment !== undefined || typeof value !== 'string') return moment;
	const known = parseZohoTime(value);
	if (known !== undefined) return known;
	const [, day, time = '00:00', second = '00'] = local.exec(value.trim()) ?? [];
	const wall = day === undefined || !isCalendarDay(day) ? Number.NaN : Date.parse(`${day}T${time}:${second}Z`);
	if (Number.isNaN(wall)) return undefined;
	return wall - offsetAt(wall - offsetAt(wall, timeZone), timeZone);
}

/** Epoch milliseconds of a DateTime or Date; undefined for anything else. */
export function momentOf(value: unknown): number | undefined {
	if (value instanceof Date) return value.getTime();
	if (typeof value !== 'object' || value === null || !('toMillis' in value) || typeof value.toMillis !== 'function') return undefined;
	const millis: unknown = value.toMillis();
	return typeof millis === 'number' ? millis : undefined;
}

/** How many milliseconds the clocks of a time zone are ahead of UTC at that instant. */
function offsetAt(instant: number, timeZone: string): number {
	const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
	return Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) - Math.floor(instant / 1000) * 1000;
}
