/** Why the CRM record that a rule finds may be another one all the same. */

import { getPath } from './fields';
import { companyField, linkField } from './mark';
import { codeClash, type Candidate } from './match';
import { namesDisagree } from './normalise';
import type { CrmItem } from './planTypes';
import { displayName, ownName } from './report';
import type { JsonObject, MatchRule } from './types';

/**
 * An e-mail that several people share (info@…) must not make one of them the other, nor a name one article another. Silent about records
 * that are linked already.
 */
export function doubtOf(
	item: CrmItem,
	{ record, link, id }: Candidate,
	rule: string,
	rules: MatchRule[],
): string | undefined {
	if (item.link === '' || link === item.link) return undefined;
	const found = `${rule} finds ${displayName(record)} (${id})`;
	const clash = codeClash(rule, rules, record);
	if (clash)
		return `${found}, but ${clash}. If it is the same, put ${item.link} into its ${linkField}; if not, change one of the names`;
	if (!rule.startsWith('email ')) return undefined;
	const remedy = `If it is the same, put ${item.link} into its ${linkField}; if not, change one of the e-mails`;
	const company = idAt(item.record, companyField);
	const other = idAt(record, companyField);
	if (company !== '' && other !== '' && company !== other)
		return `${found}, but it belongs to another ${companyField}. ${remedy}`;
	return namesDisagree(nameOf(item.record), nameOf(record))
		? `${found}, but the names have nothing in common. ${remedy}`
		: undefined;
}

function idAt(record: JsonObject, field: string): string {
	const id = getPath(record, field);
	return typeof id === 'string' ? id : '';
}

function nameOf(record: JsonObject): string {
	return [record.First_Name, record.Last_Name].filter(Boolean).join(' ') || ownName(record);
}
