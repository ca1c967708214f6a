/**
 * May a record that came with a webhook be used as it is? Books repeats deliveries for a long time and in no
 * order, and anyone who caught one can send it again, signature and all. A record that is not newer than what
 * this process has seen of it, or older than Books' first repetitions, could bring old values back, so it counts as "something
 * changed" only and is fetched.
 */

/** Milliseconds. Where many come at once, n8n answers some too late, and Books sends them again minutes later: none of them shall cost a call. */
const longestWay = 15 * 60_000;
const remembered = 5_000;
/** Modification times by record, the least recently seen first. */
const newest = new Map<string, number>();

/** Notes a version of a record, by its modification time. `key` names the record within the process. */
export function noteVersion(key: string, modified: number): void {
	const seen = newest.get(key) ?? 0;
	newest.delete(key);
	newest.set(key, Math.max(seen, modified));
	const [oldest] = newest.keys();
	if (newest.size > remembered && oldest !== undefined) newest.delete(oldest);
}

/** `modified` and `now` are epoch milliseconds. Notes the version. */
export function isFresh(key: string, modified: number, now: number): boolean {
	const seen = newest.get(key) ?? 0;
	noteVersion(key, modified);
	return modified > seen && Math.abs(now - modified) <= longestWay;
}
