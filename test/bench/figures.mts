/** The figures of a run, in the form of its last line. A run of a few measures holds only theirs. */
export interface Figures {
	/** Calls to both systems until that many new customers of Books are in CRM. */
	books_to_crm?: { records: number; books_calls: number; crm_calls: number };
	/** Calls to both systems until that many new Contacts of CRM are in Books. */
	crm_to_books?: { records: number; books_calls: number; crm_calls: number };
	/** Calls because our own writes of `books_to_crm` came back as notifications. */
	echo?: { books_calls: number; crm_calls: number };
	backfill?: { records: number; calls: number };
	backfill_again?: { calls: number; writes: number };
	/** How many times as much the same job takes when it is built from n8n's own nodes. */
	peer?: { burst_crm_calls_ratio?: number; backfill_crm_calls_ratio?: number; wall_ratio?: number };
	/** Sustained writes to Books. */
	pacing?: { writes_per_minute: number; http_429: number };
	/** From a change in one system until it is written to the other one. */
	latency_ms?: { p50: number; p95: number };
	scale?: { s_10k?: number; s_100k?: number; peak_rss_mb?: number };
	/** Calls of a poll that finds nothing, for each module it looks at. */
	idle?: { calls_per_poll: number };
}

/** What is behind a figure, for the page and for those who look for a reason: any names, numbers and short lists. */
export type Details = Record<string, number | string | Record<string, number> | number[]>;

export interface Outcome {
	figures: Figures;
	details: Details;
}

/** Both together; where both have an object under a name, its parts are put together. */
export function mergeFigures(before: Figures, more: Figures): Figures {
	const merged: Record<string, object | undefined> = { ...before };
	for (const [name, part] of Object.entries(more)) merged[name] = { ...merged[name], ...(part as object) };
	return merged;
}

export function round(value: number, digits = 2): number {
	return Number(value.toFixed(digits));
}
