import type { Picture } from '../pictures.mts';
import { tableOf } from '../table.mts';
import { judge } from '../targets.mts';
import type { Figures } from '../figures.mts';
import type { Kept, Records } from './record.mts';

const intro = `# What it costs, measured

\`npm run bench -- --scale --write\` measures this and writes this page. It runs a real n8n with the templates as they are shipped against a simulated
Zoho that counts calls, keeps to Zoho's limits and answers at once: of a real Zoho, its own time for each call comes on top.

A *record* is a company with one contact person: in Books a customer, in CRM an Account and a Contact. Polls, once every five minutes, are left out
of the bursts; they are counted by themselves (*idle*).`;

function measureOf(name: string, { tells, explains = '', on, figures, details }: Kept): string {
	const { calls, ...others } = details;
	const counts = typeof calls === 'object' && !Array.isArray(calls) ? Object.entries(calls) : [];
	return [
		`### ${name}`,
		`${tells[0]?.toUpperCase() ?? ''}${tells.slice(1)}. Measured on ${on}.`,
		explains,
		fenced(tableOf(figures)),
		fenced(Object.entries(others).map(([part, value]) => `${part.replaceAll('_', ' ')}: ${shown(value)}`)),
		fenced(counts.map(([kind, count]) => `${String(count).padStart(6)}  ${kind}`)),
	]
		.filter(Boolean)
		.join('\n\n');
}

const fenced = (lines: readonly string[]) => (lines.length > 0 ? ['```text', ...lines, '```'].join('\n') : '');
const shown = (value: unknown) => (Array.isArray(value) ? value.join(' ') : typeof value === 'object' ? JSON.stringify(value) : String(value));

/** The page: only what the bench has printed, and the sentences above. */
export function pageOf(records: Records, figures: Figures, pictures: readonly Picture[]): string {
	const rows = judge(figures).map(({ wanted, value, holds }) => `| ${wanted} | ${value} | ${holds ? 'yes' : 'no'} |`);
	return `${[
		intro,
		...pictures.map(({ file, about }) => `![${about}](images/${file})`),
		'## What is wanted',
		['| Wanted | Measured | Reached |', '|---|---|---|', ...rows].join('\n'),
		'## Each measure',
		...Object.entries(records).map(([name, kept]) => measureOf(name, kept)),
	].join('\n\n')}\n`;
}
