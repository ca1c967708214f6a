import { textAt, type Item, type Pair } from '../../sandbox/check/pair.mts';
import { marks, placesOf } from './fields.mts';
import type { Entry, Journal } from './journal.mts';
import { MoneyDesk } from './moneyDesk.mts';
import { crmModuleOf, customerOf, idOf, standingOf } from './standing.mts';
import type { Act, Edit, System } from './types.mts';

const otherOf = (system: System): System => (system === 'books' ? 'crm' : 'books');

/** `billing_address.city` → the whole address with that city in it: a person at the screen saves all of it. */
function changeOf(record: Item, path: string, value: string | number): Item {
	const [outer = '', inner] = path.split('.');
	return inner === undefined
		? { [outer]: value }
		: { [outer]: { ...(record[outer] as Item), [inner]: value } };
}

/** The people at the desks of both systems, who do what the script says and write down what they did. */
export class Desk {
	readonly pair: Pair;
	readonly #money: MoneyDesk;
	readonly journal: Journal;

	constructor(pair: Pair, journal: Journal) {
		this.pair = pair;
		this.#money = new MoneyDesk(pair, journal);
		this.journal = journal;
	}

	/** Does one act; false where nobody is there any more to do it with, as in a shortened script. */
	act(step: Act): boolean {
		switch (step.do) {
			case 'company':
				return this.#company(step);
			case 'person':
				return this.#person(step);
			case 'edit':
				return this.#edit(step);
			case 'race':
				return step.edits.map((edit) => this.#edit(edit)).includes(true);
			case 'delete':
				return this.#delete(step.system, step.who);
			case 'merge':
				return this.#merge(step.system, step.survivor, step.loser);
			default:
				return this.#money.act(step);
		}
	}

	#personValues(person: string): Record<string, string> {
		const { seed } = this.journal;
		return {
			last_name: `Person ${seed}-${person}`,
			email: `${person}@seed-${seed}.example`,
			phone: `+49 30 ${seed} ${person.slice(1)}`,
		};
	}

