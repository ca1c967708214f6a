/** Which Books record an item from CRM stands for, where one stands for one. */

import { getPath } from './fields';
import type { FlatKind } from './flatKinds';
import { linkField } from './mark';
import { buildIndex, codeClash, comparable, findTarget, type Candidate } from './match';
import { namesDisagree } from './normalise';
import { searchKey, type FlatItem, type FlatKnowledge, type FlatNeeds } from './planTypes';
import { displayName } from './report';
import { searchOf, textOf, type Linked } from './resolveBooks';
import type { JsonObject, MatchRule } from './types';

export type FlatSource = FlatItem & Linked;

export type FlatPlace =
	/** This record. `sure`: by its link, not by a rule. */
	| { kind: 'found'; id: string; rule: string; sure: boolean }
	| { kind: 'new' }
	/** The CRM record stands for nothing in Books. */
	| { kind: 'outside' }
	| { kind: 'review'; reason: string; candidates: Candidate[] }
	| { kind: 'pending' };

/** What is to be looked up, each thing once. */
export class FlatNeedsList {
	private readonly ids = new Set<string>();
	private readonly searches = new Map<string, FlatNeeds['searches'][number]>();

	record(id: string): void {
		this.ids.add(id);
	}

	search(search: FlatNeeds['searches'][number]): void {
		this.searches.set(searchKey(search), search);
	}

	list(): FlatNeeds {
		return { ids: [...this.ids], searches: [...this.searches.values()] };
	}
}

/** By the link, else by the rules. */
export function placeFlat(
	item: FlatSource,
	kind: FlatKind,
	known: FlatKnowledge,
	needs: FlatNeedsList,
): FlatPlace {
	if (kind.outside.has(item.link)) return { kind: 'outside' };
	if (item.link !== '')
		return { kind: 'found', id: item.link, rule: `externalId ${linkField}`, sure: true };

	const rules = item.rules.filter((rule) => comparable(rule.kind, rule.value, rule.field) !== '');
	const missing = rules.filter((rule) => rowsOf(rule, kind, known) === undefined);
	for (const rule of missing) {
		if (rule.kind === 'recordId') needs.record(String(rule.value).trim());
		else needs.search(searchOf(rule, kind.contactType));
	}
	if (missing.length > 0) return { kind: 'pending' };

	const rows = rules.flatMap((rule) => rowsOf(rule, kind, known) ?? []).filter((row) => fits(row, kind));
	const candidates = rows.map((row) => asCandidate(row, kind, known));
	const target = findTarget(rules, buildIndex(candidates, rules), item.id);
	if (target.kind === 'ambiguous') return { ...target, kind: 'review' };
	if (target.kind === 'found') {
		const reason = doubtOf(item, target.candidate, target.rule, kind);
		return reason
			? { kind: 'review', reason, candidates: [target.candidate] }
			: { kind: 'found', id: target.candidate.id, rule: target.rule, sure: false };
	}
	const taken = candidates.filter((candidate) => rules.some((rule) => isSame(candidate, rule)));
	return taken.length > 0
		? { kind: 'review', reason: isTaken(item, taken[0] as Candidate, kind), candidates: taken }
		: { kind: 'new' };
}

/** What a rule finds; undefined when it was not looked up yet. */
function rowsOf(rule: MatchRule, kind: FlatKind, known: FlatKnowledge): JsonObject[] | undefined {
	if (rule.kind !== 'recordId') return known.searches.get(searchKey(searchOf(rule, kind.contactType)));
	const id = String(rule.value).trim();
	if (!known.records.has(id)) return undefined;
	const record = known.records.get(id);
	return record ? [record] : [];
}

function fits(row: JsonObject, { contactType }: FlatKind): boolean {
	const type = textOf(row.contact_type);
	return contactType === undefined || type === '' || type === contactType;
}

function asCandidate(row: JsonObject, kind: FlatKind, known: FlatKnowledge): Candidate {
	const id = textOf(row[kind.idField]);
	return { id, name: displayName(row), link: known.linkedTo.get(id) ?? '', record: row };
}

/** Has the candidate the same name or code as the rule asks for? An e-mail may be shared. */
function isSame({ record }: Candidate, { kind, field, value }: MatchRule): boolean {
	return (
		kind === 'field' && comparable(kind, getPath(record, field), field) === comparable(kind, value, field)
	);
}

function doubtOf(
	item: FlatSource,
	candidate: Candidate,
	rule: string,
	kind: FlatKind,
): string | undefined {
	if (candidate.link !== '' && candidate.link !== item.id) return isTaken(item, candidate, kind);
	const clash = codeClash(rule, item.rules, candidate.record);
	if (clash)
		return `${rule} finds the ${kind.label} ${candidate.name} (${candidate.id}), but ${clash}. If it is the same, put ${candidate.id} into ${linkField}; if not, change one of the names`;
	const isByEmail = rule.startsWith('email ');
	return isByEmail && namesDisagree(item.record[kind.nameField], candidate.record[kind.nameField])
		? `${rule} finds the ${kind.label} ${candidate.name} (${candidate.id}), but the names have nothing in common. If it is the same, put ${candidate.id} into ${linkField}; if not, change one of the e-mails`
		: undefined;
}

function isTaken({ module }: FlatSource, { id, name, link }: Candidate, { label }: FlatKind): string {
	return `The ${label} ${name} (${id}) in Books is linked with ${module} ${link} already. If both are the same, merge them in CRM; if not, give both a name and a code of their own`;
}
