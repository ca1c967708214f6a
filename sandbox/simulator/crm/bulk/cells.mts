import type { CrmOrg, FieldState } from '../org.mts';
import { readTime, writeTime } from '../times.mts';

/**
 * Cells of an uploaded table as values of the records API. Source: https://www.zoho.com/crm/developer/docs/api/v8/bulk-write/create-job.html. A value that no field of the
 * kind could have is left as it is, so that the field refuses it.
 */

/** Patterns that a date or time may be declared with, beside the default. */
export const knownFormats = new Map<FieldState['type'], readonly string[]>([
	['date', ['MM/dd/yyyy', 'dd/MM/yyyy', 'yyyy/MM/dd', 'yyyy-MM-dd']],
	['datetime', ['MM/dd/yyyy HH:mm:ss', 'yyyy-MM-dd HH:mm:ss', "yyyy-MM-dd'T'HH:mm:ssXXX"]],
]);
const defaults = new Map<FieldState['type'], string>([
	['date', 'MM/dd/yyyy'],
	['datetime', 'MM/dd/yyyy HH:mm:ss'],
]);
const iso = new Map<FieldState['type'], string>([
	['date', 'yyyy-MM-dd'],
	['datetime', "yyyy-MM-dd'T'HH:mm:ssXXX"],
]);

const numbers = new Set(['integer', 'double', 'currency', 'percent']);

export function valueOfCell(org: CrmOrg, field: FieldState, cell: string, format: string | undefined): unknown {
	if (cell === '') return null;
	const { type } = field;
	if (numbers.has(type)) return cell.trim() !== '' && Number.isFinite(Number(cell)) ? Number(cell) : cell;
	if (type === 'boolean') return /^(true|false)$/i.test(cell) ? cell.toLowerCase() === 'true' : cell;
	if (type === 'multiselectpicklist') return cell.split(';');
	if (type === 'lookup' || type === 'ownerlookup') return { id: cell };
	if (type !== 'date' && type !== 'datetime') return cell;
	const pattern = format ?? (org.switches.bulkIsoTimes === 'declared' ? defaults : iso).get(type);
	return read(org, cell, pattern ?? '') ?? cell.replace(/^/, '?');
}

/** A day as `2026-07-01`, a time with its offset; undefined for what does not have the pattern. */
function read(org: CrmOrg, cell: string, pattern: string): string | undefined {
	if (pattern === "yyyy-MM-dd'T'HH:mm:ssXXX") return readTime(cell) === undefined ? undefined : cell;
	const [day = '', clock] = pattern.split(' ');
	const names: string[] = day.match(/MM|dd|yyyy/g) ?? [];
	const shape = new RegExp(`^${day.replace('yyyy', '(\\d{4})').replace('MM', '(\\d{2})').replace('dd', '(\\d{2})')}${clock ? ' (\\d{2}:\\d{2}:\\d{2})' : ''}$`);
	const found = shape.exec(cell);
	if (!found) return undefined;
	const part = (name: string) => found[names.indexOf(name) + 1] ?? '';
	const date = `${part('yyyy')}-${part('MM')}-${part('dd')}`;
	if (!clock) return date;
	// The clock of the organization.
	const asUtc = Date.parse(`${date}T${found[4]}Z`);
	return `${date}T${found[4]}${writeTime(asUtc, org.timeZone).slice(-6)}`;
}