	#personRecord(system: System, person: string, values: Record<string, string>): Item {
		const places = placesOf('person');
		const typed = Object.entries(values).map(([field, value]) => [places[field]?.[system] ?? '', value]);
		const mark = `chaos ${this.journal.seed} ${person}`;
		return {
			...Object.fromEntries(typed),
			[system === 'books' ? 'first_name' : 'First_Name']: 'Pat',
			[marks.person[system]]: mark,
		};
	}

	#company({ system, company, person }: Extract<Act, { do: 'company' }>): boolean {
		const { seed } = this.journal;
		const values = {
			name: `Chaos ${seed} ${company}`,
			website: `https://${company}.seed-${seed}.example`,
			city: 'Berlin',
		};
		const personValues = this.#personValues(person);
		const personRecord = this.#personRecord(system, person, personValues);
		const mark = `chaos ${seed} ${company}`;
		if (system === 'books') {
			this.pair.createInBooks({
				contact_name: values.name,
				company_name: values.name,
				contact_type: 'customer',
				customer_sub_type: 'business',
				website: values.website,
				billing_address: { city: values.city },
				notes: mark,
				contact_persons: [{ ...personRecord, is_primary_contact: true }],
			});
		} else {
			const account = this.pair.createInCrm('Accounts', {
				Account_Name: values.name,
				Website: values.website,
				Billing_City: values.city,
				Description: mark,
			});
			this.pair.createInCrm('Contacts', { ...personRecord, Account_Name: { id: account.id } });
		}
		this.journal.enter(company, system, values);
		this.journal.enter(person, system, personValues, company);
		return true;
	}

	#person({ system, person, company }: Extract<Act, { do: 'person' }>): boolean {
		const values = this.#personValues(person);
		const record = this.#personRecord(system, person, values);
		if (company === undefined) {
			const contact_name = `Pat ${values.last_name}`;
			if (system === 'crm') this.pair.createInCrm('Contacts', record);
			else
				this.pair.createInBooks({
					contact_name,
					contact_type: 'customer',
					customer_sub_type: 'individual',
					contact_persons: [{ ...record, is_primary_contact: true }],
				});
			this.journal.enter(person, system, values);
			return true;
		}
		const home = this.journal.present(company);
		if (!home) return false;
		const standing = standingOf(this.pair, home);
		const at = standing[system].length > 0 ? system : otherOf(system);
		const parent = idOf(standing[at][0], at, 'company');
		if (parent === '') return false;
		const own = this.#personRecord(at, person, values);
		if (at === 'crm') this.pair.createInCrm('Contacts', { ...own, Account_Name: { id: parent } });
		else this.pair.act('books', { collection: 'contactpersons', action: 'create', parent, record: own });
		this.journal.enter(person, at, values, company);
		return true;
	}

	/** Where the record has not arrived yet, the other desk does it. */
	#edit({ system: wanted, who, field, value }: Edit): boolean {
		const entry = this.journal.present(who);
		if (!entry) return false;
		const standing = standingOf(this.pair, entry);
		const system = standing[wanted].length > 0 ? wanted : otherOf(wanted);
		const record = standing[system][0];
		const place = placesOf(entry.kind)[field];
		if (!record || !place) return false;
		this.journal.type(entry, system, field, value, standing);
		const id = idOf(record, system, entry.kind);
		const change = changeOf(record, place[system], field === 'rate' ? Number(value) : value);
		if (system === 'crm') this.pair.updateInCrm(crmModuleOf(entry.kind), id, change);
		else this.pair.updateInBooks(collections[entry.kind], id, change);
		return true;
	}

	#delete(system: System, who: string): boolean {
		const entry = this.journal.present(who);
		if (!entry) return false;
		const standing = standingOf(this.pair, entry);
		const record = standing[system][0];
		if (!record) return false;
		const customer = customerOf(standing.books[0], entry.kind);
		const gone = system === 'crm' ? [entry] : this.#within(entry, customer);
		const delivery = this.pair.simulator.world.deliveries.log.length;
		for (const each of gone) this.#noteDeletion(each, system, delivery);
		if (system === 'crm') {
			const id = textAt(record, 'id');
			this.pair.act('crm', { collection: crmModuleOf(entry.kind), action: 'delete', id });
		} else this.pair.act('books', { collection: 'contacts', action: 'delete', id: customer });
		return true;
	}

	/** A Books customer and all its persons, whoever they are by now. */
	#within(entry: Entry, customer: string): Entry[] {
		const persons = [...this.journal.entries.values()].filter(
			(each) =>
				each.kind === 'person' &&
				!each.deleted &&
				(each.company === entry.who ||
					standingOf(this.pair, each).books.some((person) => customerOf(person, 'person') === customer)),
		);
		return [...new Set([entry, ...persons])];
	}

	#noteDeletion(entry: Entry, system: System, delivery: number): void {
		const { books, crm } = standingOf(this.pair, entry);
		const booksId = idOf(books[0], 'books', entry.kind);
		entry.deleted = {
			system,
			delivery,
			at: Date.now(),
			wasThere: (system === 'books' ? crm : books).length > 0,
			wasLinked: booksId !== '' && textAt(crm[0], 'Zoho_Books_ID') === booksId,
			id: system === 'crm' ? textAt(crm[0], 'id') : customerOf(books[0], entry.kind),
		};
	}

	/**
	 * What Zoho's merge leaves behind, as far as the simulator knows it: the survivor takes over the values that it lacks, and the other
	 * record is gone. Zoho also moves what hangs on the record; here nothing hangs on it.
	 */
	#merge(system: System, survivor: string, loser: string): boolean {
		const [kept, gone] = [this.journal.present(survivor), this.journal.present(loser)];
		if (!kept || !gone) return false;
		const record = standingOf(this.pair, kept)[system][0];
		const lost = standingOf(this.pair, gone)[system][0];
		if (!record || !lost) return false;
		for (const [field, place] of Object.entries(placesOf('person'))) {
			const value = textAt(lost, place[system]);
			if (textAt(record, place[system]) === '' && value !== '')
				this.#edit({ system, who: survivor, field, value });
		}
		return this.#delete(system, loser);
	}
}

const collections = { person: 'contactpersons', company: 'contacts', item: 'items' } as const;
