/** Which record of the target an item stands for. Never a guess: doubt goes to review. */

import { getPath, isBlank } from './fields';
import { kindOf, normalise, normaliseCode, normaliseEmail, normaliseName } from './normalise';
import type { Json, JsonObject, MatchRule } from './types';

export interface Candidate {
	id: string;
	/** Shown to a person who must choose. */
	name: string;
	/** The record the candidate is already linked with (content of the link field); '' when free. */
	link: string;
	/** The record as the target returned it. */
	record: JsonObject;
	/** All its e-mail addresses, where they stand in more than one field (contact persons). */
	emails?: string[];
}

/** Rule kind + field + comparable value → candidates. */
export type CandidateIndex = Map<string, Candidate[]>;

export type Target =
	| { kind: 'found'; candidate: Candidate; rule: string }
	| { kind: 'none' }
	| { kind: 'ambiguous'; candidates: Candidate[]; reason: string };

type RuleShape = Pick<MatchRule, 'kind' | 'field'>;

/** The value by which a rule compares: e-mails lower-cased, names folded, codes (told by the field's name) without case, ids as they are. */
export function comparable(kind: MatchRule['kind'], value: Json, field = ''): string {
	if (isBlank(value)) return '';
	if (kind === 'email') return normaliseEmail(value);
	if (kind === 'field' && kindOf(field) === 'code') return normaliseCode(value);
	if (kind === 'field') return typeof value === 'string' ? normaliseName(value) : normalise(value);
	return String(value).trim();
}

function keyOf({ kind, field }: RuleShape, value: Json): string {
	return JSON.stringify([kind, field, comparable(kind, value, field)]);
}

/** Candidates by every rule that any item uses. The same candidate (by id) counts once. */
export function buildIndex(candidates: Candidate[], rules: RuleShape[]): CandidateIndex {
	const index: CandidateIndex = new Map();
	const once = new Map(candidates.map((candidate) => [candidate.id, candidate]));
	const shapes = new Map(
		rules.map((rule) => [`${rule.kind} ${rule.field}`, { kind: rule.kind, field: rule.field }]),
	);
	for (const candidate of once.values()) {
		for (const shape of shapes.values()) {
			const keys = valuesOf(candidate, shape).filter((value) => comparable(shape.kind, value) !== '');
			for (const key of new Set(keys.map((value) => keyOf(shape, value)))) {
				const sharing = index.get(key);
				if (sharing) sharing.push(candidate);
				else index.set(key, [candidate]);
			}
		}
	}
	return index;
}

function valuesOf(candidate: Candidate, { kind, field }: RuleShape): Json[] {
	if (kind === 'recordId') return [candidate.id];
	const value = getPath(candidate.record, field);
	return kind === 'email' ? [value, ...(candidate.emails ?? [])] : [value];
}

/**
 * Applies the rules, strongest first. `ownLink` is what the link field of the right record would hold ('' when unknown):
 * a candidate linked with another record is no candidate for e-mail and field rules.
 */
export function findTarget(rules: MatchRule[], index: CandidateIndex, ownLink: string): Target {
	let found: { candidate: Candidate; rule: string } | undefined;
	for (const rule of rules) {
		if (comparable(rule.kind, rule.value) === '') continue;
		const name = `${rule.kind} ${rule.field}`;
		const candidates = (index.get(keyOf(rule, rule.value)) ?? []).filter((candidate) =>
			isFree(candidate, rule, ownLink),
		);
		if (candidates.length === 0) continue;
		if (found) {
			const known = found.candidate;
			// A record that is linked already is known for sure: who else has its e-mail or name does not matter.
			if (candidates.includes(known) || isSure(found.rule, known, ownLink)) continue;
			return {
				kind: 'ambiguous',
				candidates: [known, ...candidates],
				reason: `${found.rule} finds ${known.name}, but ${name} finds ${namesOf(candidates)}`,
			};
		}
		if (candidates.length > 1) {
			return {
				kind: 'ambiguous',
				candidates,
				reason: `${name} finds ${candidates.length} records: ${namesOf(candidates)}`,
			};
		}
		found = { candidate: candidates[0] as Candidate, rule: name };
	}
	return found ? { kind: 'found', ...found } : { kind: 'none' };
}

/**
 * Why a record that the field rule named `found` leads to is doubtful all the same: another rule compares a code (SKU), and the record has
 * another one. Undefined where nothing speaks against it.
 */
export function codeClash(found: string, rules: MatchRule[], record: JsonObject): string | undefined {
	if (!found.startsWith('field ')) return undefined;
	for (const { kind, field, value } of rules) {
		if (kind !== 'field' || kindOf(field) !== 'code') continue;
		const present = getPath(record, field);
		const [wanted, there] = [value, present].map((one) => comparable(kind, one, field));
		if (wanted !== '' && there !== '' && wanted !== there)
			return `its ${field} is ${String(present)}, not ${String(value)}`;
	}
	return undefined;
}

function isFree(candidate: Candidate, rule: MatchRule, ownLink: string): boolean {
	if (rule.kind === 'recordId' || rule.kind === 'externalId') return true;
	return candidate.link === '' || candidate.link === ownLink;
}

function isSure(rule: string, candidate: Candidate, ownLink: string): boolean {
	return rule.startsWith('externalId ') && ownLink !== '' && candidate.link === ownLink;
}

function namesOf(candidates: Candidate[]): string {
	return candidates.map(({ name, id }) => (name ? `${name} (${id})` : id)).join(', ');
}
