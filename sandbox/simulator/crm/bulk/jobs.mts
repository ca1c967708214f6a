import type { CrmOrg } from '../org.mts';

/** A file that waits for its job. */
export interface UploadedFile {
	id: string;
	content: Buffer;
}

export type JobState = 'ADDED' | 'INPROGRESS' | 'COMPLETED';

/** A job that is carried out when somebody looks at it after its time. */
export interface Job<Wish, Outcome> {
	id: string;
	at: number;
	by: string;
	wish: Wish;
	carryOut: () => Outcome;
	outcome?: Outcome;
}

const minute = 60_000;
/** https://www.zoho.com/crm/developer/docs/api/v8/bulk-read/download-result.html */
const downloadsPerMinute = 10;

/** What an organization has of bulk jobs: files, jobs of both kinds, page tokens. */
export class BulkBook {
	readonly files = new Map<string, UploadedFile>();
	readonly reads = new Map<string, Job<unknown, unknown>>();
	readonly writes = new Map<string, Job<unknown, unknown>>();
	/** Page tokens: what they go on with. */
	readonly tokens = new Map<string, { wish: unknown; expires: number }>();
	#downloads: number[] = [];

	/** False when there were too many within a minute. */
	mayDownload(now: number): boolean {
		this.#downloads = this.#downloads.filter((at) => at > now - minute);
		if (this.#downloads.length >= downloadsPerMinute) return false;
		this.#downloads.push(now);
		return true;
	}
}

const books = new WeakMap<CrmOrg, BulkBook>();

export function bookOf(org: CrmOrg): BulkBook {
	const known = books.get(org) ?? new BulkBook();
	books.set(org, known);
	return known;
}

/** How far a job is by now; carries it out when its time has come. */
export function stateOf<Wish, Outcome>(org: CrmOrg, job: Job<Wish, Outcome>): JobState {
	const age = org.now() - job.at;
	const { bulkTime } = org.switches;
	if (age >= bulkTime) job.outcome ??= job.carryOut();
	if (job.outcome !== undefined) return 'COMPLETED';
	return age >= bulkTime / 2 ? 'INPROGRESS' : 'ADDED';
}
