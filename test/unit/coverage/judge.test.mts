import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INodePropertyOptions } from 'n8n-workflow';

import { ZohoBooks } from '../../../nodes/ZohoBooks/ZohoBooks.node';
import { ZohoCrm } from '../../../nodes/ZohoCrm/ZohoCrm.node';
import { ExchangeLog, readExchanges } from '../../coverage/exchanges.mts';
import { operationOf, zohoOperations } from '../../coverage/files.mts';
import { judge, nameOf, type LeftOut } from '../../coverage/judge.mts';
import { leftOutOfBooks } from '../../coverage/leftOut/books.mts';
import { leftOutOfCrm } from '../../coverage/leftOut/crm.mts';
import { tableOf } from '../../coverage/table.mts';

const folder = mkdtempSync(path.join(tmpdir(), 'api-coverage-'));
const answer = '      responses: { "200": { description: ok } }';

function write(product: string, file: string, text: string): string {
	mkdirSync(path.join(folder, product), { recursive: true });
	writeFileSync(path.join(folder, product, file), text);
	return path.join(folder, product);
}

const operation = (method: string, id: string) => `    ${method}:\n      operationId: ${id}\n${answer}\n`;
write('books', 'people.yml', `paths:\n  /contacts/people/{person_id}:\n${operation('get', 'get_person')}`);
const books = write(
	'books',
	'sales.yml',
	`paths:\n  /invoices:\n    parameters: []\n${operation('get', 'list')}${operation('post', 'create')}  /invoices/{invoice_id}:\n${operation('get', 'get')}  /invoices/{invoice_id}/email:\n${operation('post', 'email')}  /contacts/people/{id}:\n${operation('get', 'get_person_again')}`,
);
const crm = write(
	'crm',
	'zoho-crm-record-openapi.json',
	JSON.stringify({
		servers: [{ url: 'https://zohoapis.{dc}/crm/{version}' }],
		paths: { '/{module}/{id}': { get: { operationId: 'getRecord', responses: {} } }, '/{module}/deleted': { get: { operationId: 'getDeleted', responses: {} } } },
	}),
);
const operations = zohoOperations(books, 'books');

test('operations are read once each, whatever their parameters are called', () => {
	expect(operations.map(nameOf)).toEqual([
		'people GET /contacts/people/{person_id}',
		'sales GET /invoices',
		'sales POST /invoices',
		'sales GET /invoices/{invoice_id}',
		'sales POST /invoices/{invoice_id}/email',
	]);
	expect(() => zohoOperations(path.join(folder, 'nowhere'), 'books')).toThrow(/are not in .*nowhere/);
});

test('an address belongs to the operation that says most of it', () => {
	const all = zohoOperations(crm, 'crm');
	expect(operationOf(all, 'GET', '/crm/v8/Deals/deleted')?.id).toBe('getDeleted');
	expect(operationOf(all, 'GET', '/crm/v8/Deals/4876')?.id).toBe('getRecord');
	expect(operationOf(all, 'GET', '/crm/v2/Deals/4876')).toBeUndefined();
	// An id of Books is digits.
	expect(operationOf(operations, 'GET', '/books/v3/invoices/editpage')).toBeUndefined();
	expect(operationOf(operations, 'GET', '/books/v3/invoices/46000')?.id).toBe('get');
});

describe('what is found out', () => {
	const of = (method: string, address: string) => ({ resource: 'invoice', operation: 'get', method, path: `/books/v3${address}` });
	const exchanges = [of('GET', '/invoices/46000'), of('GET', '/invoices/46001'), of('GET', '/settings/webhooks/46000')];
	const create: LeftOut = { operations: /^sales POST \/invoices$/, why: 'too dear' };
	const email: LeftOut = { operations: /email$/, why: 'by hand', instead: '`Invoice: Email`' };
	const old: LeftOut = { operations: /^sales GET \/invoices\/\{/, why: 'was left out before' };

	test('is what is reached, and what is not for a reason', () => {
		const reach = judge(operations, exchanges, [create, email, old], ['sales']);
		expect([...reach.reached].map(([{ id }, by]) => [id, by])).toEqual([['get', ['invoice get']]]);
		expect([...reach.leftOut].map(([{ id }, { why }]) => [id, why])).toEqual([
			['create', 'too dear'],
			['email', 'by hand'],
		]);
		expect(reach.unexplained.map(({ id }) => id)).toEqual(['get_person', 'list']);
		expect(reach.idle).toEqual([old]);
		expect(reach.elsewhere).toEqual(['GET /books/v3/settings/webhooks/{}']);
		expect(tableOf(operations, reach)).toEqual([
			'people    0 of   1',
			'sales     1 of   4  invoice',
			'        too dear: 1 (create)',
			'        by hand → Invoice: Email: 1 (email)',
		]);
	});

	test('of a named resource every operation is missing that has no other way', () => {
		const { missingNamed } = judge(operations, exchanges, [create, email], ['sales']);
		expect(missingNamed.map(({ id }) => id)).toEqual(['list', 'create']);
		expect(judge(operations, [], [], []).missingNamed).toEqual([]);
	});
});

test('tests hand on the calls that were taken, of their product alone', () => {
	const log = new ExchangeLog('books');
	log.note('invoice', 'get', [
		{ method: 'POST', path: '/oauth/v2/token', status: 200 },
		{ method: 'GET', path: '/books/v3/invoices/1', status: 200 },
		{ method: 'GET', path: '/books/v3/invoices/2', status: 404 },
		{ method: 'GET', path: '/books/v3/invoices/3', status: 'cut' },
	]);
	const target = path.join(folder, 'seen');
	log.write(target);
	expect(readExchanges(target, 'books')).toEqual([{ resource: 'invoice', operation: 'get', method: 'GET', path: '/books/v3/invoices/1' }]);
	expect(() => readExchanges(target, 'crm')).toThrow();
});

describe('the reasons', () => {
	/** `Invoice: Email`, as people see it. */
	const names = new Set(
		[new ZohoBooks(), new ZohoCrm()].flatMap(({ description: { properties } }) => {
			const labels = new Map((properties.find(({ name }) => name === 'resource')?.options as INodePropertyOptions[]).map(({ name, value }) => [value, name]));
			return properties
				.filter(({ name }) => name === 'operation')
				.flatMap(({ displayOptions, options = [] }) =>
					(displayOptions?.show?.resource ?? []).flatMap((resource) => (options as INodePropertyOptions[]).map(({ name }) => `${labels.get(resource as string) ?? ''}: ${name}`)),
				);
		}),
	);

	test.each([...leftOutOfBooks, ...leftOutOfCrm].map((one) => [String(one.operations), one] as const))('%s names operations that there are', (_, { why, instead = '' }) => {
		expect(why).not.toBe('');
		const told = [...instead.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
		expect(told.filter((name) => !names.has(name ?? ''))).toEqual([]);
	});
});
