/** Zoho's two ways to write an instant, and one way to read them all. Instants are epoch milliseconds. */

function toSecond(epochMs: number): string {
	return new Date(epochMs).toISOString().slice(0, 19);
}

/**
 * As Books' `last_modified_time` filter demands it: `2026-07-01T00:00:00+0000`. Books refuses `Z`, `+00:00` and milliseconds with code 2.
 * The part of a second is cut off, so that a filter "since" never starts too late.
 */
export function toBooksTime(epochMs: number): string {
	return `${toSecond(epochMs)}+0000`;
}

/** As CRM's headers, COQL and `channel_expiry` take it: `2026-07-01T00:00:00+00:00`. */
export function toCrmTime(epochMs: number): string {
	return `${toSecond(epochMs)}+00:00`;
}

const instant = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})$/i;

/** Is `2026-02-29` on the calendar? `Date.parse` takes it for the first of March where a time follows. */
export function isCalendarDay(day: string): boolean {
	const at = Date.parse(`${day}T00:00:00Z`);
	return !Number.isNaN(at) && toSecond(at).startsWith(`${day}T`);
}

/** Reads an instant with an offset in either product's spelling; undefined for a date alone, a time without offset, a day that there is not, or anything else. */
export function parseZohoTime(value: string): number | undefined {
	const parts = instant.exec(value.trim());
	if (!parts) return undefined;
	const [, day = '', time = '', offset = ''] = parts;
	if (!isCalendarDay(day)) return undefined;
	const zone = /^z$/i.test(offset) ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
	const parsed = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}${zone}`);
	return Number.isNaN(parsed) ? undefined : parsed;
}
