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
