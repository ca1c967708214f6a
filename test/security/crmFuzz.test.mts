/** Ten thousand notifications to the Zoho CRM trigger that are not Zoho's, or that hold nothing usable although key and token are right. */

import fc from 'fast-check';
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
	queryNoise,
	seed,
	underAnyHeaders,
	type Sent,
} from './fuzzing.mts';
import { desk, post, settled, triggerOf, watchDeliveries, type Delivery } from './triggers.mts';

let zoho: Zoho;

beforeAll(async () => (zoho = await startZoho()));
afterAll(async () => await zoho.stop());

/** A true notification, and what was changed of it. */
function forgeries({ url, body: bytes }: Delivery): fc.Arbitrary<Sent> {
	const body = String(bytes);
	const query = new URL(url).search;
	const notification = JSON.parse(body) as Record<string, unknown>;
	const token = String(notification.token);
	const withBody = (content: string | Buffer): Sent => ({ body: content, query, headers: {} });
	const withField = (name: string, value: unknown) =>
		withBody(
			JSON.stringify({ ...notification, [name]: value }, (_key, one: unknown) =>
				typeof one === 'bigint' ? `${one}` : one,
			),
		);
	const anythingBut = (...values: unknown[]) =>
		fc.anything({ maxDepth: 2 }).filter((value) => !values.includes(value));
	/** Ids of digits only would be a true notification about such a record. */
	const noIds = fc
		.anything({ maxDepth: 2 })
		.filter((value) => ![value].flat().some((one) => /^"?\d+"?$/.test(JSON.stringify(one) ?? '')));
	const isTrue = (sent: Sent) => String(sent.body) === body && sent.query === query;
	return underAnyHeaders(
		fc.oneof(
			damagedQuery(query).map((changed) => ({ ...withBody(body), query: changed })),
			damaged(token).map((changed) => withField('token', changed.toString('latin1'))),
			anythingBut(token).map((value) => withField('token', value)),
			anythingBut(notification.channel_id).map((value) => withField('channel_id', value)),
			anythingBut('Contacts').map((value) => withField('module', value)),
			noIds.map((value) => withField('ids', value)),
			anythingBut('insert', 'update', 'delete').map((value) => withField('operation', value)),
			fc
				.tuple(noise, fc.oneof(queryNoise, fc.constant(query)))
				.map(([content, asked]) => ({ ...withBody(content), query: asked })),
			encodedAnew(body).map(withBody),
		),
	).filter((sent) => !isTrue(sent));
}

test(
	`CRM: ${cases} notifications are refused or have no effect`,
	async () => {
		const seen = watchDeliveries(zoho);
		const driver = triggerOf(zoho, 'crm');
		await driver.activate();
		desk(zoho, 'crm', 'create', { Last_Name: 'Meyer' });
		await settled(zoho, driver);
		const delivery = seen.at(-1) as Delivery;
		expect(driver.executions).toHaveLength(1);
		expect(JSON.parse(String(delivery.body))).toMatchObject({
			token: expect.stringMatching(/^\w{40}$/) as string,
		});

		driver.executions = [];
		const sent = fc.sample(forgeries(delivery), { numRuns: cases, seed });
		const answers = await expectNoEffect(zoho, driver, sent);
		figure(
			`${cases} fuzzed notifications to the Zoho CRM trigger: ${answers.get(401)} refused, none with an effect`,
		);

		expect((await post(delivery)).status).toBe(200);
		await driver.idle();
		expect(driver.executions).toHaveLength(1);
		await driver.close();
	},
	patience,
);
