/**
 * Links that CRM does not have yet. A CRM record announces what is about to become a Books record (announced.ts). Where n8n ends before the link is written, or
 * the answer of Books is lost, and either of the two is renamed or gets another e-mail meanwhile, no rule leads from the Books record to the CRM record any more:
 * what was announced does.
 */

import { carrierOf, hasAnnounced } from './announced';
import { getPath } from './fields';
import { linkField, markField, readMark } from './mark';
import { comparable } from './match';
import { parseInstant } from './normalise';
import type { CrmItem } from './planTypes';
import type { JsonObject, MatchRule, SyncMark } from './types';

/** A Books record is made within this time before or after its announcement ends, in milliseconds: a batch of 1,000 takes 42 minutes at most. */
const nearby = 60 * 60_000;

const nameOfPerson = ['First_Name', 'Last_Name'];

/** No record that announced one of the items was changed last before this time, epoch milliseconds; undefined where none of them can have been announced. */
export function announcedSince(items: readonly CrmItem[]): number | undefined {
	const times = items.filter((item) => item.link !== '' && namesOf(item).length > 0).flatMap((item) => madeAt(item) ?? []);
	return times.length === 0 ? undefined : Math.min(...times) - nearby;
}

/**
 * The records without a link that announced one of the items, with the link that they are to get. Where an item was announced by several records, or a record
 * announced several items, nobody knows which is which, and none is told.
 */
export function withPromisedLinks(items: readonly CrmItem[], records: readonly JsonObject[]): JsonObject[] {
	const wanted = items.filter(({ link }) => link !== '').map((item) => ({ item, made: madeAt(item), names: namesOf(item) }));
	const pairs = records.flatMap((record) => {
		const mark = readMark(record[markField]);
		const until = carrierOf(mark)?.until;
		if (!mark || until === undefined) return [];
		const promised = wanted.filter(
			({ item, made, names }) =>
				made !== undefined &&
				Math.abs(made - until) <= nearby &&
				(names.some(({ field, value }) => hasAnnounced(mark, field, value)) || isNamesake(mark, item) || isRenamed(mark, item)),
		);
		return [...new Set(promised.map(({ item: { link } }) => link))].map((link) => ({ record, link }));
	});
	const isAlone = (pair: (typeof pairs)[number]) =>
		pairs.every((other) => other === pair || (other.record !== pair.record && other.link !== pair.link));
	return pairs.filter(isAlone).map(({ record, link }) => ({ ...record, [linkField]: link }));
}

/** Is the person called as it was announced, and agrees in another field, too? Its e-mail was changed in Books since. A company or title alone says nothing: colleagues share them. */
function isNamesake(mark: SyncMark, { record: proposed }: CrmItem): boolean {
	const agrees = (field: string) => hasAnnounced(mark, field, proposed[field]);
	// Nearly all are somebody else, and each look at a field takes a hash: the name comes first.
	return nameOfPerson.every(agrees) && announcedBesides(mark, nameOfPerson).some(agrees);
}

/**
 * Does the contact have the announced name as the name of its company still, and agree in another field where more was announced? It was made from CRM, as its `source` tells
 * ("get-contact.json": api, or else user), and got another display name in Books since. Without its source another branch of the company would look the same.
 */
function isRenamed(mark: SyncMark, { source, record: proposed, rules }: CrmItem): boolean {
	if (source.source !== 'api') return false;
	const name = rules.find(({ kind, field }) => kind === 'field' && hasAnnounced(mark, field, source.company_name));
	if (!name) return false;
	const others = announcedBesides(mark, [name.field]);
	return others.length === 0 || others.some((field) => hasAnnounced(mark, field, proposed[field]));
}

function announcedBesides({ announced = {} }: SyncMark, names: string[]): string[] {
	return Object.keys(announced).filter((field) => !names.includes(field));
}

/** By which the item looks for its record. */
const namesOf = ({ rules }: CrmItem): MatchRule[] =>
	rules.filter(({ kind, field, value }) => (kind === 'email' || kind === 'field') && comparable(kind, value, field) !== '');

/** Epoch milliseconds. Of a person Books tells only when its contact was changed. */
function madeAt({ source, sourceModified }: CrmItem): number | undefined {
	const created = getPath(source, 'created_time');
	return parseInstant(typeof created === 'string' ? created : sourceModified);
}
