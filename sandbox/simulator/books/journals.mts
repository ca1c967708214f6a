import { type Comment, systemComment } from './comments.mts';
import type { Currency } from './currencies.mts';
import type { CustomFields } from './customFields.mts';
import { invalid, refuse } from './errors.mts';
import { type JournalLine, type LineSurroundings, readJournalLines, sideTotal } from './journalLines.mts';
import { moneyText } from './moneyText.mts';
import { booksDate, readDay } from './times.mts';
import { type Json, readText, readValue } from './values.mts';

export type JournalStatus = 'draft' | 'published' | 'submitted' | 'approved' | 'rejected';

export interface Journal {
	id: string;
	/** `entry_number` */
	number: string;
	date: string;
	reference: string;
	notes: string;
	type: 'both' | 'cash';
	status: JournalStatus;
	currencyId: string;
	/** Units of the base currency for one of the journal's. */
	rate: number;
	lines: JournalLine[];
	/** The day on which it is or was reversed. */
	reversalDate: string;
	/** The journal that undoes it is made when that day comes. */
	isScheduled: boolean;
	/** Field id → value. */
	custom: Map<string, unknown>;
	comments: Comment[];
	createdAt: number;
	modifiedAt: number;
}

/** What journals need of the organization. */
export interface JournalSurroundings extends LineSurroundings {
	now(): number;
	readonly timeZone: string;
	readonly customFields: CustomFields;
	/** Refuses an unknown one; the base currency for ''. */
	currencyOf(id: string): Currency;
	rateOn(currencyId: string, day: string): number;
}

/** The states that one can be given, each with those that it can have before. Nobody publishes these: assumed. */
const moves: Record<JournalStatus, readonly JournalStatus[]> = {
	draft: [],
	published: ['draft', 'approved', 'published'],
	submitted: ['draft', 'rejected', 'submitted'],
	approved: ['submitted', 'approved'],
	rejected: ['submitted', 'rejected'],
};

/**
 * The journals of one organization: https://www.zoho.com/books/api/v3/journals. Recorded by NangoHQ/integration-templates: one without a status is published, and an update with a
 * date and notes keeps its lines. Zoho's codes for refusals are not known: those from 13000 on are made up.
 */
export class JournalStore {
	readonly #byId = new Map<string, Journal>();
	readonly #org: JournalSurroundings;
	#count = 0;

	constructor(org: JournalSurroundings) {
		this.#org = org;
	}

