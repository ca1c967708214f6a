/** What the tests of every operation saw the nodes put out, on its way to the command that writes the output schemas. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The JSON of the items that each operation put out, by `resource/operation`; null where its test did not come that far. */
export type Outputs = Record<string, object[] | null>;

/** Names the folder that the tests write to; without it they write nothing. */
export const outputsFolder = 'ZOHO_OUTPUTS';

const fileOf = (folder: string, node: string): string => path.join(folder, `${node}.json`);

/** Collects outputs while a test runs and writes them when it has ended. */
export class OutputLog {
	readonly #outputs: Outputs;
	readonly #node: string;

	/** @param node as its folder is called: `ZohoBooks` */
	constructor(node: string, operations: ReadonlyArray<readonly [resource: string, operation: string]>) {
		this.#node = node;
		this.#outputs = Object.fromEntries(operations.map((names) => [names.join('/'), null]));
	}

	note(resource: string, operation: string, rows: object[]): void {
		this.#outputs[`${resource}/${operation}`] = rows;
	}

	write(folder = process.env[outputsFolder]): void {
		if (!folder) return;
		mkdirSync(folder, { recursive: true });
		writeFileSync(fileOf(folder, this.#node), JSON.stringify(this.#outputs));
	}
}

/** @throws when the tests have not written any */
export function readOutputs(folder: string, node: string): Outputs {
	return JSON.parse(readFileSync(fileOf(folder, node), 'utf8')) as Outputs;
}
