/** Ten thousand deliveries to the Zoho Books trigger that are not Zoho's, or that hold nothing usable although their signature is right. */

import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { signWebhook } from '../../sandbox/simulator/books/signature.mts';
import { startZoho, type Zoho } from '../support/zoho.mts';
import { figure } from './figures.mts';
import {
	cases,
	damaged,
	damagedQuery,
	encodedAnew,
	expectNoEffect,
	noise,
	patience,
	printable,
	queryNoise,
	seed,
	underAnyHeaders,
	type Sent,
} from './fuzzing.mts';
import { desk, post, settled, triggerOf, watchDeliveries, type Delivery } from './triggers.mts';

const header = 'x-zoho-webhook-signature';
let zoho: Zoho;

beforeAll(async () => (zoho = await startZoho()));
afterAll(async () => await zoho.stop());

/** A true delivery, and what was changed of it. */
function forgeries({ url, headers, body: bytes }: Delivery, secret: string): fc.Arbitrary<Sent> {
	const body = String(bytes);
	const query = new URL(url).search;
	const signature = String(headers['X-Zoho-Webhook-Signature']);
	const by = (secretOfOthers: string) =>
		createHmac('sha256', secretOfOthers).update(query).update(body).digest('hex');
	const withSignature = (given: string | string[]): Sent => ({ body, query, headers: { [header]: given } });
	/** As Zoho would sign it. */
	const signed = (content: string): Sent => ({
		body: content,
		query,
		headers: { [header]: signWebhook(secret, [...new URL(url).searchParams], content, 'hex') },
	});
	/** No id of digits only, or it would be a true delivery about such a record. */
	const noContact = fc.anything({ maxDepth: 3 }).filter((value) => !/"contact_id":"?\d/.test(json(value)));
	const isTrue = (sent: Sent) =>
		String(sent.body) === body &&
		sent.query === query &&
		String(sent.headers[header]).toLowerCase() === signature;
	return underAnyHeaders(
		fc.oneof(
			damaged(body).map((changed) => ({ ...withSignature(signature), body: changed })),
			damaged(signature).map((changed) =>
				withSignature(changed.toString('latin1').replace(/[^\x21-\x7e]/g, '!')),
			),
			damagedQuery(query).map((changed) => ({ ...withSignature(signature), query: changed })),
			fc.string({ minLength: 1, maxLength: 50 }).map((other) => withSignature(by(other))),
			fc.string({ maxLength: 90 }).map((text) => withSignature(printable(text))),
			fc
				.constantFrom<string | string[]>(
					`sha256=${signature}`,
					`t=1,v=${signature}`,
					signature.slice(0, 63),
					`${signature}0`,
					'',
					'null',
					[signature, signature],
					['', signature],
				)
				.map(withSignature),
			fc
				.tuple(
					noise,
					fc.oneof(queryNoise, fc.constant(query)),
					fc.constantFrom(signature, '', by('x'.repeat(12))),
				)
				.map(([content, asked, given]): Sent => ({
					body: content,
					query: asked,
					headers: { [header]: given },
				})),
			encodedAnew(body).map((content) => ({ ...withSignature(signature), body: content })),
			noise.filter((content) => typeof content === 'string').map((content) => signed(String(content))),
			noContact.map((contact) => signed(json({ contact }))),
		),
	).filter((sent) => !isTrue(sent));
}

const json = (value: unknown) =>
	JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? `${one}` : one)) ?? '';

test(
	`Books: ${cases} deliveries are refused or have no effect`,
	async () => {
		const seen = watchDeliveries(zoho);
		const driver = triggerOf(zoho, 'books');
		await driver.activate();
		const record = {
			contact_name: 'Acme',
			contact_persons: [{ first_name: 'Ann', email: 'ann@acme.example' }],
		};
		desk(zoho, 'books', 'create', record);
		await settled(zoho, driver);
		const delivery = seen.at(-1) as Delivery;
		const webhooks = [
			...(zoho.simulator.world.tenantOf('books', 'eu')?.books?.hooks.webhooks.values() ?? []),
		];
		const secret = webhooks.find(({ url }) => url === delivery.url)?.secret ?? '';
		expect([driver.executions.length, secret.length]).toEqual([1, 40]);

		driver.executions = [];
		const sent = fc.sample(forgeries(delivery, secret), { numRuns: cases, seed });
		const answers = await expectNoEffect(zoho, driver, sent);
		figure(
			`${cases} fuzzed deliveries to the Zoho Books trigger: ${answers.get(401)} refused, none with an effect`,
		);

		expect((await post(delivery)).status).toBe(200);
		await driver.idle();
		expect(driver.executions).toHaveLength(1);
		await driver.close();
	},
	patience,
);
