import { textAt, type Item, type Pair } from '../../sandbox/check/pair.mts';
import { marks, type Kind } from './fields.mts';

/** The records of both systems that bear one mark. More than one in a system is one too many. */
export interface Standing {
	books: Item[];
	crm: Item[];
}

const modules = { person: 'Contacts', company: 'Accounts', item: 'Products' } as const;

function booksRecords(pair: Pair, kind: Kind): Item[] {
	if (kind === 'person') return pair.persons();
	return kind === 'item' ? pair.books('items') : pair.books();
}

/** Every record of a kind, in both systems. Persons of Books come with their customer under `contact`. */
export function allOf(pair: Pair, kind: Kind): Standing {
	return { books: booksRecords(pair, kind), crm: pair.crm(modules[kind]) };
}

export function bearing(all: Standing, kind: Kind, mark: string): Standing {
	return {
		books: all.books.filter((record) => textAt(record, marks[kind].books) === mark),
		crm: all.crm.filter((record) => textAt(record, marks[kind].crm) === mark),
	};
}

export function standingOf(pair: Pair, { kind, mark }: { kind: Kind; mark: string }): Standing {
	return bearing(allOf(pair, kind), kind, mark);
}

export function idOf(record: Item | undefined, system: 'books' | 'crm', kind: Kind): string {
	if (system === 'crm') return textAt(record, 'id');
	return textAt(record, kind === 'person' ? 'contact_person_id' : kind === 'item' ? 'item_id' : 'contact_id');
}

/** The id of the Books customer that a Books record is, or belongs to. */
export function customerOf(record: Item | undefined, kind: Kind): string {
	return textAt(record, kind === 'person' ? 'contact.contact_id' : 'contact_id');
}

export const crmModuleOf = (kind: Kind): string => modules[kind];
