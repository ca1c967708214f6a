/** What Zoho's codes ask of the caller, as data. Add a code here and every node explains it. */

import type { ErrorIntent, ZohoProduct } from './types';

export interface FaultRule {
	intent: ErrorIntent;
	remedy: string;
	/** The call surely did not happen and may be sent again after a wait: which limit it hit. */
	wait?: 'minute' | 'concurrency';
}

const again = 'Run it again later; Zoho was not able to answer.';
const reconnect =
	'Open the credential in n8n and reconnect it. Check that its data centre is the one the Zoho account lives in.';
const correctField = 'Correct this field in the item or in the mapping before this node.';
const edition =
	'This part of Zoho CRM is not in the edition, is switched off, or the connected user may not use it. Look at Setup > Customization > Modules and at the profile of the user.';

const tooLarge = 'The file is larger than Zoho CRM takes: 20 MB, or 100 MB in newer accounts. Attach a link to it instead.';

const plan =
	'The plan of this Zoho Books organization does not include it, or its trial is over. Look at the subscription in Zoho Books.';

/** Zoho Books: introduction page of API v3 (limits), recorded answers and public client logs (the rest). */
const booksRules: Record<string, FaultRule> = {
	'2': { intent: 'invalid', remedy: correctField },
	'5': { intent: 'gone', remedy: 'The record does not exist in this organization (any more).' },
	'14': { intent: 'reauthorise', remedy: reconnect },
	'44': {
		intent: 'retry',
		wait: 'minute',
		remedy:
			'More than 100 calls a minute reached this organization. Let fewer workflows run at once, or run it again in a minute.',
	},
	'45': {
		intent: 'quota',
		remedy:
			'The calls that the Zoho Books plan allows in a day are used up. They are counted anew at midnight of the organization.',
	},
	'57': { intent: 'reauthorise', remedy: reconnect },
	'1000': { intent: 'retry', remedy: again },
	'1002': { intent: 'gone', remedy: 'The record does not exist in this organization (any more).' },
	'1038': {
		intent: 'invalid',
		remedy: 'The body is not what Zoho Books can read. Check fields that were typed as JSON.',
	},
	'1070': {
		intent: 'retry',
		wait: 'concurrency',
		remedy: 'Too many calls were under way at once. Lower "Calls in Flight" of the node, or run it again.',
	},
	'3062': {
		intent: 'duplicate',
		remedy:
			'Use the existing contact, or give this one another name. Zoho Books allows a name once per contact type.',
	},
	'6041': {
		intent: 'invalid',
		remedy:
			'Choose an organization that the connected user belongs to, and check the data centre of the credential.',
	},
	// "Your trial of Zoho Books is over. Please upgrade to a paid plan …", in a public log.
	'103001': { intent: 'unavailable', remedy: plan },
	'107051': {
		intent: 'duplicate',
		remedy: 'Delete or rename the webhook or workflow rule of that name in Zoho Books.',
	},
	'120303': { intent: 'duplicate', remedy: 'Another record has this number or unique field value already.' },
};

