/** Every operation of every resource, through n8n's routing and over HTTP against the simulated Books, and held against Zoho's OpenAPI files. */

import Ajv from 'ajv';
import type { IBinaryData, INodePropertyOptions } from 'n8n-workflow';

import { ZohoBooks } from '../../nodes/ZohoBooks/ZohoBooks.node';
import { partRoutes } from '../../sandbox/simulator/books/partRoutes.mts';
import { formParts } from '../../sandbox/simulator/multipart.mts';
import type { SimRequest, SimResponse } from '../../sandbox/simulator/types.mts';
import { booksScopes } from '../../zoho/oauth';
import { ExchangeLog } from '../coverage/exchanges.mts';
import { OutputLog } from '../support/outputLog.mts';
import { readSchema, schemasOf } from '../support/outputSchema.mts';
import { testWhere } from '../support/where.mts';
import { line, type TestFile } from './booksCases/case.mts';
import { cases } from './booksCases/index.mts';
import { isMissing, Maker, type Answered } from './booksCases/maker.mts';
import { checker, createdByUpsert, knownErrors, present, undocumented, withoutFile } from './booksCases/openapi.mts';
import { BooksBench, wordsOf, type Row } from './booksSupport.mts';

/** Every operation that people can choose. */
const operations = new ZohoBooks().description.properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ displayOptions, options = [] }) => {
		const [resource] = (displayOptions?.show?.resource ?? []) as string[];
		return (options as INodePropertyOptions[]).map(({ value }) => [String(resource), String(value)] as const);
	});

interface Exchange {
	line: string;
	path: string;
	method: string;
	headers: Record<string, string>;
	body: unknown;
	answered: Answered;
	/** The answer is a file, whose form no file tells. */
	isFile: boolean;
}

const absent = "Zoho's OpenAPI files for Books are not beside the project";
const files = present ? checker() : undefined;
const unknownPaths = new Set<string>();
const notSimulatedYet = new Set<string>();
const run = new Set<string>();
/** `GET /invoices/{}` of every call. */
const called = new Set<string>();
/** For `npm run coverage:api`. */
const log = new ExchangeLog('books');
/** For `npm run schemas`. */
const outputs = new OutputLog('ZohoBooks', operations);

let books: BooksBench;
let handle: typeof books.simulator.handle;
/** What the node sent in this case. */
let exchanges: Exchange[] = [];

beforeAll(async () => {
	books = await BooksBench.start();
	handle = books.simulator.handle.bind(books.simulator);
	jest.spyOn(books.simulator, 'handle').mockImplementation(listen);
});
afterAll(async () => {
	if (notSimulatedYet.size > 0) console.log(`Not simulated yet (${notSimulatedYet.size}):\n  ${[...notSimulatedYet].join('\n  ')}`);
	log.write();
	outputs.write();
	await books?.zoho.stop();
});

async function listen(request: SimRequest): Promise<SimResponse> {
	const answer = await handle(request);
	const { url, method, headers } = request;
	if (!url.pathname.startsWith('/books/v3') || 'cut' in answer) return answer;
	const path = url.pathname.replace('/books/v3', '');
	const { organization_id: _, ...query } = Object.fromEntries(url.searchParams);
	const answered = { status: answer.status, body: (answer.json ?? {}) as Row };
	called.add(`${method} ${path.replace(/\d{6,}/g, '{}')}`);
	exchanges.push({ line: line(method, path, query), path, method, headers, body: bodyOf(request), answered, isFile: answer.bytes !== undefined });
	return answer;
}

/** Of a form: what its parts hold, files by their names. */
function bodyOf({ headers, body }: SimRequest): unknown {
	const parts = formParts(headers['content-type'], body);
	if (parts) return Object.fromEntries(parts.map(({ name, fileName, content }) => [name, fileName ?? content.toString()]));
	return body.length === 0 ? undefined : (JSON.parse(body.toString()) as unknown);
}

const entities = ['contact', 'item', 'invoice', 'estimate', 'customerpayment', 'salesorder', 'creditnote', 'purchaseorder', 'bill', 'vendor_credit', 'vendorcredit', 'vendorpayment', 'expense', 'journal', 'project', 'bankaccount', 'chartofaccount', 'account'];
const customFields = entities.flatMap((entity) => [
	{ entity, apiName: 'cf_note', label: 'Note' },
	{ entity, apiName: 'cf_key', label: 'Key', unique: true },
]) as never;

beforeEach(() => {
	books.reset({}, [{ customFields, exchangeRates: { USD: 1.1 } }]);
	// What the credential asks for has to do.
	books.grant(undefined, booksScopes);
});

const asBinary = ({ name, type, content }: TestFile): IBinaryData => ({ data: content.toString('base64'), fileName: name, mimeType: type });
const asFile = (data?: IBinaryData): TestFile | undefined => data && { name: data.fileName ?? '', type: data.mimeType, content: Buffer.from(data.data, 'base64') };

function holdAgainstFiles({ method, path, headers, body, answered, isFile }: Exchange): void {
	if (!files || withoutFile.test(path)) return;
	if (!files.operations.some((one) => one.method === method && one.pattern.test(path))) unknownPaths.add(`${method} ${path.replace(/\d{6,}/g, '{}')}`);
	if (isFile) return;
	// A bare list has no fields of its own; files of forms are told as parameters of the query.
	const hasFields = !Array.isArray(body) && headers['content-type']?.includes('json');
	files.seen(method, path, hasFields ? body : undefined, { ...answered, headers: {}, entry: {} as never });
}

