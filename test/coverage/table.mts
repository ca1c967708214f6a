/** What was found out, for people. */

import type { ZohoOperation } from './files.mts';
import type { Reach } from './judge.mts';

const counted = (words: readonly string[]): string[] => [...new Set(words)].sort();

/** A line for each file, with its reached operations, then the reasons for the others. */
export function tableOf(operations: readonly ZohoOperation[], { reached, leftOut }: Reach): string[] {
	const files = counted(operations.map(({ file }) => file));
	const width = Math.max(...files.map((file) => file.length));
	return files.flatMap((file) => {
		const own = operations.filter((one) => one.file === file);
		const count = own.filter((one) => reached.has(one)).length;
		const resources = counted(own.flatMap((one) => reached.get(one) ?? []).map((by) => by.split(' ')[0] ?? ''));
		const head = `${file.padEnd(width)}  ${String(count).padStart(3)} of ${String(own.length).padStart(3)}${resources.length > 0 ? `  ${resources.join(', ')}` : ''}`;
		const reasons = new Map<string, ZohoOperation[]>();
		for (const one of own) {
			const reason = leftOut.get(one);
			if (!reason) continue;
			const words = reason.why + (reason.instead ? ` → ${reason.instead.replaceAll('`', '')}` : '');
			reasons.set(words, [...(reasons.get(words) ?? []), one]);
		}
		const lines = [...reasons].map(([words, left]) => `${' '.repeat(width + 2)}${words}: ${left.length} (${left.map(({ id }) => id).join(', ')})`);
		return [head, ...lines];
	});
}
