import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { type Answer, type Json, zohoFiles } from './booksSupport.mts';

/** Zoho's OpenAPI files for Books, where they lie beside the project. */
const openapiFolder = join(zohoFiles, 'openapi', 'books');

/** Whether these of them do. */
export const filesArePresent = (files: readonly string[]): boolean =>
	files.every((file) => existsSync(join(openapiFolder, file)));

/** Where the published files contradict recorded answers or Zoho's own SDKs. */
export interface KnownError {
	/** `items.yml list_items` */
	operation: RegExp;
	/** `/items/0/tax_percentage`, or `status 201` */
	at: RegExp;
	why: string;
}

export interface Operation {
	file: string;
	id: string;
	method: string;
	path: string;
	pattern: RegExp;
	responses: Json;
	body?: string;
}

interface Spec {
	paths: Record<string, Record<string, Json>>;
}

const escaped = (path: string) =>
	path.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');

/** Holds answers of the simulated Books against Zoho's OpenAPI files, and remembers what it saw. */
export class OpenapiChecker {
	readonly #ajv = new Ajv({ strict: false, allErrors: true, logger: false });
	readonly operations: Operation[] = [];
	readonly checked = new Set<string>();
	readonly failures = new Set<string>();
	readonly lenient = new Set<string>();
	readonly undocumented = new Set<string>();
	readonly usedErrors = new Set<KnownError>();
	readonly #specs = new Map<string, Json>();
	readonly #knownErrors: readonly KnownError[];

	/**
	 * @param files names below `openapi/books`; of an operation that several describe, the first one's counts
	 * @param knownErrors where the files are wrong; what they excuse is in `lenient`
	 */
	constructor(files: readonly string[], knownErrors: readonly KnownError[] = []) {
		this.#knownErrors = knownErrors;
		addFormats(this.#ajv);
		for (const file of files) {
			const spec = parse(readFileSync(join(openapiFolder, file), 'utf8')) as Spec;
			this.#ajv.addSchema(spec, file);
			this.#specs.set(file, spec);
			for (const [path, methods] of Object.entries(spec.paths)) {
				for (const [method, operation] of Object.entries(methods)) {
					if (!operation['responses']) continue;
					this.operations.push({
						file,
						path,
						method: method.toUpperCase(),
						id: String(operation['operationId']),
						// The last part of the path alone may be a word; ids are digits.
						pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '\\d+')}$`),
						responses: operation['responses'] as Json,
						body: operation['requestBody']
							? this.#pointer(file, path, method, 'requestBody/content/application~1json/schema')
							: undefined,
					});
				}
			}
		}
	}

	#pointer(file: string, path: string, method: string, rest: string): string {
		return `${file}#/paths/${escaped(path)}/${method.toLowerCase()}/${rest}`;
	}

	/** Compares one exchange; what is refused, and what no file has, is passed over. */
	seen(method: string, path: string, body: unknown, answer: Answer): void {
		if (answer.status >= 300) return;
		const operation = this.operations.find((one) => one.method === method && one.pattern.test(path));
		if (!operation) return;
		const key = `${operation.file} ${operation.id}`;
		this.checked.add(key);
		const status = this.#statusOf(key, operation, String(answer.status));
		if (status === undefined) this.failures.add(`${key}: status ${answer.status} is not in the file`);
		else
			this.#validate(
				key,
				this.#pointer(
					operation.file,
					operation.path,
					method,
					`responses/${status}/content/application~1json/schema`,
				),
				answer.body,
			);
		if (typeof body === 'object' && body !== null) {
			if (operation.body) this.#keys(key, operation, body as Json);
			else this.undocumented.add(`${key}: takes no body`);
		}
	}

	/** The status whose answer the file describes; where the file is known to be wrong, that of its own. */
	#statusOf(key: string, { responses }: Operation, status: string): string | undefined {
		if (responses[status]) return status;
		return this.#excused(key, `status ${status}`) ? Object.keys(responses)[0] : undefined;
	}

	/** Whether a known error of the file excuses it. */
	#excused(key: string, at: string): boolean {
		const known = this.#knownErrors.find((one) => one.operation.test(key) && one.at.test(at));
		if (!known) return false;
		this.usedErrors.add(known);
		this.lenient.add(`${key}${at}: ${known.why}`);
		return true;
	}

	#validate(key: string, pointer: string, value: unknown): void {
		const validate = this.#ajv.getSchema(pointer);
		if (!validate) {
			this.failures.add(`${key}: no schema at ${pointer}`);
			return;
		}
		if (validate(value) === true) return;
		for (const { instancePath, message } of validate.errors ?? []) {
			if (!this.#excused(key, instancePath)) this.failures.add(`${key} ${instancePath}: ${message}`);
		}
	}

	/** Scopes that the operation asks for. */
	scopesOf(operation: Operation): string[] {
		const security = (this.#described(operation)['security'] ?? []) as Array<Record<string, string[]>>;
		return security.flatMap((one) => Object.values(one).flat());
	}

	/** Body fields of the operation; none where it takes a list. */
	bodyFieldsOf(operation: Operation): string[] {
		const schema = this.#described(operation).requestBody.content['application/json'].schema as Json;
		return [...propertiesOf(this.#specs.get(operation.file) as Json, schema)];
	}

	/** Query parameters of the operation. */
	queryOf(operation: Operation): string[] {
		const spec = this.#specs.get(operation.file) as Json;
		const given = (this.#described(operation)['parameters'] ?? []) as Json[];
		return given
			.map((one) =>
				typeof one['$ref'] === 'string'
					? (spec['components'].parameters[one['$ref'].split('/').pop() as string] as Json)
					: one,
			)
			.filter((one) => one['in'] === 'query')
			.map((one) => String(one['name']));
	}

	#described({ file, path, method }: Operation): Json {
		return (this.#specs.get(file) as Json)['paths'][path][method.toLowerCase()] as Json;
	}

	#keys(key: string, operation: Operation, body: Json): void {
		// A list of custom fields is no object with fields.
		if (Array.isArray(body)) return;
		const known = this.bodyFieldsOf(operation);
		for (const name of Object.keys(body)) if (!known.includes(name)) this.undocumented.add(`${key}: ${name}`);
	}
}

function propertiesOf(spec: Json, schema: Json): Set<string> {
	const target =
		typeof schema['$ref'] === 'string'
			? (spec['components'].schemas[schema['$ref'].split('/').pop() as string] as Json)
			: schema;
	return new Set(Object.keys((target['properties'] ?? {}) as Json));
}
