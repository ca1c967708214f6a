/** Operations of Zoho CRM that the node does not reach, and why. The first that fits counts. */

import type { LeftOut } from '../judge.mts';

/** Files of what the node is for; attachments have none. */
export const namedInCrm: readonly string[] = [
	'bulk-read',
	'bulk-write',
	'composite-requests',
	'convert',
	'coql',
	'fields',
	'module-search',
	'modules',
	'notes',
	'notifications',
	'org',
	'record',
	'related-records',
	'tags',
	'tags-actions',
	'users',
];

export const leftOutOfCrm: readonly LeftOut[] = [];
