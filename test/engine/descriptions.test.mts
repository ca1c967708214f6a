import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { NodeHelpers, type INode, type INodeProperties, type INodePropertyOptions, type INodeType } from 'n8n-workflow';

const root = path.resolve(import.meta.dirname, '../..');

function load(file: string): INodeType {
	const loaded = require(path.join(root, file)) as Record<string, new () => INodeType>;
	const Type = loaded[path.basename(file, '.node.ts')];
	if (!Type) throw new Error(`${file} does not export a class of its name`);
	return new Type();
}

const files = globSync('nodes/*/*.node.ts', { cwd: root }).sort();
const nodes = files.map((file) => ({ file, name: path.basename(file, '.node.ts'), node: load(file) }));

/** The parameters that decide what else is shown. */
const switchNames = (properties: INodeProperties[]) => {
	const shown = properties.flatMap(({ displayOptions }) => [
		...Object.entries(displayOptions?.show ?? {}),
		...Object.entries(displayOptions?.hide ?? {}),
	]);
	const values = new Map<string, Set<unknown>>();
	for (const [name, wanted] of shown) {
		if (name.startsWith('@') || name.startsWith('/')) continue;
		values.set(name, new Set([...(values.get(name) ?? []), ...(wanted ?? [])]));
	}
	return values;
};

/** Could the property be visible, as far as the state goes? */
function possible({ displayOptions: { show = {}, hide = {} } = {} }: INodeProperties, state: Record<string, unknown>): boolean {
	return Object.entries(state).every(([name, value]) => {
		const wanted = show[name] as unknown[] | undefined;
		return (wanted === undefined || wanted.includes(value)) && !(hide[name] as unknown[] | undefined)?.includes(value);
	});
}

/**
 * Every combination of values of those parameters, with each parameter's own options and default beside the values that are asked for. Resource and operation
 * come first: what belongs to another one is not combined with.
 */
function states(properties: INodeProperties[], state: Record<string, unknown> = {}): Array<Record<string, unknown>> {
	const left = properties.filter((property) => possible(property, state));
	const switches = [...switchNames(left)].filter(([name]) => !(name in state));
	const [name, asked] = switches.find(([one]) => one === 'resource') ?? switches.find(([one]) => one === 'operation') ?? switches[0] ?? [];
	if (name === undefined || asked === undefined) return [state];
	const own = left.filter((property) => property.name === name);
	const values = new Set([
		...[...asked].filter((value) => typeof value !== 'object'),
		...own.map((property) => property.default as unknown),
		...own.flatMap(({ options = [] }) => options.flatMap((option) => ('value' in option ? [option.value as unknown] : []))),
	]);
	return [...values].flatMap((value) => states(left, { ...state, [name]: value }));
}

function visible({ description }: INodeType, state: Record<string, unknown>): INodeProperties[] {
	const node = { typeVersion: 1, parameters: state } as unknown as INode;
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter(state as never, property, node, description, state as never),
	);
}

/** All properties, those inside collections too, with the way to them. */
function all(properties: INodeProperties[], at = ''): Array<{ at: string; property: INodeProperties }> {
	return properties.flatMap((property) => {
		const here = `${at}${property.name}`;
		const inner = (property.options ?? []).flatMap((option) => {
			if ('values' in option) return all(option.values, `${here}.${option.name}.`);
			return 'type' in option ? all([option], `${here}.`) : [];
		});
		return [{ at: here, property }, ...inner];
	});
}

const choices = ({ options = [] }: INodeProperties) => options.filter((option): option is INodePropertyOptions => 'value' in option);

test('every node of the package is looked at', () => {
	expect(nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(['ZohoBooks', 'ZohoCrm', 'ZohoMatch']));
});

