import { textAt, type Item, type Pair } from '../../sandbox/check/pair.mts';
import { wasTold } from './deliveries.mts';
import { marks, placesOf, valueIn, type Kind } from './fields.mts';
import type { Finding, Figure } from './findings.mts';
import type { Deletion, Entry, Journal } from './journal.mts';
import { allOf, bearing, customerOf, idOf, type Standing } from './standing.mts';
import type { Stage } from './stage.mts';
import type { Review } from './verify.mts';

interface Court {
	pair: Pair;
	review: Review;
	entries: ReadonlyMap<string, Entry>;
	kills: readonly number[];
}

const kinds: readonly Kind[] = ['company', 'person', 'item'];

const finding = (figure: Figure, { mark }: Entry, says: string): Finding => ({
	figure,
	says: `${mark}: ${says}`,
});

/** Was a person told of one of these records? Nothing is lost in silence then. */
function told({ waiting, failed }: Review, ids: readonly string[]): boolean {
	return ids.some((id) => waiting.has(id) || failed.has(id));
}

function idsOf({ books, crm }: Standing, kind: Kind): string[] {
	const own = books.map((record) => idOf(record, 'books', kind));
	const customers = kind === 'item' ? [] : books.map((record) => customerOf(record, kind));
	return [...own, ...customers, ...crm.map((record) => idOf(record, 'crm', kind))];
}

function counted(entry: Entry, standing: Standing): Finding[] {
	return (['books', 'crm'] as const).flatMap((system) => {
		const ids = standing[system].map((record) => idOf(record, system, entry.kind));
		if (ids.length < 2) return [];
		return [finding('duplicates', entry, `${ids.length} records in ${system}: ${ids.join(', ')}`)];
	});
}

/** Of a deletion in CRM polls tell as well. */
function mustBeTold({ pair, kills }: Court, deletion: Deletion): boolean {
	return deletion.system === 'crm' || wasTold(pair, deletion, kills);
}

/** Nothing is deleted on the other side by itself, nobody brings back what Books has deleted, and a person is told. */
function judgeDeleted(court: Court, entry: Entry, deletion: Deletion, standing: Standing): Finding[] {
	const { system, wasThere, wasLinked, id } = deletion;
	const [here, there] = system === 'books' ? [standing.books, standing.crm] : [standing.crm, standing.books];
	const found: Finding[] = [];
	if (wasThere && there.length === 0)
		found.push(finding('lost', entry, `deleted in ${system}, and gone in the other system as well`));
	if (system === 'books' && wasLinked && here.length > 0)
		found.push(finding('duplicates', entry, 'deleted in books, and made there again'));
	// A person in a customer that was deleted is not told of apart.
	const isOwn = entry.kind !== 'person' || system === 'crm' || entry.company === undefined;
	if (isOwn && here.length === 0 && mustBeTold(court, deletion) && !court.review.deletions.has(id))
		found.push(finding('lost', entry, `deleted in ${system} (${id}), and the review list does not tell`));
	return found;
}

function judgeFields(entry: Entry, books: Item, crm: Item): Finding[] {
	return Object.keys(placesOf(entry.kind)).flatMap((field) => {
		const there = valueIn(books, 'books', entry.kind, field);
		const here = valueIn(crm, 'crm', entry.kind, field);
		if (there !== here)
			return [finding('unequal', entry, `${field} is "${there}" in books and "${here}" in crm`)];
		const candidates = entry.fields.get(field);
		if (!candidates || candidates.some(({ value }) => value === there)) return [];
		const typed = candidates.map(({ value, system }) => `"${value}" in ${system}`).join(' or ');
		return [finding('lost', entry, `${field} is "${there}" in both, and ${typed} was typed last`)];
	});
}

/** The company that a person was put into, in both systems. */
function judgeCompany({ entries, pair }: Court, entry: Entry, books: Item, crm: Item): Finding[] {
	const company = entries.get(`${entry.seed} ${entry.company}`);
	const expected = entry.company === undefined || company?.deleted ? undefined : company?.mark;
	if (entry.kind !== 'person' || (entry.company !== undefined && expected === undefined)) return [];
	const accountId = textAt(crm, 'Account_Name.id');
	const account = pair.crm('Accounts').find(({ id }) => id === accountId);
	const here = accountId === '' ? undefined : textAt(account, marks.company.crm);
	const isAlone = textAt(books, 'contact.customer_sub_type') === 'individual';
	const there = isAlone ? undefined : textAt(books, 'contact.notes');
	if (here === expected && there === expected) return [];
	const words = `belongs to ${expected ?? 'no company'}; in books to ${there ?? 'none'}, in crm to ${here ?? 'none'}`;
	return [finding('unequal', entry, words)];
}

function judgeEntry(court: Court, entry: Entry, standing: Standing): Finding[] {
	const found = counted(entry, standing);
	const ids = idsOf(standing, entry.kind);
	if (entry.deleted) return [...found, ...judgeDeleted(court, entry, entry.deleted, standing)];
	const [books, crm] = [standing.books[0], standing.crm[0]];
	if (told(court.review, ids)) return found;
	if (!books || !crm) {
		const where = !books && !crm ? 'either system' : !books ? 'books' : 'crm';
		return [...found, finding('lost', entry, `is not in ${where}`)];
	}
	const booksId = idOf(books, 'books', entry.kind);
	if (textAt(crm, 'Zoho_Books_ID') !== booksId)
		found.push(
			finding('unequal', entry, `CRM is linked with "${textAt(crm, 'Zoho_Books_ID')}", not ${booksId}`),
		);
	return [...found, ...judgeFields(entry, books, crm), ...judgeCompany(court, entry, books, crm)];
}

/** Products that the templates make for lines of invoices that name no item. */
const shared = new Set(['free-text', 'shipping']);

/** A customer who is a person bears the mark of that person. */
const isIndividual = (record: Item, known: ReadonlySet<string>) =>
	record.customer_sub_type === 'individual' &&
	((record.contact_persons ?? []) as Item[]).some((person) => known.has(textAt(person, marks.person.books)));

/** Records that nobody made: a second copy whose mark did not come along. */
function strays(all: Standing, kind: Kind, known: ReadonlySet<string>): Finding[] {
	return (['books', 'crm'] as const).flatMap((system) =>
		all[system]
			.filter((record) => !known.has(textAt(record, marks[kind][system])))
			.filter((record) => !shared.has(textAt(record, 'Zoho_Books_ID')) && !isIndividual(record, known))
			.map((record): Finding => {
				const id = idOf(record, system, kind);
				return { figure: 'duplicates', says: `${kind} ${id} in ${system} is nobody's: no one made it` };
			}),
	);
}

/** Companies, persons and items of all scripts so far against what people did to them. */
export function judgePeople({ pair }: Pick<Stage, 'pair'>, journals: readonly Journal[], review: Review): Finding[] {
	const list = journals.flatMap(({ entries }) => [...entries.values()]);
	const court: Court = {
		pair,
		review,
		entries: new Map(list.map((entry) => [`${entry.seed} ${entry.who}`, entry])),
		kills: journals.flatMap(({ kills }) => kills),
	};
	const known = new Set(list.map(({ mark }) => mark));
	return kinds.flatMap((kind) => {
		const all = allOf(pair, kind);
		const own = list.filter((entry) => entry.kind === kind);
		return [
			...own.flatMap((entry) => judgeEntry(court, entry, bearing(all, kind, entry.mark))),
			...strays(all, kind, known),
		];
	});
}
