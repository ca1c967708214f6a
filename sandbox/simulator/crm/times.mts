/** Zoho CRM writes times in the user's zone with its offset and second precision: `2026-07-01T09:00:00+05:30`. */

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

const formatOf = (zone: string) => {
	let format = formats.get(zone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
		formats.set(zone, format);
	}
	return format;
};

const quarterHour = 15 * 60_000;

/** Offset of a zone at an instant, in milliseconds. Offsets only change on quarter hours, so that is what is remembered. */
function offsetOf(zone: string, at: number): number {
	const slot = Math.floor(at / quarterHour) * quarterHour;
	const key = `${zone} ${slot}`;
	const known = offsets.get(key);
	if (known !== undefined) return known;
	const part: Record<string, number> = {};
	for (const { type, value } of formatOf(zone).formatToParts(slot)) part[type] = Number(value);
	const local = Date.UTC(
		part['year'] ?? 0,
		(part['month'] ?? 1) - 1,
		part['day'],
		part['hour'],
		part['minute'],
		part['second'],
	);
	if (offsets.size > 50_000) offsets.clear();
	offsets.set(key, local - slot);
	return local - slot;
}

const two = (value: number) => String(value).padStart(2, '0');

/** Epoch milliseconds → Zoho CRM's text, in a zone such as `Asia/Kolkata`. */
export function writeTime(at: number, zone: string): string {
	const offset = offsetOf(zone, at);
	const minutes = Math.abs(offset) / 60_000;
	const sign = offset < 0 ? '-' : '+';
	return `${new Date(at + offset).toISOString().slice(0, 19)}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** ISO 8601 with an offset (or Z) → epoch milliseconds; undefined when it is none. */
export function readTime(text: unknown): number | undefined {
	if (typeof text !== 'string') return undefined;
	const found = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})$/.exec(text.trim());
	if (!found || !isDay(text.trim().slice(0, 10))) return undefined;
	const zone = found[2] === 'Z' ? 'Z' : `${found[2]?.slice(0, 3)}:${found[2]?.slice(-2)}`;
	const at = Date.parse(`${found[1]}${zone}`);
	return Number.isNaN(at) ? undefined : at;
}

/** A calendar day as Zoho takes it: `2026-07-01`. */
export function isDay(value: unknown): value is string {
	if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
	const at = Date.parse(`${value}T00:00:00Z`);
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

export const toSecond = (at: number) => Math.floor(at / 1000) * 1000;
