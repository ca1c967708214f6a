import { contactRoutes } from '../../sandbox/simulator/books/contactRoutes.mts';
import { currencyRoutes } from '../../sandbox/simulator/books/currencyRoutes.mts';
import { documentRoutes } from '../../sandbox/simulator/books/documentRoutes.mts';
import { itemRoutes } from '../../sandbox/simulator/books/itemRoutes.mts';
import { customerPaymentRoutes } from '../../sandbox/simulator/books/paymentRoutes.mts';
import { taxRoutes } from '../../sandbox/simulator/books/taxRoutes.mts';
import { addHook, type Json, startBooks } from './booksSupport.mts';
import { everyMoneyOperation } from './booksMoneySupport.mts';
import { filesArePresent, type KnownError, OpenapiChecker } from './booksOpenapiChecker.mts';
import { describeWhere } from '../support/where.mts';

/** Where the published files contradict recorded answers or Zoho's own SDKs. */
const knownErrors: KnownError[] = [
	{
		operation: /organization/,
		at: /fiscal_year_start_month$/,
		why: 'text in recorded lists, the month by its name in a single organization',
	},
	{
		operation: /contact_person$/,
		at: /^\/contact_person$/,
		why: "the file has a list, Zoho's SDKs read an object; switch personAnswer",
	},
	{ operation: /_tax$/, at: /^\/tax$/, why: 'the file has a list, as it has for contact persons' },
	{ operation: /item/, at: /\/tax_percentage$/, why: 'text "70%" in the file, a number as recorded' },
	{
		operation: /invoice|estimate/,
		at: /\/(total|balance|shipping_charge)$/,
		why: 'text in the file, a number as recorded',
	},
	{
		operation: /list_(invoices|estimates)$/,
		at: /^\/page_context$/,
		why: 'a list in the file, an object as recorded',
	},
];

/** contact-persons.yml comes first: contacts.yml describes some of its operations again, more thinly. */
const files = [
	'contact-persons.yml',
	'contacts.yml',
	'organizations.yml',
	'items.yml',
	'invoices.yml',
	'estimates.yml',
	'customer-payments.yml',
	'taxes.yml',
	'currency.yml',
];

/** Every operation of the files that the simulator has, once. */
async function everything(checker: OpenapiChecker): Promise<void> {
	const { call, add, org } = startBooks({ seen: (...exchange) => checker.seen(...exchange) });
	await call('GET', '/organizations', undefined, { query: { organization_id: '' } });
	const { body } = await call('GET', '/organizations', undefined, { query: { organization_id: '' } });
	await call('GET', `/organizations/${body['organizations'][0].organization_id}`);
	const contact = await add({
		contact_name: 'Bowman and Co',
		company_name: 'Bowman and Co',
		contact_type: 'customer',
		website: 'www.bowman.example',
		payment_terms: 15,
		notes: 'a note',
		billing_address: {
			attention: 'Mr. John',
			address: '4900 Hopyard Rd',
			city: 'Pleasanton',
			zip: '94588',
			country: 'U.S.A',
		},
		shipping_address: { city: 'Fremont' },
		contact_persons: [
			{ first_name: 'Will', last_name: 'Smith', email: 'will@bowman.example', is_primary_contact: true },
		],
	});
	const id = String(contact['contact_id']);
	await call('GET', '/contacts');
	await call('GET', `/contacts/${id}`);
	await call('PUT', `/contacts/${id}`, { notes: 'changed', phone: 'not a field' });
	await call('POST', `/contacts/${id}/inactive`);
	await call('POST', `/contacts/${id}/active`);
	const made = await call('POST', '/contacts/contactpersons', {
		contact_id: id,
		first_name: 'Ann',
		email: 'ann@bowman.example',
	});
	const person = String(made.body['contact_person'].contact_person_id);
	await call('PUT', `/contacts/contactpersons/${person}`, { contact_id: id, first_name: 'Anna' });
	await call('POST', `/contacts/contactpersons/${person}/primary`);
	await call('GET', '/contacts/contactpersons');
	await call('GET', `/contacts/contactpersons/${person}`);
	await call('GET', `/contacts/${id}/contactpersons`);
	await call('GET', `/contacts/${id}/contactpersons/${person}`);
	await call('DELETE', `/contacts/contactpersons/${person}`);
	const other = await add({ contact_name: 'Other' });
	await call('DELETE', '/contacts', undefined, { query: { contact_ids: String(other['contact_id']) } });
	await everyMoneyOperation(call, id, org.accountIds.undeposited);
	await call('DELETE', `/contacts/${id}`);
}

const ours = [
	...contactRoutes,
	...itemRoutes,
	...documentRoutes,
	...customerPaymentRoutes,
	...taxRoutes,
	...currencyRoutes,
];

describeWhere(filesArePresent(files), "Zoho's OpenAPI files for Books are not beside the project")(
	"the simulated Books against Zoho's OpenAPI files",
	() => {
		let checker: OpenapiChecker;

		beforeAll(async () => {
			checker = new OpenapiChecker(files, knownErrors);
			await everything(checker);
		});

		afterAll(() => {
			console.log(
				[
					`Books OpenAPI: ${checker.checked.size} operations compared.`,
					...(checker.lenient.size > 0 ? ['Known errors of the files:', ...checker.lenient] : []),
					...(checker.undocumented.size > 0
						? ['Body fields that the files do not have:', ...checker.undocumented]
						: []),
				].join('\n  '),
			);
		});

		test('every answer has the documented form', () => {
			expect([...checker.failures]).toEqual([]);
		});

		test('every route about records is an operation of the files, and is compared', () => {
			const unknown = ours.filter(
				({ method, path }) =>
					!checker.operations.some(
						(one) => one.method === method && one.path.replaceAll(/\{[^}]+\}/g, '{}') === path,
					),
			);
			expect(unknown.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
			// The upserts of contacts and payments need a custom field and have tests of their own.
			expect(checker.checked.size).toBe(ours.length - 2 + 2);
		});

		test('a body field that Zoho does not document is told, here and in the call log', async () => {
			expect([...checker.undocumented]).toEqual([expect.stringContaining('update_contact: phone')]);
			const { call } = startBooks();
			const { entry } = await call('POST', '/contacts', { contact_name: 'A', email: 'a@example.com' });
			expect(entry.ignoredFields).toEqual(['email']);
		});

		test('with the switch personAnswer on list, a written person is answered as the file says', async () => {
			const strict = new OpenapiChecker(files, knownErrors);
			const { call, add } = startBooks({
				switches: { personAnswer: 'list' },
				seen: (...exchange) => strict.seen(...exchange),
			});
			const contact = await add({ contact_name: 'A' });
			const { body } = await call('POST', '/contacts/contactpersons', {
				contact_id: contact['contact_id'],
				first_name: 'Ann',
			});
			expect(body['contact_person']).toEqual([expect.objectContaining({ first_name: 'Ann' })]);
			expect([...strict.failures, ...strict.lenient]).toEqual([]);
		});

		test('webhooks and workflow rules, which the files lack, answer with ids and names', async () => {
			const { call } = startBooks();
			const { webhookId, ruleId } = await addHook(call, 'https://n8n.example.com/hook');
			const webhooks = (await call('GET', '/settings/webhooks')).body['webhooks'] as Json[];
			expect(webhooks).toEqual([
				expect.objectContaining({
					webhook_id: webhookId,
					related_rules: [expect.objectContaining({ workflow_id: ruleId })],
				}),
			]);
		});
	},
);
