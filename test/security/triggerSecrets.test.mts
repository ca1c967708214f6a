/** The secrets of a trigger's whole life, those with which a delivery proves itself among them, with Zoho failing from some moment on. */

import { startZoho, type Zoho } from '../support/zoho.mts';
import { failures, writeFailures } from './failures.mts';
import { figure } from './figures.mts';
import { SecretWatch } from './secretWatch.mts';
import { credentialOf, desk, settled, triggerOf, type Product } from './triggers.mts';
import { wordsOf } from './ways.mts';

let zoho: Zoho;
let watch: SecretWatch;

beforeAll(async () => {
	zoho = await startZoho();
	watch = new SecretWatch(zoho);
});
afterAll(async () => {
	await zoho.stop();
	figure(
		`${watch.runs} lives of triggers, from publication to the end, working and failing: no secret in addresses, logs, errors, static or execution data`,
	);
});
beforeEach(() => watch.begin());
afterEach(() => jest.restoreAllMocks());

describe.each<[Product, string[]]>([
	['books', ['secret']],
	['crm', ['token', 'key']],
])('a %s trigger', (product, proofs) => {
	test.each([...failures, ...writeFailures])('%s', async (_what, answer) => {
		const credential = credentialOf(zoho, product);
		const driver = triggerOf(zoho, product, {}, credential);
		const thrown: unknown[] = [];
		const attempt = async (step: () => Promise<unknown>) =>
			await step().catch((error: unknown) => thrown.push(error, wordsOf(error)));
		let records = 0;
		const edit = async () => {
			const name = `Acme ${++records}`;
			desk(zoho, product, 'create', product === 'books' ? { contact_name: name } : { Last_Name: name });
			await settled(zoho, driver);
		};
		await attempt(() => driver.activate());
		const sent = watch.wire.requests.map(({ body }) => body.toString('utf8')).join('\n');
		for (const proof of proofs) expect(sent).toMatch(new RegExp(`"${proof}":"\\w{24}|[?&]${proof}=\\w{24}`));
		await edit();
		expect(driver.executions.length).toBeGreaterThan(0);

		watch.wire.answer = answer;
		// Each failed call is tried again once, so that the log tells of it.
		watch.beImpatient(150);
		jest.spyOn(Math, 'random').mockReturnValue(0);
		await edit();
		await attempt(() => driver.poll());
		await attempt(() => driver.runByHand());
		await attempt(() => driver.listenForTest());
		await attempt(() => driver.send('{}', { 'x-zoho-webhook-signature': 'forged' }, '?key=forged'));
		await attempt(() => driver.stopTest());
		await attempt(() => driver.deactivate());
		await driver.close();
		watch.expectNoneIn({ words: '', kept: [thrown, driver.kept] }, credential);
	});
});
