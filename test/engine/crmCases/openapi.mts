/** Where Zoho's OpenAPI files lack what the node sends and gets, and where that is known from. */

import { bulkErrors, knownErrors as ofTheFiles } from '../../contract/crmOpenapiErrors.mts';

export const knownErrors = [
	...ofTheFiles,
	{
		operation: /^createNotifications$/,
		status: 0,
		at: /^\/watch\/\d+$/,
		why: 'the file lacks notify_on_related_action and return_affected_field_values, which its own examples and the page have',
	},
	...bulkErrors,
];

/** Addresses that no file here describes: taxes and currencies of the organization, profiles, attachments, uploads and results of bulk jobs (Zoho's own SDKs and pages). */
export const withoutFile = /^(?:content |downloads )?\/(upload|v\d+\/crm|org\/(taxes|currencies)|settings\/profiles|\w+\/\d+\/Attachments)\b/;

/** Statuses of answers. */
export const undocumentedStatus: string[] = [];

/** Query parameters. */
export const undocumentedQuery: string[] = [
	// The page "Get Notification Details" has both.
	'getNotifications: page',
	'getNotifications: per_page',
	// The file calls it perPage, the page "Get Related Records" as here.
	'getRelatedRecords: per_page',
];
