import { saveContact } from '../../zoho/books/contactWrite';
import { FlatBench, type Decision, type Row } from './flatSupport.mts';

let bench: FlatBench;
beforeAll(async () => {
	bench = await FlatBench.start();
});
afterAll(async () => await bench.zoho.stop());
beforeEach(async () => await bench.reset('Vendors', 'Accounts'));

const primary = ({ contact_persons: persons }: Row): Row =>
	((persons as Row[]) ?? []).find((one) => one.is_primary_contact) ?? (persons as Row[])?.[0] ?? {};

const toCrm = (vendor: Row): Row => ({
	Vendor_Name: vendor.contact_name,
	Website: vendor.website,
	Email: primary(vendor).email,
	Phone: primary(vendor).phone,
});
const toBooks = (source: Row): Row => ({
	contact_name: source.Vendor_Name,
	contact_type: 'vendor',
	website: source.Website,
	contact_persons: [{ email: source.Email, phone: source.Phone }],
});
const crmRules = [
	{ kind: 'email', field: 'Email', value: '={{ $json.Email }}' },
	{ kind: 'field', field: 'Vendor_Name', value: '={{ $json.Vendor_Name }}' },
];
const booksRules = [
	{ kind: 'email', field: 'email', value: '={{ $json.contact_persons?.[0]?.email }}' },
	{ kind: 'field', field: 'contact_name', value: '={{ $json.contact_name }}' },
];

async function intoCrm(vendors: Row[], more = {}) {
	return await bench.matchCrm('Vendors', vendors.map(toCrm), vendors, crmRules, more);
}

async function intoBooks(ids: unknown[], more = {}, map = toBooks) {
	const sources = ids.map((id) => bench.fromCrm('Vendors', id));
	return await bench.matchBooks('contact', sources.map(map), sources, booksRules, more);
}

async function save(decisions: Decision[]): Promise<Row[]> {
	const saved: Row[] = [];
	for (const { record } of decisions) saved.push((await saveContact(bench.books, record)).contact);
	await bench.link(decisions, saved);
	return saved;
}

const vendors = () => bench.booksRows('contacts').filter(({ contact_type: type }) => type === 'vendor');
const persons = (contact: Row | undefined) => (contact?.contact_persons ?? []) as Row[];

const vic = { first_name: 'Vic', last_name: 'Orr', email: 'vic@acme.example', phone: '+44 1' };
const inBooks = (more: Row = {}) =>
	bench.inBooks('contacts', {
		contact_name: 'Acme',
		contact_type: 'vendor',
		website: 'acme.example',
		contact_persons: [vic, { first_name: 'Bea', last_name: 'Second', email: 'bea@acme.example' }],
		...more,
	});

/** A vendor that both systems have, in agreement. */
async function linked(): Promise<{ vendor: Row; id: unknown }> {
	const vendor = inBooks();
	const { fresh } = await intoCrm([vendor]);
	await bench.write('Vendors', 'upsert', fresh.map(({ record }) => record));
	return { vendor, id: bench.crmRows('Vendors')[0]?.id };
}

test('a vendor of Books becomes a CRM Vendor with the e-mail of its primary person, and its echo costs no Books call', async () => {
	const { vendor, id } = await linked();
	expect(bench.crmRows('Vendors')).toMatchObject([
		{ Vendor_Name: 'Acme', Email: 'vic@acme.example', Phone: '+44 1', Zoho_Books_ID: vendor.contact_id },
	]);
	const echo = await intoBooks([id]);
	expect(echo.unchanged.map(({ match }) => match.sources.map(({ write }) => write))).toEqual([[false]]);
	expect(echo.counts.books).toEqual({ read: 0, write: 0 });
});

test('a phone edited in CRM goes to the primary person, and the other persons stay', async () => {
	const { vendor, id } = await linked();
	bench.inCrm('Vendors', { Phone: '+44 2' }, id);
	const { changed, counts } = await intoBooks([id]);
	const person = primary(vendor).contact_person_id;
	expect(changed.map(({ record }) => record)).toEqual([
		{ contact_id: vendor.contact_id, contact_persons: [{ contact_person_id: person, phone: '+44 2' }] },
	]);
	expect(counts.books).toEqual({ read: 1, write: 0 });
	await save(changed);
	expect(persons(vendors()[0]).map(({ email, phone }) => [email, phone])).toEqual([
		['vic@acme.example', '+44 2'],
		['bea@acme.example', ''],
	]);
	expect((await intoBooks([id])).unchanged).toHaveLength(1);
});