/** The editor offers what the schema names, so nothing may stand in it that does not come. `npm run schemas` writes them. */
function holdAgainstSchema(resource: string, operation: string, rows: Row[]): void {
	const schema = readSchema('ZohoBooks', resource, operation) ?? {};
	const validate = new Ajv({ strict: false }).compile(schema);
	const named = Object.keys(schema.properties ?? {});
	// One that names nothing would be as good as none.
	expect(named.length).toBeGreaterThan(0);
	expect(rows.length).toBeGreaterThan(0);
	for (const row of rows) {
		expect([validate(row), validate.errors]).toEqual([true, null]);
		expect(Object.keys(row)).toEqual(expect.arrayContaining(named));
	}
}

test('every schema is of an operation', () => expect(schemasOf('ZohoBooks')).toEqual(operations.map((one) => one.join('/')).sort()));

test('every operation of the description has a case, and every case is of one', () => {
	const told = Object.entries(cases).flatMap(([resource, own]) => Object.keys(own).map((operation) => `${resource} ${operation}`));
	expect(told.sort()).toEqual(operations.map((one) => one.join(' ')).sort());
});

test.each(operations.filter(([resource, operation]) => cases[resource]?.[operation]))('%s %s', async (resource, operation) => {
	const one = cases[resource]?.[operation];
	if (!one) throw new Error('no case');
	const make = new Maker(books.simulator, handle, books.org.organizationId);
	const ids = (await one.given?.(make)) ?? {};
	exchanges = [];
	const done = await books.runHere({ resource, operation, ...one.parameters(ids) }, one.items?.(ids), undefined, one.brings && { data: asBinary(one.brings) });
	const sent = exchanges;
	sent.forEach(holdAgainstFiles);
	run.add(`${resource} ${operation}`);

	const expected = one.sends(ids).map(([words, body]) => ({ line: words, body }));
	const isSimulated = make.missing.length === 0 && !sent.some(({ answered }) => isMissing(answered));
	const lacking = [...make.missing, ...sent.filter(({ answered }) => isMissing(answered)).map(({ method, path }) => `${method} ${path.replace(/\d{6,}/g, '{}')}`)];
	if (!isSimulated) notSimulatedYet.add(`${resource} ${operation}: ${[...new Set(lacking)].join(', ')}`);
	// Without its route a call is refused, and no other follows it.
	const compared = isSimulated ? expected : expected.slice(0, sent.length);
	expect([done.error && isSimulated ? wordsOf(done) : '', sent.map(({ line: words, body }) => ({ line: words, body }))]).toEqual(['', compared]);
	expect(sent.length).toBeGreaterThan(0);
	expect(sent[0]?.headers).toMatchObject(one.headers?.(ids) ?? {});
	if (!isSimulated) return;
	expect(done.rows).toMatchObject(one.puts(ids));
	if (one.putsFile) expect(done.items.map(({ binary }) => asFile(binary?.data))).toEqual([one.putsFile]);
	expect(done.items.map(({ pairedItem }) => pairedItem)).toEqual(done.items.map(() => ({ item: 0 })));
	const slips = done.calls.flatMap(({ ignored = [], ignoredFields = [] }) => [...ignored, ...ignoredFields]).filter((name) => name !== 'page' && name !== 'per_page');
	expect(slips).toEqual([]);
	log.note(resource, operation, done.calls);
	outputs.note(resource, operation, done.rows);
	holdAgainstSchema(resource, operation, done.rows);
});

const inFiles = testWhere(files !== undefined, absent);

inFiles('every address is one of the files', () => expect([...unknownPaths]).toEqual([]));
inFiles('every answer has the documented form', () => expect([...(files?.failures ?? [])].filter((one) => !createdByUpsert.test(one))).toEqual([]));
inFiles('every body field is documented for its operation, or known from elsewhere', () => expect([...(files?.undocumented ?? [])].sort()).toEqual([...undocumented].sort()));
inFiles('every known error of the files is still one', () => {
	if (run.size < operations.length || notSimulatedYet.size > 0) return;
	expect(knownErrors.filter((known) => !files?.usedErrors.has(known)).map(({ why }) => why)).toEqual([]);
});

inFiles('every route that was simulated for the node alone is one of the files, with its scope and fields, and the node calls it', () => {
	const shape = (path: string) => path.replaceAll(/\{[^}]+\}/g, '{}');
	const wrong = partRoutes.flatMap(({ method, path, scope, fields }) => {
		const found = files?.operations.find((one) => one.method === method && shape(one.path) === path);
		if (!files || !found) return [`${method} ${path}: is in no file`];
		const lacking = found.body && fields ? files.bodyFieldsOf(found).filter((name) => !fields.includes(name)) : [];
		return [
			...(files.scopesOf(found).includes(`ZohoBooks.${scope}`) ? [] : [`${method} ${path}: the scope is not ${scope}`]),
			...lacking.map((name) => `${method} ${path}: ${name} is not taken`),
			...(called.has(`${method} ${path}`) ? [] : [`${method} ${path}: is not called`]),
		];
	});
	expect(wrong).toEqual([]);
});

test('every route is simulated', () => expect([...notSimulatedYet]).toEqual([]));
