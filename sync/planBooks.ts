/**
 * Items from CRM on their way to Books. Several CRM records make up one Books contact: the Account is the contact itself,
 * each CRM Contact one of its contact persons. Reading Books costs a call a record, so it is asked for only where needed.
 */

import { groupBy, newestPerSource } from './fold';
import { buildEntries } from './aggregate';
import type { BooksItem, BooksKnowledge, BooksPlan, PlanEntry, PlanOptions } from './planTypes';
import { normaliseName } from './normalise';
import { apart } from './overtaken';
import { reviewEntry } from './report';
import { asSource, Needs, placeOf, type BooksSource, type Place } from './resolveBooks';

interface Placed {
	item: BooksSource;
	place: Place;
}

/** Decides over all items with what is known of Books; look up what `needs` tells and call again until `complete`. */
export function planBooks(items: BooksItem[], known: BooksKnowledge, options: PlanOptions): BooksPlan {
	const needs = new Needs();
	const sources = withCompanyLinks(newestPerSource(items, (item) => `${item.module} ${String(item.source.id)}`).map(asSource));
	const [overtaken, current] = apart(sources);
	const placed = [...groupBy(current, companyOf).values()].flatMap((company) =>
		agree(company.map((item) => ({ item, place: placeOf(item, known, needs) }))),
	);

	const refused = placed.flatMap(({ item, place }) =>
		place.kind === 'review' ? [reviewEntry(item.inputs, item.record, place.reason, place.candidates)] : [],
	);
	const entries: PlanEntry[] = [...overtaken, ...refused];
	const decided = placed.filter(({ place }) => place.kind === 'contact' || place.kind === 'new');
	const newNames = new Map<string, Placed>();
	for (const group of groupBy(decided, targetOf).values()) {
		const { place } = group[0] as Placed;
		const namesake = place.kind === 'new' ? newNames.get(nameOf(group)) : undefined;
		if (namesake) {
			entries.push(...group.map(({ item }) => reviewEntry(item.inputs, item.record, sameName(namesake))));
			continue;
		}
		if (place.kind === 'new') newNames.set(nameOf(group), group[0] as Placed);
		const target = place.kind === 'contact' ? { contactId: place.contactId, rule: place.rule } : undefined;
		entries.push(
			...buildEntries(
				group.map(({ item }) => item),
				target,
				known,
				needs,
				options,
			),
		);
	}
	const list = needs.list();
	const complete = list.contactIds.length + list.personIds.length + list.searches.length === 0;
	return { entries: entries.sort((a, b) => a.inputIndex - b.inputIndex), needs: list, complete };
}

/** An Account among the items may know of its link what its persons do not: they were read before, and it was looked at again since. */
function withCompanyLinks(sources: BooksSource[]): BooksSource[] {
	const linked = sources.filter(({ standsFor, link }) => standsFor === 'contact' && link !== '');
	const links = new Map(linked.map(({ id, link }) => [id, link]));
	return sources.map((item) => {
		const link = item.account?.link === '' ? links.get(item.account.id) : undefined;
		return item.account && link !== undefined ? { ...item, account: { ...item.account, link } } : item;
	});
}

/** Books takes each name once among customers, and once among vendors. */
function nameOf(group: Placed[]): string {
	const { record, id } = (group.find(({ item }) => item.standsFor === 'contact') ?? (group[0] as Placed))
		.item;
	const name = normaliseName(record.contact_name);
	return JSON.stringify(name === '' ? [id] : [name, record.contact_type]);
}

function sameName({ item }: Placed): string {
	return `${item.module} ${item.id} has the same name and becomes a new Books contact now. If both are the same, merge them in CRM; if not, change one of the names`;
}

/** The Account with its persons; a person without a company stands alone. */
function companyOf(item: BooksSource): string {
	if (item.standsFor === 'contact') return `company ${item.id}`;
	return item.account ? `company ${item.account.id}` : `person ${item.module} ${item.id}`;
}

function targetOf({ item, place }: Placed): string {
	return place.kind === 'contact' ? `contact ${place.contactId}` : `new ${companyOf(item)}`;
}

/**
 * Members of one company go to one contact. The Account's own place decides; without it, the one place that its persons found.
 * A person that is linked stays where it is, and says nothing about the company: it may have been an individual before.
 */
function agree(company: Placed[]): Placed[] {
	const isPerson = ({ item }: Placed) => item.standsFor === 'person';
	const open = company.filter((member) => !(isPerson(member) && isSure(member)));
	const leading = leadingPlace(open);
	return company.map((member) => (open.includes(member) ? { ...member, place: leading } : member));
}

function isSure({ place }: Placed): boolean {
	return place.kind === 'contact' && place.sure;
}

function leadingPlace(open: Placed[]): Place {
	const account = open.find(({ item }) => item.standsFor === 'contact');
	if (account && (isSure(account) || account.place.kind === 'review')) return account.place;
	const undecided =
		open.find(({ place }) => place.kind === 'pending') ?? open.find(({ place }) => place.kind === 'review');
	if (undecided) return undecided.place;
	if (account?.place.kind === 'contact') return account.place;
	const found = new Map(
		open.flatMap(({ place }) => (place.kind === 'contact' ? [[place.contactId, place] as const] : [])),
	);
	if (found.size > 1) {
		const reason = `Records of one company are found in different Books contacts: ${[...found.keys()].join(', ')}`;
		return {
			kind: 'review',
			reason,
			candidates: [...found.keys()].map((id) => ({ id, name: '', link: '', record: {} })),
		};
	}
	return [...found.values()][0] ?? { kind: 'new' };
}