describe.each(nodes)('$name', ({ file, node }) => {
	const { description } = node;
	const everything = all(description.properties);

	test('options that people choose from are sorted by name (five and more; n8n\'s lint leaves short lists their order)', () => {
		for (const { at, property } of everything) {
			const names = (property.options ?? []).map((option) => ('displayName' in option ? option.displayName : option.name));
			if (names.length < 5) continue;
			const sorted = [...names].sort((one, other) => one.localeCompare(other));
			expect([at, names]).toEqual([at, sorted]);
		}
	});

	test('every operation has an action and a description', () => {
		for (const property of description.properties.filter(({ name }) => name === 'operation')) {
			for (const { name, action, description: words } of choices(property)) {
				expect([name, typeof action, typeof words]).toEqual([name, 'string', 'string']);
			}
		}
	});

	test('an AI agent that has the node as a tool can tell every operation from all others by what n8n tells it', () => {
		// n8n tells the action of an operation where the node has resources.
		if (!description.usableAsTool || !description.properties.some(({ name }) => name === 'resource')) return;
		const told = description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap((property) =>
				choices(property).map(({ value }) => {
					const [resource] = property.displayOptions?.show?.resource ?? [];
					return NodeHelpers.makeDescription({ resource: resource as string, operation: value as string }, description);
				}),
			);
		expect(told.filter((words, place) => told.indexOf(words) !== place)).toEqual([]);
		// A verb, a thing, and the name of the node.
		expect(told.filter((words) => !new RegExp(`^[A-Z]\\w+( \\S+)+ in ${String(description.defaults.name)}$`).test(words))).toEqual([]);
	});

	test('no two fields of one name are visible at once', () => {
		for (const state of states(description.properties)) {
			const names = visible(node, state).map(({ name }) => name);
			const doubled = names.filter((name, place) => name !== 'notice' && names.indexOf(name) !== place);
			expect([state, doubled]).toEqual([state, []]);
		}
	});

	test('every field can be reached', () => {
		const reached = new Set(states(description.properties).flatMap((state) => visible(node, state)));
		expect(description.properties.filter((property) => !reached.has(property)).map(({ name }) => name)).toEqual([]);
	});

	test('every operation is one that the node carries out', () => {
		const { customOperations, methods } = node;
		expect(Boolean(node.execute ?? node.poll ?? node.webhook ?? description.requestDefaults)).toBe(true);
		if (!description.requestDefaults) return;
		for (const property of description.properties.filter(({ name }) => name === 'operation')) {
			const [resource = ''] = (property.displayOptions?.show?.resource ?? []) as string[];
			for (const { value, routing } of choices(property)) {
				const custom = customOperations?.[resource]?.[String(value)];
				const ways = [routing?.operations?.pagination, custom].filter((way) => typeof way === 'function');
				expect([resource, value, ways.length]).toEqual([resource, value, 1]);
			}
		}
		expect(methods).toBeDefined();
	});

	test('every look-up that a field names exists', () => {
		const { loadOptions = {}, listSearch = {}, resourceMapping = {} } = node.methods ?? {};
		for (const { property } of everything) {
			const { loadOptionsMethod, resourceMapper } = property.typeOptions ?? {};
			if (loadOptionsMethod) expect(Object.keys(loadOptions)).toContain(loadOptionsMethod);
			if (resourceMapper?.resourceMapperMethod) expect(Object.keys(resourceMapping)).toContain(resourceMapper.resourceMapperMethod);
			for (const { typeOptions } of property.modes ?? []) {
				if (typeOptions?.searchListMethod) expect(Object.keys(listSearch)).toContain(typeOptions.searchListMethod);
			}
		}
	});

	test('icons and codex file are there', () => {
		const folder = path.dirname(path.join(root, file));
		const icons = typeof description.icon === 'object' ? Object.values(description.icon) : [];
		expect(icons).toHaveLength(2);
		for (const icon of icons) expect([icon, existsSync(path.join(folder, icon.replace('file:', '')))]).toEqual([icon, true]);
		expect(existsSync(path.join(root, file.replace('.ts', '.json')))).toBe(true);
	});
});