	/** Oldest first. What was scheduled for a day that has come is among them. */
	all(): Journal[] {
		const today = booksDate(this.#org.now(), this.#org.timeZone);
		for (const journal of [...this.#byId.values()]) {
			if (!journal.isScheduled || journal.reversalDate > today) continue;
			journal.isScheduled = false;
			this.#undo(journal);
		}
		return [...this.#byId.values()];
	}

	get(id: string): Journal {
		return this.all().find((journal) => journal.id === id) ?? refuse(404, 1002, 'Journal does not exist.');
	}

	create(body: Json): Journal {
		const now = this.#org.now();
		const journal: Journal = {
			id: this.#org.newId(),
			number: '',
			date: '',
			reference: '',
			notes: '',
			type: 'both',
			status: readStatus(body['status']),
			currencyId: this.#org.currencyOf('').id,
			rate: 1,
			lines: [],
			reversalDate: '',
			isScheduled: false,
			custom: new Map(),
			comments: [],
			createdAt: now,
			modifiedAt: now,
		};
		this.#apply(journal, { line_items: undefined, ...body });
		return this.#add(journal);
	}

	/** Changes what the body names; it must name the date, as Zoho's file says. */
	update(id: string, body: Json): Journal {
		const draft = structuredClone(this.get(id));
		this.#apply(draft, body);
		draft.comments.push(systemComment('Journal updated.', this.#org));
		draft.modifiedAt = this.#org.now();
		this.#byId.set(id, draft);
		return draft;
	}

	remove(id: string): Journal {
		const journal = this.get(id);
		this.#byId.delete(id);
		return journal;
	}

	setStatus(id: string, status: JournalStatus): Journal {
		const journal = this.get(id);
		if (!moves[status].includes(journal.status))
			refuse(400, 13002, `A journal that is ${journal.status} cannot become ${status}.`);
		journal.status = status;
		journal.modifiedAt = this.#org.now();
		return journal;
	}

	/** Makes the journal that undoes a published one, or has it made on its day. Once only, it is assumed. Answers the new one, or that which waits. */
	reverse(id: string, day: string, isScheduled: boolean): Journal {
		const journal = this.get(id);
		if (journal.status !== 'published') refuse(400, 13004, 'Only published journals can be reversed.');
		if (journal.reversalDate !== '') refuse(400, 13005, 'The journal has been reversed.');
		if (day === '' || day < journal.date) invalid('reversal_date');
		journal.reversalDate = day;
		journal.isScheduled = isScheduled;
		journal.modifiedAt = this.#org.now();
		return isScheduled ? this.get(id) : this.#undo(journal);
	}

	currency(journal: Journal): Currency {
		return this.#org.currencyOf(journal.currencyId);
	}

	/** Whether a journal names the account, contact, tax or currency. */
	uses(id: string): boolean {
		return this.all().some(
			({ currencyId, lines }) =>
				currencyId === id ||
				lines.some(({ accountId, contactId, tax }) => [accountId, contactId, tax?.id].includes(id)),
		);
	}

	#undo(journal: Journal): Journal {
		const now = this.#org.now();
		return this.#add({
			...structuredClone(journal),
			id: this.#org.newId(),
			date: journal.reversalDate,
			lines: journal.lines.map((line) => ({
				...line,
				id: this.#org.newId(),
				side: line.side === 'debit' ? 'credit' : 'debit',
			})),
			reversalDate: '',
			isScheduled: false,
			comments: [],
			createdAt: now,
			modifiedAt: now,
		});
	}

	#add(journal: Journal): Journal {
		const currency = this.currency(journal);
		const total = moneyText(currency, sideTotal(journal.lines, 'debit', currency.places));
		this.#count += 1;
		journal.number = String(this.#count);
		journal.comments.push(systemComment(`Journal created for ${total}`, this.#org));
		this.#byId.set(journal.id, journal);
		return journal;
	}

	#apply(journal: Journal, body: Json): void {
		const has = (name: string) => name in body;
		journal.date = readDay('journal_date', body['journal_date']) || invalid('journal_date');
		if (has('reference_number')) journal.reference = readText('reference_number', body['reference_number']);
		if (has('notes')) journal.notes = readText('notes', body['notes']);
		if (has('journal_type')) journal.type = readType(body['journal_type']);
		this.#setCurrency(journal, body);
		const { places } = this.currency(journal);
		if (has('line_items'))
			journal.lines = readJournalLines(body['line_items'], journal.lines, places, this.#org);
		this.#refuseForeign(journal);
		if (has('custom_fields')) {
			const others = this.all().filter(({ id }) => id !== journal.id);
			const values = others.map(({ custom }) => custom);
			this.#org.customFields.apply(journal.custom, body['custom_fields'], values);
		}
	}

	#setCurrency(journal: Journal, body: Json): void {
		const before = journal.currencyId;
		if ('currency_id' in body)
			journal.currencyId = this.#org.currencyOf(readText('currency_id', body['currency_id'])).id;
		if (journal.currencyId !== before) journal.rate = this.#org.rateOn(journal.currencyId, journal.date);
		if (!('exchange_rate' in body)) return;
		const rate = readValue('exchange_rate', { kind: 'number' }, body['exchange_rate']);
		journal.rate = typeof rate === 'number' && rate > 0 ? rate : invalid('exchange_rate');
	}

	/** An account in another currency takes amounts in that one only: assumed. */
	#refuseForeign({ currencyId, lines }: Journal): void {
		const base = this.#org.currencyOf('').id;
		for (const { accountId } of lines) {
			const account = this.#org.account('account_id', accountId, accountId);
			if (account.currencyId !== base && account.currencyId !== currencyId)
				refuse(400, 13006, `The account "${account.name}" is in another currency.`);
		}
	}
}

function readStatus(value: unknown): JournalStatus {
	const status = readText('status', value) || 'published';
	return status === 'draft' || status === 'published' ? status : invalid('status');
}

/** The file has the values with capital letters, recorded answers without. */
function readType(value: unknown): Journal['type'] {
	const type = readText('journal_type', value).toLowerCase();
	return type === 'cash' || type === 'both' ? type : invalid('journal_type');
}
