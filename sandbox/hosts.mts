import type { Location } from './simulator/types.mts';

/**
 * The host names of Zoho's ten data centres that the sandbox answers for: accounts server and API server.
 * The sandbox has a list of its own, apart from the product's, so that a slip in one shows up against the other.
 * Sources: Zoho CRM "Multi-DC support" and the TypeScript SDK's data-centre files; Zoho Books API "Multiple Data Centers".
 */
export const zohoHosts: Record<Location, { accounts: string; api: string }> = {
	us: { accounts: 'accounts.zoho.com', api: 'www.zohoapis.com' },
	eu: { accounts: 'accounts.zoho.eu', api: 'www.zohoapis.eu' },
	in: { accounts: 'accounts.zoho.in', api: 'www.zohoapis.in' },
	au: { accounts: 'accounts.zoho.com.au', api: 'www.zohoapis.com.au' },
	jp: { accounts: 'accounts.zoho.jp', api: 'www.zohoapis.jp' },
	ca: { accounts: 'accounts.zohocloud.ca', api: 'www.zohoapis.ca' },
	cn: { accounts: 'accounts.zoho.com.cn', api: 'www.zohoapis.com.cn' },
	sa: { accounts: 'accounts.zoho.sa', api: 'www.zohoapis.sa' },
	uk: { accounts: 'accounts.zoho.uk', api: 'www.zohoapis.uk' },
	ae: { accounts: 'accounts.zoho.ae', api: 'www.zohoapis.ae' },
};

const names = new Set(Object.values(zohoHosts).flatMap(({ accounts, api }) => [accounts, api]));

export function isZohoHost(host: string): boolean {
	return names.has(host);
}

export function isLocation(code: string): code is Location {
	return Object.hasOwn(zohoHosts, code);
}