/** Zoho CRM v8: OpenAPI samples of records, COQL, notifications and fields; "API Limits"; "Status Codes and Errors". */
const crmRules: Record<string, FaultRule> = {
	ALREADY_MODIFIED: {
		intent: 'changed',
		remedy: 'Somebody changed the record after it was read. Read it again and decide anew.',
	},
	AUTHENTICATION_FAILURE: { intent: 'reauthorise', remedy: reconnect },
	DUPLICATE_DATA: {
		intent: 'duplicate',
		remedy: 'Update the existing record, or change the value: it must be unique.',
	},
	BODY_SIZE_REACHED: { intent: 'invalid', remedy: tooLarge },
	DOWNLOAD_NOT_ALLOWED: { intent: 'invalid', remedy: 'It is a link: its address is the $link_url that Get Many tells.' },
	FILE_SIZE_MORE_THAN_ALLOWED_SIZE: { intent: 'invalid', remedy: tooLarge },
	CANNOT_PROCESS: { intent: 'invalid', remedy: correctField },
	FEATURE_NOT_ENABLED: { intent: 'unavailable', remedy: edition },
	FEATURE_NOT_SUPPORTED: { intent: 'unavailable', remedy: edition },
	ID_ALREADY_CONVERTED: {
		intent: 'invalid',
		remedy: 'The Lead was converted before. Look for the Contact, Account and Deal that came of it.',
	},
	INTERNAL_ERROR: { intent: 'retry', remedy: again },
	INTERNAL_SERVER_ERROR: { intent: 'retry', remedy: again },
	INVALID_DATA: { intent: 'invalid', remedy: correctField },
	INVALID_MODULE: { intent: 'unavailable', remedy: edition },
	HEADER_LIMIT_EXCEEDED: { intent: 'invalid', remedy: 'Write fewer fields at once.' },
	MANDATORY_FIELDS_NOT_MAPPED: {
		intent: 'invalid',
		remedy: 'Give the records a value in every field that the module demands.',
	},
	MODULE_NOT_AVAILABLE: {
		intent: 'unavailable',
		remedy: `Zoho CRM takes no bulk jobs for this module, or it is not there. ${edition}`,
	},
	INVALID_TOKEN: {
		intent: 'reauthorise',
		remedy: `The token was revoked, or it belongs to another data centre. ${reconnect}`,
	},
	INVALID_URL_PATTERN: {
		intent: 'invalid',
		remedy: 'Zoho CRM has no such address. Check the module and the id, or the link that was given.',
	},
	LICENSE_LIMIT_EXCEEDED: {
		intent: 'unavailable',
		remedy: 'The edition allows no more of these in Zoho CRM; remove what is not needed any more.',
	},
	LIMIT_EXCEEDED: { intent: 'invalid', remedy: 'Send less at once: a limit of Zoho CRM is exceeded.' },
	LIMIT_REACHED: {
		intent: 'invalid',
		remedy: 'A limit of Zoho CRM is reached; remove what is not needed any more.',
	},
	MANDATORY_NOT_FOUND: { intent: 'invalid', remedy: 'Give this field a value: Zoho CRM requires it.' },
	NO_PERMISSION: { intent: 'unavailable', remedy: edition },
	NOT_APPROVED: {
		intent: 'invalid',
		remedy: 'The record waits for approval in Zoho CRM. Approve it, then run this again.',
	},
	NOT_SUBSCRIBED: {
		intent: 'gone',
		remedy: 'The notification channel has lapsed or was removed. Enable it again.',
	},
	NOT_SUPPORTED: { intent: 'unavailable', remedy: edition },
	OAUTH_SCOPE_MISMATCH: { intent: 'reauthorise', remedy: reconnect },
	RATE_LIMIT_EXCEEDED: {
		intent: 'retry',
		wait: 'concurrency',
		remedy:
			'Too many calls at once, or the credits of the last 24 hours are used up. Let fewer workflows run at once.',
	},
	RECORD_IN_BLUEPRINT: {
		intent: 'invalid',
		remedy: 'The record is held by a blueprint in Zoho CRM. Complete its transition, then run this again.',
	},
	RECORD_LOCKED: {
		intent: 'invalid',
		remedy: 'The record is locked in Zoho CRM. Unlock it, then run this again.',
	},
	TOO_MANY_REQUESTS: {
		intent: 'retry',
		wait: 'concurrency',
		remedy:
			'Too many calls at once, or the credits of the last 24 hours are used up. Let fewer workflows run at once.',
	},
};

/** For codes that no table knows. */
function ruleOfStatus(status: number): FaultRule {
	if (status === 401) return { intent: 'reauthorise', remedy: reconnect };
	if (status === 403) return { intent: 'unavailable', remedy: 'The connected user may not do this in Zoho.' };
	if (status === 404) return { intent: 'gone', remedy: 'The record or address does not exist (any more).' };
	if (status === 409) return { intent: 'duplicate', remedy: 'Zoho already has such a record.' };
	if (status === 412) return { intent: 'changed', remedy: 'Read the record again and decide anew.' };
	if (status === 429)
		return { intent: 'retry', wait: 'concurrency', remedy: 'Zoho takes no more calls at the moment.' };
	if (status >= 500) return { intent: 'retry', remedy: again };
	return { intent: 'invalid', remedy: 'Correct what Zoho names, then run this again.' };
}

/** Which codes of Books say that a plan lacks something is not published; its words for it speak of the plan or of an upgrade. */
const isAboutPlan = (status: number, message: string): boolean =>
	[400, 402, 403].includes(status) && /\b(upgrade|(current|paid|higher) plan|your (plan|subscription))\b/i.test(message);

/** @param message Zoho's own words */
export function ruleOf(product: ZohoProduct, code: string, status: number, message = ''): FaultRule {
	const rules = product === 'books' ? booksRules : crmRules;
	if (Object.hasOwn(rules, code)) return rules[code] as FaultRule;
	return product === 'books' && isAboutPlan(status, message) ? { intent: 'unavailable', remedy: plan } : ruleOfStatus(status);
}

/** The limit that an answer says was hit; undefined for every other failure. */
export function limitOf(product: ZohoProduct, code: string, status: number): FaultRule['wait'] {
	return ruleOf(product, code, status).wait;
}
