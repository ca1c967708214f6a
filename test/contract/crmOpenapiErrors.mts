import type { KnownError } from './crmOpenapiChecker.mts';

/** Where the published files contradict Zoho's own pages or recorded answers; what is expected instead is in the facts and fixtures. */
export const knownErrors: readonly KnownError[] = [
	{
		operation: /getRecords/,
		status: 200,
		at: /info\/(next_page_token|previous_page_token|page_token_expiry)$/,
		why: 'these are null when there is no further page (recorded)',
	},
	{
		operation: /getRecords/,
		status: 400,
		at: /.*/,
		why: 'the body is a plain object, not a list under data (examples of the same repository)',
	},
	{
		operation: /upsertRecords/,
		status: 200,
		at: /data\/\d+$/,
		why: 'the file lacks action and duplicate_field, which the page shows',
	},
	{
		operation: /getOrganization/,
		status: 200,
		at: /org\/0(\/license_details)?$/,
		why: 'the file lacks max_per_page and trial_action, which its own example shows',
	},
	{
		operation: /updateNotificationInfo/,
		status: 0,
		at: /^$/,
		why: 'the page sends the channel in a list, the file without; both are taken',
	},
	{
		operation: /createModules/,
		status: 0,
		at: /(label|api_name)$/,
		why: 'its patterns forbid the spaces and underscores that the page allows',
	},
	{
		operation: /^post(Add|Remove)Tags$/,
		status: 0,
		at: /^\/ids$/,
		why: 'the file has the text of a list, and only that of its example; the page has a list',
	},
	{
		operation: /searchRecords/,
		status: 400,
		at: /.*/,
		why: 'its list of details has api_name demanded but forbidden',
	},
	{
		operation: /convertLead/,
		status: 0,
		at: /^\/data\/0(\/carry_over_tags\/\w+)?$/,
		why: 'the file lacks Accounts, Contacts and move_attachments_to, and has objects in carry_over_tags, where page and earlier file have lists',
	},
];

/** The same of bulk jobs; they are looked at by tests of their own. */
export const bulkErrors: readonly KnownError[] = [
	{
		operation: /createBulkReadJob/,
		status: 0,
		at: /^\/query(\/criteria(\/group\/\d+(\/(value|comparator))?)?)?$/,
		why: 'the file lacks page_token, single criteria, groups in groups, lists of values and half of the comparators, which the page has',
	},
	{
		operation: /createBulkReadJob/,
		status: 400,
		at: /.*/,
		why: 'its kinds of refusals exclude each other by details that its own examples lack',
	},
	{
		operation: /getBulkReadJobDetails/,
		status: 200,
		at: /^\/data\/0(\/query\/criteria.*)?$/,
		why: 'the file demands two fields of the module Attachments of every job, and knows criteria of one kind only',
	},
	{
		operation: /createBulkWriteJob/,
		status: 0,
		at: /^\/resource\/0(\/find_by|\/field_mappings\/\d+)?$/,
		why: 'the file has find_by demanded of inserts and id as its only value, and lacks find_by, format and default_value of mappings, which page and earlier file have',
	},
	{
		operation: /createBulkWriteJob/,
		status: 400,
		at: /.*/,
		why: 'the file lacks the codes INVALID_FILE_ID, INVALID_FIELD, INVALID_FORMAT and COLUMN_INDEX_NOT_FOUND, which the page has',
	},
	{
		operation: /getJobDetails/,
		status: 200,
		at: /^$/,
		why: 'the file demands the callback, which the page calls optional',
	},
];
