/** No token and no secret in what n8n logs, shows or keeps, nor in an address, for every node and trigger, whatever Zoho answers. */

import type { IDataObject } from 'n8n-workflow';

import { startZoho, type Zoho } from '../support/zoho.mts';
import { failures, tokenFailures } from './failures.mts';
import { figure } from './figures.mts';
import { SecretWatch } from './secretWatch.mts';
import { credentialOf } from './triggers.mts';
import { clientCredentials, delicateWays, storedFor, testCredential, types, ways } from './ways.mts';
import { accountsOrigins } from './wire.mts';

let zoho: Zoho;
let watch: SecretWatch;

beforeAll(async () => {
	zoho = await startZoho();
	watch = new SecretWatch(zoho);
});
afterAll(async () => {
	await zoho.stop();
	figure(
		`${watch.runs} runs of nodes, triggers, dropdowns and credential tests, working and failing: no secret in addresses, logs, errors or execution data`,
	);
});
beforeEach(() => watch.begin());
afterEach(() => jest.restoreAllMocks());

/** Its token is to be replaced before the first call. */
function expired(credential: IDataObject): IDataObject {
	return {
		...credential,
		oauthTokenData: { ...(credential.oauthTokenData as IDataObject), n8n_expires_at: 1 },
	};
}

describe.each([...ways, ...delicateWays])('$name', ({ product, run }) => {
	test.each(failures)('%s', async (what, answer) => {
		watch.wire.answer = answer;
		for (const onError of [undefined, 'continueRegularOutput'] as const) {
			const credential = credentialOf(zoho, product);
			const outcome = await run(zoho, credential, onError);
			if (what === 'nothing fails') expect(outcome.words).toBe('');
			watch.expectNoneIn(outcome, credential);
		}
	});

	test.each(tokenFailures)('at the refresh of its token: %s', async (what, answer) => {
		watch.wire.answer = answer;
		const credential = expired(credentialOf(zoho, product));
		const outcome = await run(zoho, credential);
		expect(watch.wire.requests.some(({ url }) => accountsOrigins.has(url.origin))).toBe(true);
		if (what === 'nothing fails') expect(outcome.words).toBe('');
		watch.expectNoneIn(outcome, credential);
	});
});

test.each([...failures, ...tokenFailures])('client credentials: %s', async (_what, answer) => {
	watch.wire.answer = answer;
	const credential = storedFor(zoho, 'zohoCrmClientCredentialsApi');
	watch.expectNoneIn(await clientCredentials.run(zoho, credential), credential);
});

/** n8n sends this request and shows its answer itself; getting a token is ours. */
describe.each(types)('the test of a credential, $name', (type) => {
	const quiet = failures.filter(([what]) => !what.includes('quotes'));
	const ours = type.name === 'zohoCrmClientCredentialsApi' ? tokenFailures : [];
	test.each([...quiet, ...ours])('%s', async (_what, answer) => {
		watch.wire.answer = answer;
		const credential = storedFor(zoho, type.name);
		watch.expectNoneIn(await testCredential(type, credential), credential);
	});
});
