import type { Row } from './systems.mts';

/** The value at a dotted path as text without blanks around it; '' where there is none. */
export function textAt(row: Row | undefined, path: string): string {
	let value: unknown = row;
	for (const key of path.split('.')) value = (value as Row | null | undefined)?.[key];
	return value === undefined || value === null ? '' : String(value).trim();
}

/** A list of objects; [] where there is none. */
export function rowsAt(row: Row, name: string): Row[] {
	const list = row[name];
	return Array.isArray(list) ? (list as Row[]) : [];
}

/** The id of the record a lookup points to; '' where it points to none. */
export function lookupAt(row: Row, name: string): string {
	const value = row[name];
	return typeof value === 'object' && value !== null ? textAt(value as Row, 'id') : textAt(row, name);
}

/** An amount in hundredths, as a whole number: two amounts are the same when these are. Blank is 0. */
export function cents(value: unknown): number {
	const amount = Number(value ?? 0);
	return Math.round((amount + Math.sign(amount) * 1e-9) * 100);
}

export function amountAt(row: Row, name: string): number {
	return cents(row[name]);
}

/** Hundredths as people write them. */
export function inWords(amount: number): string {
	return (amount / 100).toFixed(2);
}

/** The Books record that a CRM record says it is. */
export const linkOf = (row: Row): string => textAt(row, 'Zoho_Books_ID');
