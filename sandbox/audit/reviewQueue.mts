import type { DataTableRow, N8nApi } from '../launcher/n8nApi.mts';

/** The Data Table that the templates write to. */
export const reviewTable = 'Zoho sync review';

/** A failed write waits for nobody: it must have been made good by the next try. */
const waits = ({ key }: DataTableRow) => /(in doubt|deleted)$/.test(String(key ?? ''));

/** Ids of the records about which a person is to decide, from the rows of the review queue. */
export function waitingIds(rows: DataTableRow[]): string[] {
	return rows.filter(waits).map(({ record_id }) => String(record_id ?? ''));
}

export async function readReviewed(api: Pick<N8nApi, 'dataTable'>): Promise<string[]> {
	return waitingIds((await api.dataTable(reviewTable)) ?? []);
}
