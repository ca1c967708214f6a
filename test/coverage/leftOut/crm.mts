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

/** n8n offers it in every node with such a credential: an HTTP Request node that takes the credential. */
const customCall = "n8n's Custom API Call with the credential of the node";

const left = (operations: RegExp, why: string, instead = customCall): LeftOut => ({ operations, why, instead });

export const leftOutOfCrm: readonly LeftOut[] = [
	left(/^apis /, 'the list of all APIs, for those who write clients'),
	left(/^locking-informations /, 'another resource: records that are locked'),
	left(/^recycle-bin /, 'another resource: the recycle bin, where people look themselves', '`Record: Get Deleted` tells what was deleted'),
	left(/^layouts (PATCH|DELETE) /, 'how records look on the screen, which an administrator sets up'),
	left(/^layouts GET \S+\{id\}$/, 'one of a list that is read as a whole', '`Layout: Get Many`'),
	left(/^fields GET \S+\{fieldId\}$/, 'one of a list that is read as a whole', '`Field: Get Many`'),
	left(/^fields (PATCH|DELETE) /, 'a field that people use is changed by an administrator', '`Custom Field: Ensure` makes what is missing; else Setup in Zoho CRM'),
	left(/^modules PUT /, 'a module that people use is changed by an administrator', '`Module: Ensure` makes what is missing; else Setup in Zoho CRM'),
	left(/^related-lists /, 'the form of the node reads it, to offer the lists', '`Record: Get Related`'),
	left(/^record (PUT|DELETE) \/\{module\}\/\{recordID\}$/, 'one record; the node sends up to 100 in a call', '`Record: Update`, `Record: Delete`'),
	left(/^related-records PUT \S+\{record\}$/, 'one record; the node sends several in a call', '`Record: Link`'),
	left(/^related-records GET \S+\/deleted\//, 'related records that were deleted', '`Record: Get Deleted`'),
	left(/^notes GET \/Notes$/, 'notes of all records together', '`Note: Get Many` of a record; `Record: COQL Query` from Notes'),
	left(/^notes (PUT|DELETE) \/Notes(\/\{id\})?$/, 'one note or several: the node has one of the two ways', '`Note: Update`, `Note: Delete`'),
	left(/^notifications PATCH /, 'a part of what a channel is told; the node sends the whole', '`Notification Channel: Renew`'),
	left(/^tags-actions POST \/\{module\}\/\{id\}\//, 'one record; the node sends up to 100 in a call', '`Tag: Add to Record`, `Tag: Remove From Record`'),
	left(/^tags-actions /, 'work on the list of tags itself, which an administrator does'),
	left(/^tags PUT /, 'one tag or several: the node has one of the two ways', '`Tag: Update`'),
	left(/^users (POST|PUT|DELETE) /, 'people and their rights are managed by an administrator', 'Setup in Zoho CRM; `User: Get Many` reads them'),
];
