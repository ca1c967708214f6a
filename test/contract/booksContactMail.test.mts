/** Comments of contacts and statements of account in the simulated Books, also against Zoho's OpenAPI file. */

import { contactMailRoutes } from '../../sandbox/simulator/books/contactMailRoutes.mts';
import { describeWhere } from '../support/where.mts';
import { startMoney } from './booksMoneySupport.mts';
import { filesArePresent, OpenapiChecker } from './booksOpenapiChecker.mts';
import { routesAgainst } from './booksOpenapiRoutes.mts';
import type { Json } from './booksSupport.mts';

const mail = { to_mail_ids: ['a@example.com'], subject: 'Statement', body: 'Please see.' };

test('comments are added, listed page by page after the history, and deleted', async () => {
	const { call, customer, refusal } = startMoney();
	const id = await customer();
	const path = `/contacts/${id}/comments`;
	const comments = async (query: Record<string, string> = {}) =>
		(await call('GET', path, undefined, { query })).body['contact_comments'] as Json[];
	expect(await refusal('POST', path, { description: ' ' })).toEqual([400, 2]);
	expect((await call('POST', path, { description: 'Called' })).body['code']).toBe(0);
	const [history, comment] = await comments();
	expect(comment).toMatchObject({ description: 'Called', contact_id: id, contact_name: 'Aurora' });
	expect(await comments({ page: '2', per_page: '1' })).toEqual([comment]);
	expect(await refusal('DELETE', `${path}/${history?.['comment_id']}`)).toEqual([404, 1002]);
	await call('DELETE', `${path}/${comment?.['comment_id']}`);
	expect(await comments()).toEqual([history]);
	expect(await refusal('GET', '/contacts/7/comments')).toEqual([404, 1002]);
});

test('a comment does not change the contact', async () => {
	const { simulator, call, customer } = startMoney();
	const path = `/contacts/${await customer()}`;
	const modified = async () => (await call('GET', path)).body['contact'].last_modified_time as string;
	const before = await modified();
	simulator.world.clock.advance(10_000);
	await call('POST', `${path}/comments`, { description: 'Called' });
	expect(await modified()).toBe(before);
});

test('a statement is sent to a customer with all that the file requires, and the history tells it', async () => {
	const { call, customer, refusal } = startMoney();
	const id = await customer();
	const path = `/contacts/${id}/statements/email`;
	for (const name of Object.keys(mail))
		expect(await refusal('POST', path, { ...mail, [name]: '' })).toEqual([400, 2]);
	const days = (start_date: string, end_date: string) =>
		refusal('POST', path, mail, { start_date, end_date });
	expect(await days('01.02.2026', '')).toEqual([400, 2]);
	expect(await days('2026-02-28', '2026-02-01')).toEqual([400, 2]);
	expect(await days('2026-02-01', '2026-02-28')).toEqual([200, 0]);
	const { contact_comments } = (await call('GET', `/contacts/${id}/comments`)).body;
	expect(contact_comments).toMatchObject([{}, { description: 'Statement emailed' }]);
	const vendor = await customer({ contact_name: 'Beta', contact_type: 'vendor' });
	expect(await refusal('POST', `/contacts/${vendor}/statements/email`, mail)).toEqual([404, 1002]);
});

describeWhere(filesArePresent(['contacts.yml']), "Zoho's OpenAPI file is not beside the project")(
	"comments and statements of the simulated Books' contacts against Zoho's OpenAPI file",
	() => {
		let checker: OpenapiChecker;

		beforeAll(async () => {
			checker = new OpenapiChecker(['contacts.yml']);
			const { call, customer } = startMoney({ seen: (...exchange) => checker.seen(...exchange) });
			const path = `/contacts/${await customer()}`;
			await call('POST', `${path}/comments`, { description: 'Called' });
			const { contact_comments } = (await call('GET', `${path}/comments`)).body;
			await call('DELETE', `${path}/comments/${(contact_comments as Json[]).at(-1)?.['comment_id']}`);
			await call('POST', `${path}/statements/email`, mail);
		});

		routesAgainst(() => checker, contactMailRoutes, []);
	},
);
