import { ZohoError } from '../../../zoho/errors';
import {
	TokenQuota,
	apiDomainOf,
	explainTokenAnswer,
	explainTokenFailure,
	tokenIsDue,
} from '../../../zoho/token';

const good = { access_token: '1000.new', refresh_token: '1000.r', api_domain: 'https://www.zohoapis.eu' };

describe('when a token is due', () => {
	test('from 55 of 60 minutes on; never when the expiry is unknown', () => {
		const now = 1_000_000_000;
		expect(tokenIsDue(now + 5 * 60_000 + 1, now)).toBe(false);
		expect(tokenIsDue(now + 5 * 60_000, now)).toBe(true);
		expect(tokenIsDue(now - 1, now)).toBe(true);
		expect(tokenIsDue(undefined, now)).toBe(false);
	});
});

describe('the quota', () => {
	test('allows 9 per credential, which leaves one of Zoho\'s 10 for connecting, then tells when the next is free', () => {
		const quota = new TokenQuota();
		for (let n = 0; n < 9; n++) expect(quota.take('a', n * 1000)).toBeUndefined();
		const free = quota.take('a', 10_000) as number;
		expect(free).toBeGreaterThanOrEqual(600_000);
		expect(quota.take('b', 10_000)).toBeUndefined();
		expect(quota.take('a', free - 1)).toBe(free);
		expect(quota.take('a', free)).toBeUndefined();
	});
});

describe('token answers that look like a success', () => {
	test('a new token is fine, even with the error of an earlier attempt still beside it', () => {
		expect(explainTokenAnswer(good, 'eu')).toBeUndefined();
		expect(explainTokenAnswer({ ...good, error: 'invalid_code' }, 'eu', '1000.old')).toBeUndefined();
	});

	test('an unchanged token with invalid_code is a revoked connection', () => {
		const fault = explainTokenAnswer({ ...good, error: 'invalid_code' }, 'eu', '1000.new');
		expect(fault).toMatchObject({ intent: 'reauthorise', code: 'invalid_code' });
		expect(fault?.remedy).toMatch(/revoked.*Reconnect/);
	});

	test('an unchanged token without a word is told too', () => {
		expect(explainTokenAnswer(good, 'eu', '1000.new')?.code).toBe('token-unchanged');
	});

	test('no token and another location: names both data centres', () => {
		const data = {
			error: 'invalid_code',
			callbackQueryString: { location: 'in', 'accounts-server': 'https://accounts.zoho.in' },
		};
		const fault = explainTokenAnswer(data, 'eu');
		expect(fault?.code).toBe('wrong-data-centre');
		expect(fault?.message).toMatch(/India.*Europe/);
	});

	test('no token and the right location: the error itself is explained', () => {
		const data = { error: 'invalid_client_secret', callbackQueryString: { location: 'eu' } };
		expect(explainTokenAnswer(data, 'eu')).toMatchObject({ code: 'invalid_client_secret' });
	});

	test.each([
		['invalid_client', /Multi-DC/],
		['missing_org_info', /zgid/],
		['invalid_redirect_uri', /Redirect URL/],
		['something_new', /Reconnect/],
	])('%s tells what to do', (error, remedy) => {
		expect(explainTokenAnswer({ error }, 'us')?.remedy).toMatch(remedy);
	});

	test('a missing refresh token is named', () => {
		expect(explainTokenAnswer({ access_token: 'x' }, 'us', 'x')?.code).toBe('no-refresh-token');
	});

	test.each([undefined, null, '', 'text', []])('%j is no token', (data) => {
		expect(explainTokenAnswer(data, 'us')?.code).toBe('no-access-token');
	});

	test('the throttle says to wait, and is not a reason to reconnect', () => {
		expect(explainTokenAnswer({ error: 'Access Denied' }, 'us')).toMatchObject({
			intent: 'retry',
			retryAfter: 600_000,
		});
		expect(explainTokenFailure(new Error('400 - {"error":"Access Denied"}'))).toMatchObject({
			intent: 'retry',
		});
	});

	test('a failed request keeps its reason, without tokens', () => {
		const fault = explainTokenFailure(new Error('failed for refresh_token=1000.abcdef123456'));
		expect(fault.message).not.toContain('abcdef');
		expect(explainTokenFailure(new Error('{"error":"invalid_client"}')).code).toBe('invalid_client');
	});
});

describe('the API host of a token', () => {
	test("is the token's, or that of the chosen data centre", () => {
		expect(apiDomainOf(good, 'us')).toBe('https://www.zohoapis.eu');
		expect(apiDomainOf({}, 'ca')).toBe('https://www.zohoapis.ca');
	});

	test('an unknown host is refused', () => {
		expect(() => apiDomainOf({ api_domain: 'https://www.zohoapis.evil.example' }, 'eu')).toThrow(ZohoError);
		expect(() => apiDomainOf({}, 'mars')).toThrow(ZohoError);
	});
});
