/** Every operation of every resource, through n8n's engine and over HTTP against the simulated CRM, and held against Zoho's OpenAPI files. */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';

import { resources } from '../../nodes/ZohoCrm/resources';
import type { SimRequest, SimResponse } from '../../sandbox/simulator/types.mts';
import { crmScopes } from '../../zoho/oauth';
import { CrmOpenapiChecker, openapiFolder } from '../contract/crmOpenapiChecker.mts';
import { ExchangeLog } from '../coverage/exchanges.mts';
import { testWhere } from '../support/where.mts';
import { exchangeOf, type Exchange } from './crmCases/exchanges.mts';
import { cases } from './crmCases/index.mts';
import { knownErrors, undocumentedQuery, undocumentedStatus, withoutFile } from './crmCases/openapi.mts';
import { CrmBench, wordsOf } from './crmSupport.mts';

/** Every operation that people can choose. */
const operations = resources.flatMap(({ value, operations: all }) => all.map((operation) => [value, operation.value] as const));

const files = existsSync(openapiFolder) ? new CrmOpenapiChecker(knownErrors) : undefined;
/** For `npm run coverage:api`. */
const log = new ExchangeLog('crm');
let crm: CrmBench;
/** What the node sent in this case. */
let exchanges: Exchange[] = [];

beforeAll(async () => {
	crm = await CrmBench.start();
	const handle = crm.simulator.handle.bind(crm.simulator);
	jest.spyOn(crm.simulator, 'handle').mockImplementation(async (request: SimRequest): Promise<SimResponse> => {
		const response = await handle(request);
		exchanges.push(await exchangeOf(request, response));
		return response;
	});
});
afterAll(async () => {
	log.write();
	await crm?.zoho.stop();
});
beforeEach(() =>
	crm.reset({
		edition: 'enterprise',
		taxes: [{ name: 'VAT 7', value: 7 }],
		currencies: [
			{ iso_code: 'EUR', exchange_rate: 1 },
			{ iso_code: 'USD', exchange_rate: 1.1 },
		],
	}),
);

/** The file that n8n's server hands to the editor for the output of an operation that was not run yet. */
function schemaOf(resource: string, operation: string): { properties: object } {
	const { resolveOutputSchemaPath } = require('n8n-core') as typeof import('n8n-core');
	const nodeDir = path.resolve(import.meta.dirname, '../../nodes/ZohoCrm');
	const file = resolveOutputSchemaPath({ nodeDir, version: '1', resource, operation } as never);
	return JSON.parse(readFileSync(String(file), 'utf8')) as { properties: object };
}

test('every operation of the description has a case, and every case is of one', () => {
	const told = Object.entries(cases).flatMap(([resource, own]) => Object.keys(own).map((operation) => `${resource} ${operation}`));
	expect(told.sort()).toEqual(operations.map((one) => one.join(' ')).sort());
});

test.each(operations.filter(([resource, operation]) => cases[resource]?.[operation]))('%s %s', async (resource, operation) => {
	const one = cases[resource]?.[operation];
	if (!one) throw new Error('no case');
	// An hour ago: beyond the lag of the search index, and the second in which a record was made.
	const { clock } = crm.simulator.world;
	clock.skew = -3_600_000;
	const ids = (await one.given?.(crm)) ?? {};
	clock.skew = 0;
	// What the credential asks for has to do.
	crm.grant([...crmScopes]);
	exchanges = [];
	const run = await crm.run({ resource, operation, ...one.parameters(ids) }, one.items?.(ids), undefined, one.files?.());
	const sent = exchanges;
	for (const { method, path: at, body, status, answer, query } of sent)
		if (!withoutFile.test(at)) files?.seen(method, at, body, { status, body: answer }, query);

	const expected = one.sends(ids).map(([words, body]) => ({ line: words, body }));
	expect([wordsOf(run).trim(), sent.map(({ line, body }) => ({ line, body }))]).toEqual(['', expected]);
	expect(sent.length).toBeGreaterThan(0);
	expect(sent.at(-1)?.headers).toMatchObject(one.headers?.(ids) ?? {});
	expect(run.rows).toMatchObject(one.puts(ids));
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(run.items.map(() => ({ item: expect.any(Number) as number })));
	// Nothing that it sends is passed over by Zoho in silence.
	expect(run.calls.filter(({ ignored, ignoredFields }) => ignored ?? ignoredFields)).toEqual([]);
	const schema = schemaOf(resource, operation);
	const validate = new Ajv({ strict: false }).compile(schema);
	for (const row of run.rows) expect([validate(row), validate.errors]).toEqual([true, null]);
	// The editor offers what the schema names, so nothing may stand in it that does not come.
	expect(Object.keys(run.rows[0] ?? {})).toEqual(expect.arrayContaining(Object.keys(schema.properties)));
	log.note(resource, operation, run.calls);
});

const inFiles = testWhere(files !== undefined, "Zoho's OpenAPI files for CRM are not beside the project");

inFiles('every address, body and answer has the documented form', () => expect([...new Set(files?.failures)]).toEqual([]));
inFiles('every status is documented, or known from elsewhere', () => expect([...(files?.undocumented ?? [])].sort()).toEqual([...undocumentedStatus].sort()));
inFiles('every query parameter is documented, or known from elsewhere', () =>
	expect([...(files?.undocumentedQuery ?? [])].sort()).toEqual([...undocumentedQuery].sort()));
