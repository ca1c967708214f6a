/** What the tests of every operation saw going over HTTP, on its way to the command that counts it. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Product = 'books' | 'crm';

/** A call that Zoho took. */
export interface Exchange {
	/** Of the node: `invoice`. */
	resource: string;
	/** Of the node: `markSent`. */
	operation: string;
	method: string;
	/** With the ids that were sent: `/books/v3/invoices/460000000026049/status/sent`. */
	path: string;
}

/** Names the folder that the tests write to; without it they write nothing. */
export const exchangesFolder = 'ZOHO_EXCHANGES';

const fileOf = (folder: string, product: Product): string => path.join(folder, `${product}.json`);

/** Collects calls while a test runs and writes them when it has ended. */
export class ExchangeLog {
	readonly #exchanges: Exchange[] = [];
	readonly #product: Product;

	constructor(product: Product) {
		this.#product = product;
	}

	/** Of an operation whose test has passed. Calls that were refused do not count. */
	note(resource: string, operation: string, calls: ReadonlyArray<{ method: string; path: string; status: number | 'cut' }>): void {
		for (const { method, path: address, status } of calls) {
			const isTaken = status !== 'cut' && status < 400 && address.startsWith(`/${this.#product}/`);
			if (isTaken) this.#exchanges.push({ resource, operation, method, path: address });
		}
	}

	write(folder = process.env[exchangesFolder]): void {
		if (!folder) return;
		mkdirSync(folder, { recursive: true });
		writeFileSync(fileOf(folder, this.#product), JSON.stringify(this.#exchanges));
	}
}

/** @throws when the tests have not written any */
export function readExchanges(folder: string, product: Product): Exchange[] {
	return JSON.parse(readFileSync(fileOf(folder, product), 'utf8')) as Exchange[];
}