test('edits of different fields on both sides both survive', async () => {
	const { vendor, id } = await linked();
	bench.inCrm('Vendors', { Website: 'crm.example' }, id);
	const [first, ...others] = persons(vendor);
	const edited = bench.inBooks(
		'contacts',
		{ contact_persons: [{ ...first, phone: '+44 9' }, ...others] },
		vendor.contact_id,
	);
	const toTheLeft = await intoBooks([id]);
	expect(toTheLeft.changed.map(({ record }) => record)).toEqual([
		{ contact_id: vendor.contact_id, website: 'crm.example' },
	]);
	expect(toTheLeft.counts.books.read).toBe(0);
	const saved = await save(toTheLeft.changed);
	const toTheRight = await intoCrm([{ ...edited, ...saved[0] }]);
	expect(toTheRight.changed[0]?.record).toMatchObject({ id, Phone: '+44 9' });
	expect(toTheRight.changed[0]?.record).not.toHaveProperty('Website');
});

test('the same field changed on both sides goes to review under that policy, with nothing written of it', async () => {
	const { vendor, id } = await linked();
	bench.inCrm('Vendors', { Phone: '+44 2' }, id);
	const [first, ...others] = persons(vendor);
	bench.inBooks('contacts', { contact_persons: [{ ...first, phone: '+44 9' }, ...others] }, vendor.contact_id);
	const { changed, review } = await intoBooks([id], { policy: 'review' });
	expect(changed).toEqual([]);
	expect(review[0]?.match.conflicts).toMatchObject([{ field: 'contact_persons.phone', settled: 'review' }]);
});

test('a new Vendor is made as a vendor although a customer has its name, and the other way round', async () => {
	const customer = bench.inBooks('contacts', { contact_name: 'Acme', contact_type: 'customer', contact_persons: [vic] });
	const { id } = bench.inCrm('Vendors', { Vendor_Name: 'Acme', Email: vic.email, Phone: '1' });
	// The type is known from the module, too.
	const { fresh } = await intoBooks([id], {}, (row) => ({ ...toBooks(row), contact_type: undefined }));
	expect(fresh.map(({ record }) => record)).toMatchObject([{ contact_name: 'Acme', contact_type: 'vendor' }]);
	await save(fresh);
	expect(vendors()).toHaveLength(1);
	expect(bench.crmRows('Vendors')[0]?.Zoho_Books_ID).toBe(vendors()[0]?.contact_id);
	expect(vendors()[0]?.contact_id).not.toBe(customer.contact_id);

	const account = bench.inCrm('Accounts', { Account_Name: 'Mill' });
	bench.inBooks('contacts', { contact_name: 'Mill', contact_type: 'vendor' });
	const source = bench.fromCrm('Accounts', account.id);
	const company = { contact_name: 'Mill', contact_type: 'customer' };
	expect((await bench.matchBooks('contact', [company], [source], booksRules)).fresh).toHaveLength(1);
});

test('a vendor made meanwhile by somebody else is linked by the write, and its person gets what it lacks', async () => {
	const { id } = bench.inCrm('Vendors', { Vendor_Name: 'Mill', Email: 'mill@example.com' });
	const { fresh } = await intoBooks([id]);
	const made = inBooks({ contact_name: 'Mill', contact_persons: [{ first_name: 'Mo', last_name: 'Mill' }] });
	const saved = await save(fresh);
	expect(saved[0]?.contact_id).toBe(made.contact_id);
	expect(persons(vendors()[0])).toMatchObject([{ first_name: 'Mo', email: 'mill@example.com' }]);
});

test('a vendor found by e-mail alone is in doubt when the names have nothing in common', async () => {
	const vendor = inBooks();
	const { id } = bench.inCrm('Vendors', { Vendor_Name: 'Paper Mill', Email: vic.email });
	const { review, fresh } = await intoBooks([id]);
	expect(fresh).toEqual([]);
	expect(review[0]?.match.candidates?.map((one) => one.id)).toEqual([vendor.contact_id]);

	bench.inCrm('Vendors', { Vendor_Name: 'ACME Ltd' }, id);
	const found = await intoBooks([id]);
	expect(found.changed.map(({ record }) => record.contact_id)).toEqual([vendor.contact_id]);
	// And from Books: another vendor with the same e-mail.
	const other = inBooks({ contact_name: 'Zeta', contact_persons: [vic] });
	expect((await intoCrm([other])).review).toHaveLength(1);
});

test('a vendor without people gets one, who has the name that Books asks for', async () => {
	const vendor = inBooks({ contact_persons: [] });
	const { id } = bench.inCrm('Vendors', { Vendor_Name: 'Acme', Phone: '+44 3' });
	const { changed } = await intoBooks([id]);
	await save(changed);
	expect(persons(vendors()[0])).toMatchObject([{ first_name: 'Acme', phone: '+44 3' }]);
	expect(bench.crmRows('Vendors')[0]?.Zoho_Books_ID).toBe(vendor.contact_id);
});

test('a Vendor whose link leads to a customer is for a person to decide', async () => {
	const customer = bench.inBooks('contacts', { contact_name: 'Acme', contact_type: 'customer' });
	const { id } = bench.inCrm('Vendors', { Vendor_Name: 'Acme', Zoho_Books_ID: customer.contact_id });
	const { review } = await intoBooks([id]);
	expect(review[0]?.match.reason).toMatch(/customer in Books, not a vendor/);
});
