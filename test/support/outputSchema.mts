/** Output schemas of the nodes: what n8n's editor offers of an operation that was not run yet. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface OutputSchema {
	type?: string | string[];
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
	/** Of the file, for n8n. */
	version?: number;
}

const root = path.resolve(import.meta.dirname, '../..');

/** Where n8n looks for schemas of the first version of a node. */
export const schemaFolder = (node: string): string => path.join(root, 'nodes', node, '__schema__', 'v1.0.0');

/** Fields that an organization has made for itself are nobody else's. */
const isOwn = (name: string): boolean => name.startsWith('cf_');

function typeOf(value: unknown): string {
	if (Array.isArray(value)) return 'array';
	return value === null ? 'null' : typeof value;
}

/** Describes all of the values together. An empty list says nothing about its items. */
function schemaOfValues(values: readonly unknown[]): OutputSchema {
	const types = [...new Set(values.map(typeOf))].sort();
	const objects = values.filter((value): value is object => typeOf(value) === 'object');
	const items = values.filter(Array.isArray).flat() as unknown[];
	return {
		type: types.length === 1 ? types[0] : types,
		...(objects.length > 0 && { properties: propertiesOf(objects) }),
		...(items.length > 0 && { items: schemaOfValues(items) }),
	};
}

function propertiesOf(objects: readonly object[]): Record<string, OutputSchema> {
	const names = [...new Set(objects.flatMap((one) => Object.keys(one)))].filter((name) => !isOwn(name)).sort();
	const valuesOf = (name: string) => objects.filter((one) => name in one).map((one) => (one as Record<string, unknown>)[name]);
	return Object.fromEntries(names.map((name) => [name, schemaOfValues(valuesOf(name))]));
}

/** The schema of items that an operation put out; it names what all of them have. */
export function schemaOf(rows: readonly object[]): OutputSchema {
	const properties = Object.entries(propertiesOf(rows)).filter(([name]) => rows.every((row) => name in row));
	return { type: 'object', properties: Object.fromEntries(properties), version: 1 };
}

/** `resource/operation` of every schema that the node has. */
export function schemasOf(node: string): string[] {
	const folder = schemaFolder(node);
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replace(/\.json$/, '').split(path.sep).join('/'))
		.sort();
}

/** The file that n8n's server hands to the editor; undefined where there is none. */
export function readSchema(node: string, resource: string, operation: string): OutputSchema | undefined {
	const { resolveOutputSchemaPath } = require('n8n-core') as typeof import('n8n-core');
	const nodeDir = path.join(root, 'nodes', node);
	const file = resolveOutputSchemaPath({ nodeDir, version: '1', resource, operation } as never);
	return file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as OutputSchema) : undefined;
}
