import { invalid } from './errors.mts';
import { readText } from './values.mts';

/** To make one takes longer than all else in a row of a list. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
	const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
	formats.set(timeZone, format);
	return format;
}

/** Offset of a time zone from UTC at an instant, in minutes. */
function offsetMinutes(at: number, timeZone: string): number {
	const name =
		formatOf(timeZone)
			.formatToParts(at)
			.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
	const [, sign, hours, minutes] = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name) ?? [];
	return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

const two = (value: number) => String(value).padStart(2, '0');

/** `2026-06-09T13:16:32-0400`: the organization's zone, offset without colon, no fraction. */
export function booksTime(at: number, timeZone: string): string {
	const offset = offsetMinutes(at, timeZone);
	const local = new Date(at + offset * 60_000).toISOString().slice(0, 19);
	const size = Math.abs(offset);
	return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

/** `2026-06-09` in the organization's zone. */
export const booksDate = (at: number, timeZone: string) => booksTime(at, timeZone).slice(0, 10);

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `09 Jun 2026`, as Books' formatted twins show dates. */
export function shownDate(at: number, timeZone: string): string {
	const [year, month, day] = booksDate(at, timeZone).split('-');
	return `${day} ${months[Number(month) - 1]} ${year}`;
}

/** Seconds until the organization's next midnight, when the day's calls are counted anew. */
export function secondsToMidnight(at: number, timeZone: string): number {
	const [hours, minutes, seconds] = booksTime(at, timeZone).slice(11, 19).split(':').map(Number);
	return 86_400 - ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0));
}

/**
 * Reads the only form that list filters take, `yyyy-MM-ddTHH:mm:ss±HHmm`; anything else (Z, a colon in the offset, milliseconds) is
 * refused by Zoho. Undefined when it is not that form.
 */
export function readBooksTime(text: string): number | undefined {
	const parts = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})([+-]\d{2})(\d{2})$/.exec(text);
	const at = parts ? Date.parse(`${parts[1]}${parts[2]}:${parts[3]}`) : NaN;
	return Number.isNaN(at) ? undefined : at;
}

/** A day `yyyy-MM-dd` as a request names it; '' for none. */
export function readDay(name: string, value: unknown): string {
	const text = readText(name, value);
	const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && booksDay(Date.parse(text)) === text;
	return text === '' || isDay ? text : invalid(name);
}

const booksDay = (at: number) => (Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, 10));

/** So many days later. */
export const daysAfter = (day: string, days: number) => booksDay(Date.parse(day) + days * 86_400_000);
