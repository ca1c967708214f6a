import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { resources } from '../../nodes/ZohoBooks/resources';
import { booksScopes } from '../../zoho/oauth';

const folder = path.resolve(import.meta.dirname, '../../nodes/ZohoBooks/resources');
const files = readdirSync(folder).filter((name) => name !== 'index.ts');

test('every file of the folder is a resource of the node, by name', () => {
	const values = resources.map(({ value }) => value);
	expect(files.map((name) => name.replace(/\.ts$/, '')).sort()).toEqual(values);
	expect([...values].sort()).toEqual(values);
});

test.each(files)('%s is short enough to be taken in at a glance', (name) => {
	expect(readFileSync(path.join(folder, name), 'utf8').split('\n').length).toBeLessThanOrEqual(150);
});

test.each(resources.map((one) => [one.value, one] as const))('%s tells what it is and needs no scope that the credential does not ask for', (value, { books, name, operations }) => {
	expect(books).toMatchObject({ name: value, label: name });
	expect(booksScopes.some((scope) => scope.startsWith(`ZohoBooks.${books.scope}.`))).toBe(true);
	const operationNames = operations.map((operation) => operation.name);
	expect([...operationNames].sort((one, other) => one.localeCompare(other))).toEqual(operationNames);
	expect(new Set(operations.map((operation) => operation.value)).size).toBe(operations.length);
});
