/** Writes the template files and the table of the index: `node workflows/src/write.mts`. */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { build, textOf } from './builder.mts';
import { templates } from './index.mts';
import { indexOf } from './readme.mts';

const folder = path.resolve(import.meta.dirname, '..');

for (const template of templates) writeFileSync(path.join(folder, template.file), textOf(build(template)));
const readme = path.join(folder, 'README.md');
writeFileSync(readme, indexOf(readFileSync(readme, 'utf8'), templates));
