/** The scope that the node names where Zoho refuses a call is the one that Zoho's OpenAPI files tell, for every call of every operation. */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { SimRequest, SimResponse } from '../../sandbox/simulator/types.mts';
import { booksScopes } from '../../zoho/oauth';
import { zohoFiles } from '../contract/booksSupport.mts';
import { describeWhere } from '../support/where.mts';
import type { Case } from './booksCases/case.mts';
import { cases } from './booksCases/index.mts';
import { Maker } from './booksCases/maker.mts';
import { withoutFile } from './booksCases/openapi.mts';
import { BooksBench, wordsOf } from './booksSupport.mts';

const list = path.join(zohoFiles, 'books-operations.txt');

interface Listed {
	method: string;
	pattern: RegExp;
	scope: string;
}

/** `  GET /bills/{bill_id} get_bill | ZohoBooks.bills.READ 200` */
function listed(): Listed[] {
	const lines = [...readFileSync(list, 'utf8').matchAll(/^\s+([A-Z]+) (\/\S+) \S+ \| (ZohoBooks\.\S+)/gm)];
	return lines.map(([, method = '', address = '', scope = '']) => ({ method, pattern: new RegExp(`^${address.replaceAll(/\{[^}]+\}/g, '\\d+')}$`), scope }));
}

const entities = ['contact', 'item', 'invoice', 'estimate', 'customerpayment', 'salesorder', 'creditnote', 'purchaseorder', 'bill', 'vendorcredit', 'vendorpayment', 'expense', 'journal', 'project', 'account'] as const;
const customFields = entities.flatMap((entity) => [
	{ entity, apiName: 'cf_note', label: 'Note' },
	{ entity, apiName: 'cf_key', label: 'Key', unique: true },
]);
const refused = { status: 401, json: { code: 57, message: 'You are not authorized to perform this operation' } };

describeWhere(existsSync(list), "the list of Zoho's operations is not beside the project")('the scope that an error names', () => {
	const known = existsSync(list) ? listed() : [];
	let books: BooksBench;
	let handle: typeof books.simulator.handle;
	/** How many calls of the node are let through before one is refused, and what was refused. */
	let left = 0;
	let call: { method: string; path: string } | undefined;

	async function answer(request: SimRequest): Promise<SimResponse> {
		if (!request.url.pathname.startsWith('/books/v3')) return await handle(request);
		left -= 1;
		if (left >= 0) return await handle(request);
		call ??= { method: request.method, path: request.url.pathname.replace('/books/v3', '') };
		return refused;
	}

	beforeAll(async () => {
		books = await BooksBench.start();
		handle = books.simulator.handle.bind(books.simulator);
		jest.spyOn(books.simulator, 'handle').mockImplementation(answer);
	});
	afterAll(async () => await books?.zoho.stop());

	/** The words of the node where its nth call is refused, and how many it would send. */
	async function refusedAt(nth: number, resource: string, operation: string, one: Case): Promise<{ words: string; calls: number }> {
		books.reset({}, [{ customFields, exchangeRates: { USD: 1.1 } }]);
		books.grant(undefined, booksScopes);
		const make = new Maker(books.simulator, handle, books.org.organizationId);
		const ids = (await one.given?.(make)) ?? {};
		left = nth;
		call = undefined;
		const { brings } = one;
		const file = brings && { data: { data: brings.content.toString('base64'), fileName: brings.name, mimeType: brings.type } };
		const run = await books.runHere({ resource, operation, ...one.parameters(ids) }, one.items?.(ids), undefined, file);
		return { words: wordsOf(run), calls: one.sends(ids).length };
	}

	const all = Object.entries(cases).flatMap(([resource, own]) => Object.entries(own).map(([operation, one]) => [resource, operation, one] as const));

	test.each(all)('%s %s', async (resource, operation, one) => {
		let calls = 1;
		for (let nth = 0; nth < calls; nth++) {
			const refusedHere = await refusedAt(nth, resource, operation, one);
			const [, named] = /needs the scope (ZohoBooks\.\w+\.\w+)/.exec(refusedHere.words) ?? [];
			const { method = '', path: address = '' } = call ?? {};
			const file = known.find((each) => each.method === method && each.pattern.test(address));
			const expected = file?.scope ?? (withoutFile.test(address) ? 'ZohoBooks.settings.' : 'an operation of the files');
			expect(`${nth}. ${method} ${address}: ${named ?? 'none'}`).toContain(`${nth}. ${method} ${address}: ${expected}`);
			({ calls } = refusedHere);
		}
		expect(calls).toBeGreaterThan(0);
	});
});
