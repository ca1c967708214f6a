import type { Figures } from './figures.mts';

/** The figures as lines for people: a name and its parts each. */
export function tableOf(figures: Figures): string[] {
	const rows = Object.entries(figures).map(([name, parts]): [string, string] => [
		name.replaceAll('_', ' '),
		Object.entries(parts as Record<string, number>)
			.map(([part, value]) => `${part.replaceAll('_', ' ')} ${value}`)
			.join(' · '),
	]);
	const width = Math.max(...rows.map(([name]) => name.length));
	return rows.map(([name, parts]) => `${name.padEnd(width)}  ${parts}`);
}
