import { Pair, textAt, type Item } from '../../../sandbox/check/pair.mts';
import { Desk } from '../../chaos/desk.mts';
import { Journal } from '../../chaos/journal.mts';
import { judgeMoney } from '../../chaos/judgeMoney.mts';
import { judgePeople } from '../../chaos/judgePeople.mts';
import { scriptOf } from '../../chaos/script.mts';
import { isTrouble } from '../../chaos/types.mts';
import type { Review } from '../../chaos/verify.mts';
import { AuditWorld } from '../sandbox/auditSupport.mts';

const nothingToReview: Review = { waiting: new Set(), deletions: new Set(), failed: new Map() };

/** Two systems with nobody between them: what a person types into one never reaches the other. */
function scene() {
	const { simulator } = new AuditWorld();
	const pair = new Pair(simulator, 'eu', 'in');
	const journal = new Journal(1);
	return { pair, journal, desk: new Desk(pair, journal) };
}

type Scene = ReturnType<typeof scene>;

const people = ({ pair, journal }: Scene, review = nothingToReview) => judgePeople({ pair }, [journal], review);
const money = ({ pair, journal }: Scene) => judgeMoney({ pair }, [journal], nothingToReview);
const said = (found: ReturnType<typeof people>) => found.map(({ figure, says }) => `${figure}: ${says}`);

/** Does by hand what the templates do with a company and its person. */
function copyToCrm({ pair }: Scene, changes: Item = {}): Item {
	const [customer] = pair.books();
	const [person] = pair.persons();
	const account = pair.createInCrm('Accounts', {
		Account_Name: customer?.contact_name,
		Website: customer?.website,
		Billing_City: textAt(customer, 'billing_address.city'),
		Description: customer?.notes,
		Zoho_Books_ID: customer?.contact_id,
	});
	return pair.createInCrm('Contacts', {
		First_Name: person?.first_name,
		Last_Name: person?.last_name,
		Email: person?.email,
		Phone: person?.phone,
		Title: person?.designation,
		Zoho_Books_ID: person?.contact_person_id,
		Account_Name: { id: account.id },
		...changes,
	});
}

describe('the desks of a chaos run', () => {
	it.each([1, 2, 3])('do nothing that Zoho refuses, seed %d', (seed) => {
		const { desk } = scene();
		for (const step of scriptOf(seed, 400).steps) {
			if (!isTrouble(step)) expect(() => desk.act(step)).not.toThrow();
		}
	});
});

describe('the judge of people', () => {
	const company = { do: 'company', system: 'books', company: 'c1', person: 'p1' } as const;

	it('misses what has not arrived', () => {
		const here = scene();
		here.desk.act(company);
		expect(said(people(here))).toEqual(['lost: chaos 1 c1: is not in crm', 'lost: chaos 1 p1: is not in crm']);
	});

	it('finds nothing where all is well', () => {
		const here = scene();
		here.desk.act(company);
		copyToCrm(here);
		expect(people(here)).toEqual([]);
	});

	it('tells a value that differs, and one that nobody typed', () => {
		const here = scene();
		here.desk.act(company);
		const contact = copyToCrm(here, { Phone: '+49 30 999' });
		expect(said(people(here))).toEqual([
			'unequal: chaos 1 p1: phone is "+49 30 1 1" in books and "+49 30 999" in crm',
		]);
		here.pair.updateInBooks('contactpersons', textAt(here.pair.persons()[0], 'contact_person_id'), { phone: '+49 30 999' });
		expect(said(people(here))).toEqual([
			'lost: chaos 1 p1: phone is "+49 30 999" in both, and "+49 30 1 1" in books was typed last',
		]);
		expect(contact.id).toBeTruthy();
	});

	it('tells a second copy, with or without its mark', () => {
		const here = scene();
		here.desk.act(company);
		copyToCrm(here);
		here.pair.createInCrm('Contacts', { Last_Name: 'Copy', Title: 'chaos 1 p1' });
		const stray = here.pair.createInCrm('Contacts', { Last_Name: 'Copy' });
		expect(said(people(here))).toEqual([
			expect.stringMatching(/^duplicates: chaos 1 p1: 2 records in crm/),
			`duplicates: person ${textAt(stray, 'id')} in crm is nobody's: no one made it`,
		]);
	});

	it('leaves alone what a person is asked about', () => {
		const here = scene();
		here.desk.act(company);
		const customer = textAt(here.pair.books()[0], 'contact_id');
		expect(people(here, { ...nothingToReview, waiting: new Set([customer]) })).toEqual([]);
	});

	it('wants a deletion to be told', () => {
		const here = scene();
		here.desk.act(company);
		const contact = copyToCrm(here);
		here.desk.act({ do: 'delete', system: 'crm', who: 'p1' });
		const id = textAt(contact, 'id');
		expect(said(people(here))).toEqual([
			`lost: chaos 1 p1: deleted in crm (${id}), and the review list does not tell`,
		]);
		expect(people(here, { ...nothingToReview, deletions: new Set([id]) })).toEqual([]);
	});
});

describe('the judge of money', () => {
	const line = { quantity: 2, rate: 10, taxed: false };

	function withInvoice(): Scene {
		const here = scene();
		here.desk.act({ do: 'company', system: 'books', company: 'c1', person: 'p1' });
		copyToCrm(here);
		here.desk.act({ do: 'invoice', invoice: 'v1', company: 'c1', lines: [line] });
		return here;
	}

	it('misses an invoice and a payment that have not arrived', async () => {
		const here = withInvoice();
		here.desk.act({ do: 'pay', payment: 'y1', invoice: 'v1', part: 0.5 });
		expect(said(await money(here))).toEqual([
			expect.stringMatching(/^lost: Books has invoice/),
			expect.stringMatching(/^lost: Books has payment/),
		]);
	});

	it('misses an invoice that somebody took away', async () => {
		const here = withInvoice();
		const id = here.journal.money.get('v1') ?? '';
		here.pair.act('books', { collection: 'invoices', action: 'delete', id });
		expect(said(await money(here))).toEqual([`lost: invoice v1 (${id}) is not in books`]);
	});

	it('tells two invoices for one won Deal, and one for nobody', async () => {
		const here = withInvoice();
		here.desk.act({ do: 'deal', deal: 'd1', company: 'c1' });
		here.desk.act({ do: 'winDeal', deal: 'd1', amount: 20 });
		const deal = here.journal.money.get('d1');
		const customer_id = here.pair.books()[0]?.contact_id;
		const make = (reference_number: unknown) =>
			here.pair.act('books', {
				collection: 'invoices',
				action: 'create',
				record: { customer_id, reference_number, line_items: [{ name: 'Lamp', rate: 20, quantity: 1 }] },
			});
		make(deal);
		make(deal);
		const nobodys = make('by hand');
		const found = said(await money(here));
		expect(found).toContain(`duplicates: the won Deal ${deal} has 2 invoices in books`);
		expect(found).toContain(`duplicates: invoice ${textAt(nobodys, 'invoice_id')} in books is nobody's`);
	});
});
