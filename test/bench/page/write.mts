import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { places } from '../../../sandbox/launcher/places.mts';
import type { Measure } from '../bench.mts';
import type { Outcome } from '../figures.mts';
import { measures } from '../measures/index.mts';
import { figuresOf, picturesOf } from '../pictures.mts';
import { pageOf } from './page.mts';
import type { Records } from './record.mts';

const docs = path.join(places.root, 'docs');
const store = path.join(docs, 'benchmarks.json');

/** Puts an outcome in the place of the measure's last one, and writes page and pictures anew. */
export function keep({ name, tells, explains }: Measure, { figures, details }: Outcome): void {
	const before = (existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) : {}) as Records;
	const all: Records = { ...before, [name]: { tells, ...(explains && { explains }), on: new Date().toISOString().slice(0, 10), figures, details } };
	const records = inOrder(all);
	const pictures = picturesOf(records);
	writeFileSync(store, `${JSON.stringify(records, null, '\t')}\n`);
	for (const { file, svg } of pictures) writeFileSync(path.join(docs, 'images', file), svg);
	writeFileSync(path.join(docs, 'benchmarks.md'), pageOf(records, figuresOf(records), pictures));
}

function inOrder(records: Records): Records {
	return Object.fromEntries(measures.flatMap(({ name }) => (records[name] ? [[name, records[name]]] : [])));
}
