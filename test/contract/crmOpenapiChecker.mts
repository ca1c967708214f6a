import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answer, Json } from './crmSupport.mts';

/** Zoho's files, where they lie beside the project. */
export const zohoFiles = resolve(__dirname, '..', '..', '..', 'shared', 'zoho');
export const openapiFolder = join(zohoFiles, 'openapi', 'crm');

/** Those of `zoho-crm-…-openapi.json` that are read; of an operation that several describe, the one with the longest path counts. */
const files = ['record', 'bulk-read', 'bulk-write', 'composite-requests', 'convert', 'coql', 'fields', 'layouts', 'module-search', 'modules', 'notes', 'notifications', 'org', 'related-lists', 'related-records', 'tags', 'tags-actions', 'users'];

/** Paths of these files go on from another root; those of all others from `/crm/v8`. */
const roots: Record<string, string> = { 'bulk-read': '/crm/bulk/v8', 'bulk-write': '/crm/bulk/v8' };

export interface KnownError {
	/** An operation's id. */
	operation: RegExp;
	/** Of the answer; 0 for the request. */
	status: number;
	/** `/data/0/details` */
	at: RegExp;
	why: string;
}

export interface Operation {
	file: string;
	id: string;
	method: string;
	pattern: RegExp;
	specific: number;
	path: string;
	responses: Json;
	request: Json | undefined;
	query: string[];
}

const noBody = new Set([204, 304]);
const read = (name: string) => JSON.parse(readFileSync(join(openapiFolder, name), 'utf8')) as Json;

function operationsOf(name: string): Operation[] {
	const file = `zoho-crm-${name}-openapi.json`;
	const spec = read(file);
	return Object.entries(spec['paths'] as Json).flatMap(([path, methods]) =>
		Object.entries(methods as Json).flatMap(([method, operation]) => {
			if (!operation.responses) return [];
			const parameters = [...((methods as Json)['parameters'] ?? []), ...(operation.parameters ?? [])] as Json[];
			return [
				{
					file,
					id: operation.operationId as string,
					method: method.toUpperCase(),
					path,
					specific: path.replaceAll(/\{[^}]+\}/g, '').length,
					pattern: new RegExp(`^${roots[name] ?? ''}${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
					responses: operation.responses as Json,
					request: operation.requestBody as Json | undefined,
					query: parameters.map((one) => resolved(spec, one)).filter((one) => one['in'] === 'query').map((one) => String(one['name'])),
				},
			];
		}),
	);
}

/** What a reference stands for. */
function resolved(spec: Json, part: Json): Json {
	if (typeof part['$ref'] !== 'string') return part;
	const steps = part['$ref'].slice(2).split('/');
	return steps.reduce((at, step) => at[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')] as Json, spec);
}

/** Holds exchanges with the simulated CRM against the published files, and remembers what it saw. */
export class CrmOpenapiChecker {
	readonly operations = files.flatMap(operationsOf);
	readonly checked = new Map<string, number>();
	readonly lenient = new Map<string, number>();
	readonly failures: string[] = [];
	/** Statuses that the files do not have. */
	readonly undocumented = new Set<string>();
	/** Query parameters that the files do not have. */
	readonly undocumentedQuery = new Set<string>();
	readonly usedErrors = new Set<KnownError>();
	readonly #knownErrors: readonly KnownError[];
	readonly #ajvs = new Map<string, Ajv2020>();

	constructor(knownErrors: readonly KnownError[]) {
		this.#knownErrors = knownErrors;
	}

	/** @param path from `/crm/v8` on, as `/Contacts`; of bulk jobs the whole path */
	seen(method: string, path: string, body: unknown, answer: Pick<Answer, 'status' | 'body'>, query: readonly string[] = []): void {
		const operation = this.operations
			.filter((candidate) => candidate.method === method && candidate.pattern.test(path))
			.sort((a, b) => b.specific - a.specific)[0];
		if (!operation) {
			this.failures.push(`${method} ${path.replace(/\d{6,}/g, '{}')}: no operation`);
			return;
		}
		for (const name of query) if (!operation.query.includes(name)) this.undocumentedQuery.add(`${operation.id}: ${name}`);
		const key = `${operation.id} ${answer.status}`;
		const index = `/paths/${escaped(operation.path)}/${method.toLowerCase()}`;
		if (answer.status < 202 && typeof body === 'object' && operation.request)
			this.#validate(
				operation,
				schemaAt(`${index}/requestBody`, operation.request),
				body,
				`${operation.id} request`,
				0,
			);
		if (!operation.responses[answer.status]) {
			this.undocumented.add(key);
			return;
		}
		this.checked.set(key, (this.checked.get(key) ?? 0) + 1);
		if (noBody.has(answer.status)) {
			if (Object.keys(answer.body).length > 0) this.failures.push(`${key}: has a body`);
		} else if (!isFile(operation.responses[answer.status]))
			this.#validate(
				operation,
				schemaAt(`${index}/responses/${answer.status}`, operation.responses[answer.status]),
				answer.body,
				key,
				answer.status,
			);
	}

	#validate(operation: Operation, pointer: string, data: unknown, key: string, status: number): void {
		const validate =
			this.#ajv(operation.file).getSchema(`${operation.file}#${pointer}`) ??
			this.#ajv(operation.file).compile({ $ref: `${operation.file}#${pointer}` });
		if (validate(data)) return;
		for (const error of validate.errors ?? []) {
			const rule = this.#knownErrors.find(
				(known) =>
					known.operation.test(operation.id) && known.status === status && known.at.test(error.instancePath),
			);
			if (rule) {
				this.usedErrors.add(rule);
				const name = `${operation.id} ${status}: ${rule.why}`;
				this.lenient.set(name, (this.lenient.get(name) ?? 0) + 1);
			} else
				this.failures.push(`${key} ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
		}
	}

	#ajv(file: string): Ajv2020 {
		const known = this.#ajvs.get(file);
		if (known) return known;
		const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
		addFormats.default ? addFormats.default(ajv) : (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
		for (const format of ['int32', 'int64', 'double', 'hex-color', 'string']) ajv.addFormat(format, true);
		ajv.addSchema({ ...read(file), $id: file });
		this.#ajvs.set(file, ajv);
		return ajv;
	}
}

/** Pointer to the JSON schema of a request or response, which may stand under `components`. */
function schemaAt(here: string, part: Json): string {
	const at = typeof part['$ref'] === 'string' ? part['$ref'].slice(1) : here;
	return `${at}/content/application~1json/schema`;
}

const isFile = (response: Json) => response['content'] !== undefined && !('application/json' in response['content']);

const escaped = (path: string) => encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'));
