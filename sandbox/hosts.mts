import type { Location } from './simulator/types.mts';

/**
 * The host names of Zoho's ten data centres that the sandbox answers for: accounts server and API server, and where Zoho has made them known, the server that takes
 * files for bulk jobs (`content`) and the one that hands out what became of them (`downloads`).
 * The sandbox has a list of its own, apart from the product's, so that a slip in one shows up against the other.
 * Sources: Zoho CRM "Multi-DC support" and the TypeScript SDK's data-centre files (with the file upload URLs); samples "Download Bulk Write Result" of the SDKs; Zoho
 * Books API "Multiple Data Centers".
 */
export const zohoHosts: Record<Location, { accounts: string; api: string; content?: string; downloads?: string }> = {
	us: { accounts: 'accounts.zoho.com', api: 'www.zohoapis.com', content: 'content.zohoapis.com', downloads: 'download-accl.zoho.com' },
	eu: { accounts: 'accounts.zoho.eu', api: 'www.zohoapis.eu', content: 'content.zohoapis.eu' },
	in: { accounts: 'accounts.zoho.in', api: 'www.zohoapis.in', content: 'content.zohoapis.in', downloads: 'download-accl.zoho.in' },
	au: { accounts: 'accounts.zoho.com.au', api: 'www.zohoapis.com.au', content: 'content.zohoapis.com.au' },
	jp: { accounts: 'accounts.zoho.jp', api: 'www.zohoapis.jp', content: 'content.zohoapis.jp' },
	ca: { accounts: 'accounts.zohocloud.ca', api: 'www.zohoapis.ca', content: 'upload.zohocloud.ca' },
	cn: { accounts: 'accounts.zoho.com.cn', api: 'www.zohoapis.com.cn', content: 'content.zohoapis.com.cn' },
	sa: { accounts: 'accounts.zoho.sa', api: 'www.zohoapis.sa', content: 'files.zoho.sa' },
	uk: { accounts: 'accounts.zoho.uk', api: 'www.zohoapis.uk' },
	ae: { accounts: 'accounts.zoho.ae', api: 'www.zohoapis.ae' },
};

const names = new Set(Object.values(zohoHosts).flatMap((hosts) => Object.values(hosts)));

export function isZohoHost(host: string): boolean {
	return names.has(host);
}

export function isLocation(code: string): code is Location {
	return Object.hasOwn(zohoHosts, code);
}
