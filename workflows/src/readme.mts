import { existsSync } from 'node:fs';
import { build, type WorkflowSpec } from './builder.mts';

const start = '<!-- templates: written by workflows/src/write.mts -->';
const end = '<!-- end of templates -->';

/** The index page with a fresh table of templates between its two marks. */
export function indexOf(page: string, templates: readonly WorkflowSpec[]): string {
	const [before, rest] = page.split(start);
	const after = rest?.split(end)[1];
	if (before === undefined || after === undefined)
		throw new Error(`workflows/README.md has lost its marks "${start}" and "${end}"`);
	const rows = templates.map((template) => {
		const nodes = build(template).nodes.filter(({ type }) => !type.endsWith('.stickyNote')).length;
		const picture = `../docs/images/${template.file.replace(/\.json$/, '.png')}`;
		const name = `[${template.name}](${template.file})${existsSync(new URL(`../${picture}`, import.meta.url)) ? ` ([picture](${picture}))` : ''}`;
		return `| ${name} | ${template.summary} | ${nodes} |`;
	});
	return [
		before,
		start,
		'\n\n| Template | What it does | Nodes |\n|---|---|---|\n',
		rows.join('\n'),
		'\n\n',
		end,
		after,
	].join('');
}
