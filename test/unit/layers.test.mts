import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** What each room may import: rooms (first folder of a relative import) and packages. */
const rules: Record<string, { rooms: string[]; packages: string[] }> = {
	zoho: { rooms: ['zoho'], packages: ['node:crypto'] },
	sync: { rooms: ['sync'], packages: ['node:crypto'] },
	credentials: { rooms: ['credentials', 'zoho'], packages: ['n8n-workflow'] },
	nodes: { rooms: ['nodes', 'zoho', 'sync'], packages: ['n8n-workflow', 'node:crypto'] },
};

function filesOf(folder: string, ending: RegExp): string[] {
	return readdirSync(folder).flatMap((name) => {
		const full = path.join(folder, name);
		if (statSync(full).isDirectory()) return filesOf(full, ending);
		return ending.test(name) ? [full] : [];
	});
}

/** Every module a file names in an import or export, types included. */
function importsOf(file: string): string[] {
	const source = readFileSync(file, 'utf8');
	const statements = source.matchAll(
		/^\s*(?:import|export)\s+[^'";]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|(?:require|import)\(\s*['"]([^'"]+)['"]\s*\)/gm,
	);
	return [...statements].map((match) => (match[1] ?? match[2] ?? match[3]) as string);
}

function roomOf(file: string, target: string): string {
	return path.relative(root, path.resolve(path.dirname(file), target)).split(path.sep)[0] as string;
}

describe('the rooms keep to their layers', () => {
	for (const [room, rule] of Object.entries(rules)) {
		const files = filesOf(path.join(root, room), /\.ts$/);

		test(`${room}/ imports only ${[...rule.rooms, ...rule.packages].join(', ')}`, () => {
			expect(files.length).toBeGreaterThan(0);
			const strays = files.flatMap((file) =>
				importsOf(file)
					.filter((from) =>
						from.startsWith('.') ? !rule.rooms.includes(roomOf(file, from)) : !rule.packages.includes(from),
					)
					.map((from) => `${path.relative(root, file)} imports ${from}`),
			);
			expect(strays).toEqual([]);
		});
	}

	test('sandbox/ imports nothing of the product, so that a mistake cannot cancel itself out', () => {
		const files = filesOf(path.join(root, 'sandbox'), /\.mts$/);
		expect(files.length).toBeGreaterThan(0);
		const strays = files.flatMap((file) =>
			importsOf(file)
				.filter((from) => from.startsWith('.') && roomOf(file, from) in rules)
				.map((from) => `${path.relative(root, file)} imports ${from}`),
		);
		expect(strays).toEqual([]);
	});
});
