/**
 * Zoho's data centres: the one table of hosts. Sources: Zoho Accounts "Multi DC" and the CRM v8 and Books v3 introduction pages
 * (US to SA); the hosts of the United Kingdom and the United Arab Emirates are those that Zoho's accounts server lists.
 * `content`: `getFileUploadUrl` of the data centres in Zoho's own SDKs for CRM v8 (zohocrm-nodejs-sdk-8.0 and others, 3.0.0); the page "Upload File" shows that of the
 * United States. `downloads`: `download_url` in the samples of the same SDKs and in recorded answers. Canada and Saudi Arabia do not follow the pattern of the others.
 */

export type DataCentreCode = 'us' | 'eu' | 'in' | 'au' | 'jp' | 'ca' | 'cn' | 'sa' | 'uk' | 'ae';

export interface DataCentre {
	/** Zoho's `location`, as the accounts server sends it back after consent. */
	code: DataCentreCode;
	/** For people. */
	name: string;
	/** Origin of the accounts server (consent and tokens). */
	accounts: string;
	/** Origin of the API server; equals the token's `api_domain`. */
	api: string;
	/** Origin of the server that takes the files of bulk jobs; absent where Zoho names none. */
	content?: string;
	/** Origin of the server that hands out results of bulk write jobs; absent where Zoho names none. */
	downloads?: string;
}

export const dataCentres: readonly DataCentre[] = [
	{
		code: 'us',
		name: 'United States (zoho.com)',
		accounts: 'https://accounts.zoho.com',
		api: 'https://www.zohoapis.com',
		content: 'https://content.zohoapis.com',
		downloads: 'https://download-accl.zoho.com',
	},
	{
		code: 'eu',
		name: 'Europe (zoho.eu)',
		accounts: 'https://accounts.zoho.eu',
		api: 'https://www.zohoapis.eu',
		content: 'https://content.zohoapis.eu',
	},
	{
		code: 'in',
		name: 'India (zoho.in)',
		accounts: 'https://accounts.zoho.in',
		api: 'https://www.zohoapis.in',
		content: 'https://content.zohoapis.in',
		downloads: 'https://download-accl.zoho.in',
	},
	{
		code: 'au',
		name: 'Australia (zoho.com.au)',
		accounts: 'https://accounts.zoho.com.au',
		api: 'https://www.zohoapis.com.au',
		content: 'https://content.zohoapis.com.au',
	},
	{
		code: 'jp',
		name: 'Japan (zoho.jp)',
		accounts: 'https://accounts.zoho.jp',
		api: 'https://www.zohoapis.jp',
		content: 'https://content.zohoapis.jp',
	},
	{
		code: 'ca',
		name: 'Canada (zohocloud.ca)',
		accounts: 'https://accounts.zohocloud.ca',
		api: 'https://www.zohoapis.ca',
		content: 'https://upload.zohocloud.ca',
	},
	{
		code: 'cn',
		name: 'China (zoho.com.cn)',
		accounts: 'https://accounts.zoho.com.cn',
		api: 'https://www.zohoapis.com.cn',
		content: 'https://content.zohoapis.com.cn',
	},
	{
		code: 'sa',
		name: 'Saudi Arabia (zoho.sa)',
		accounts: 'https://accounts.zoho.sa',
		api: 'https://www.zohoapis.sa',
		content: 'https://files.zoho.sa',
	},
	{
		code: 'uk',
		name: 'United Kingdom (zoho.uk)',
		accounts: 'https://accounts.zoho.uk',
		api: 'https://www.zohoapis.uk',
	},
	{
		code: 'ae',
		name: 'United Arab Emirates (zoho.ae)',
		accounts: 'https://accounts.zoho.ae',
		api: 'https://www.zohoapis.ae',
	},
];

/**
 * The data centre whose API origin this is; undefined for every other text. A token is only ever sent to a host that this function knows,
 * so nothing but an exact `https` origin counts. One trailing slash is tolerated.
 */
export function dataCentreOfApiDomain(apiDomain: string): DataCentre | undefined {
	const origin = apiDomain.endsWith('/') ? apiDomain.slice(0, -1) : apiDomain;
	return dataCentres.find((dataCentre) => dataCentre.api === origin);
}

/** By Zoho's `location` code, in any case. */
export function dataCentreByCode(code: string): DataCentre | undefined {
	const wanted = code.toLowerCase();
	return dataCentres.find((dataCentre) => dataCentre.code === wanted);
}
