/** Makes the records that a case needs, through Books' API and without the node. */

import type { Simulator } from '../../../sandbox/simulator/simulator.mts';
import type { SimRequest, SimResponse } from '../../../sandbox/simulator/types.mts';
import { booksScopes } from '../../../zoho/oauth';
import type { TestFile } from './case.mts';
import { location, type Row } from '../booksSupport.mts';

export interface Answered {
	status: number;
	body: Row;
}

/** "Invalid URL Passed": the simulated Books has no such route. */
export const isMissing = ({ status, body }: Answered): boolean => status === 404 && body.code === 5;

/** Stands for a record that the simulated Books cannot make yet. */
const nobody = '460000000099999';

export class Maker {
	/** Routes that the simulated Books lacks. */
	readonly missing: string[] = [];
	readonly #handle: (request: SimRequest) => Promise<SimResponse>;
	readonly organizationId: string;
	readonly #token: string;
	#count = 0;

	/** @param handle the simulator's own, which nobody listens to */
	constructor(simulator: Simulator, handle: Simulator['handle'], organizationId: string) {
		this.#handle = handle;
		this.organizationId = organizationId;
		this.#token = String(simulator.grant({ location, product: 'books', scopes: booksScopes }).oauthTokenData.access_token);
	}

	async call(method: string, path: string, body?: unknown): Promise<Answered> {
		return await this.#send(method, path, Buffer.from(body === undefined ? '' : JSON.stringify(body)), 'application/json');
	}

	async #send(method: string, path: string, body: Buffer, type: string): Promise<Answered> {
		const url = new URL(`https://www.zohoapis.eu/books/v3${path}`);
		url.searchParams.set('organization_id', this.organizationId);
		const headers = { authorization: `Zoho-oauthtoken ${this.#token}`, 'content-type': type };
		const answer = await this.#handle({ method, url, headers, body });
		if ('cut' in answer) throw new Error('cut');
		const answered = { status: answer.status, body: (answer.json ?? {}) as Row };
		if (isMissing(answered)) this.missing.push(`${method} ${path.replace(/\d{6,}/g, '{}')}`);
		else if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.json)}`);
		return answered;
	}

	/** Sends a file as a part of a form. */
	async upload(path: string, part: string, { name, type, content }: TestFile): Promise<Answered> {
		const head = `--made\r\nContent-Disposition: form-data; name="${part}"; filename="${name.replaceAll('"', '\\"')}"\r\nContent-Type: ${type}\r\n\r\n`;
		const body = Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--made--\r\n')]);
		return await this.#send('POST', path, body, 'multipart/form-data; boundary=made');
	}

	/** The id of a new record. */
	async make(path: string, recordKey: string, idField: string, body: Row): Promise<string> {
		const { body: answer } = await this.call('POST', path, body);
		const given = answer[recordKey];
		const record = ((Array.isArray(given) ? given[0] : given) ?? {}) as Row;
		return String(record[idField] ?? nobody);
	}

	/** The id of the first record in a list that is like this. */
	async first(path: string, listKey: string, idField: string, like: Row = {}): Promise<string> {
		const rows = ((await this.call('GET', path)).body[listKey] ?? []) as Row[];
		const found = rows.find((row) => Object.entries(like).every(([name, value]) => row[name] === value));
		return String(found?.[idField] ?? nobody);
	}

	name(what: string): string {
		return `${what} ${++this.#count}`;
	}

	contact(more: Row = {}): Promise<string> {
		return this.make('/contacts', 'contact', 'contact_id', { contact_name: this.name('Aurora'), ...more });
	}

	vendor(): Promise<string> {
		return this.contact({ contact_type: 'vendor' });
	}

	item(more: Row = {}): Promise<string> {
		return this.make('/items', 'item', 'item_id', { name: this.name('Lamp'), rate: 20, ...more });
	}

	account(account_type: string): Promise<string> {
		return this.make('/chartofaccounts', 'chart_of_account', 'account_id', { account_name: this.name('Account'), account_type });
	}

	bank(): Promise<string> {
		return this.make('/bankaccounts', 'bankaccount', 'account_id', { account_name: this.name('Bank'), account_type: 'bank' });
	}

	/** A document with one line. */
	async document(path: string, recordKey: string, party: 'customer_id' | 'vendor_id', more: Row = {}): Promise<{ id: string; party: string }> {
		const partyId = party === 'customer_id' ? await this.contact() : await this.vendor();
		const idField = `${recordKey}_id`;
		const body = { [party]: partyId, line_items: [{ name: 'Work', rate: 100, quantity: 1 }], ...more };
		return { id: await this.make(path, recordKey, idField, body), party: partyId };
	}
}
