import { mergeFigures, round, type Figures } from './figures.mts';
import { bars, type Bar } from './page/bars.mts';
import { detail, type Records } from './page/record.mts';

export interface Picture {
	/** `bench-….svg` */
	file: string;
	/** For those who cannot see it. */
	about: string;
	svg: string;
}

/** The figures of all measures together. */
export const figuresOf = (records: Records): Figures =>
	Object.values(records).reduce<Figures>((all, { figures }) => mergeFigures(all, figures), {});

function picture(file: string, title: string, rows: Array<Bar | undefined>): Picture | undefined {
	const there = rows.filter((row) => row !== undefined);
	if (there.length < rows.length) return undefined;
	const about = `${title}: ${there.map(({ label, text }) => `${label} ${text}`).join(', ')}`;
	return { file: `bench-${file}.svg`, about, svg: bars(title, there) };
}

function bar(label: string, value: number | undefined, ours: boolean, unit = ''): Bar | undefined {
	return value === undefined ? undefined : { label, value, text: [value, unit].filter(Boolean).join(' '), ours };
}

const share = (calls: number | undefined, records: number | undefined) =>
	calls !== undefined && records ? round(calls / records, 3) : undefined;

/** All pictures for which there are figures. */
export function picturesOf(records: Records): Picture[] {
	const { books_to_crm, backfill, backfill_again, scale } = figuresOf(records);
	const crmOfBackfill = detail(records, 'backfill', 'crm_calls');
	const customers = detail(records, 'peerBackfill', 'customers');
	return [
		picture('crm-calls', 'CRM calls for each record', [
			bar('Burst, these templates', share(books_to_crm?.crm_calls, books_to_crm?.records), true),
			bar("Burst, n8n's own nodes", share(detail(records, 'peerBurst', 'crm_calls'), books_to_crm?.records), false),
			bar('First sync, these templates', share(crmOfBackfill, backfill?.records), true),
			bar("First sync, n8n's own nodes", share(detail(records, 'peerBackfill', 'crm_calls'), customers), false),
		]),
		picture('first-sync', `Calls of a first sync of ${backfill?.records.toLocaleString('en') ?? ''} customers`, [
			bar('For the first time', backfill?.calls, true, 'calls'),
			bar('Again, nothing changed', backfill_again?.calls, true, 'calls'),
		]),
		picture('scale', 'Seconds of a first sync', [
			bar(`${backfill?.records.toLocaleString('en') ?? ''} customers`, scale?.s_10k, true, 's'),
			bar(`${detail(records, 'scale', 'customers')?.toLocaleString('en') ?? ''} customers`, scale?.s_100k, true, 's'),
		]),
	].filter((each) => each !== undefined);
}
