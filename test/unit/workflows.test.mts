import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { build, textOf, type Workflow, type WorkflowNode } from '../../workflows/src/builder.mts';
import { templates } from '../../workflows/src/index.mts';
import { companyToBooks, companyToCrm, personToBooks, personToCrm } from '../../workflows/src/contactMapping.mts';
import { indexOf } from '../../workflows/src/readme.mts';
import { builtInDescriptions, builtInFolder } from '../support/builtInNodes.mts';
import { testWhere } from '../support/where.mts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'workflows');
const ours = 'n8n-nodes-zoho-books-crm.';
const builtIn = 'n8n-nodes-base.';
const built = templates.map((template) => ({ template, workflow: build(template) }));
const allNodes = built.flatMap(({ workflow }) => workflow.nodes);

/** Loaded from the sources, by the paths that package.json gives for n8n. */
function ourDescriptions(): Map<string, INodeTypeDescription> {
	const { n8n } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[] };
	};
	const descriptions = new Map<string, INodeTypeDescription>();
	for (const file of n8n.nodes) {
		const source = path.join(root, file.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
		if (!existsSync(source)) continue;
		const loaded = require(source) as Record<string, new () => { description: INodeTypeDescription }>;
		const Type = loaded[path.basename(source, '.node.ts')];
		if (!Type) continue;
		const { description } = new Type();
		descriptions.set(description.name, withPollTimes(description));
	}
	return descriptions;
}

/** n8n itself adds the poll times to nodes that poll (its `applySpecialNodeParameters`). */
function withPollTimes(description: INodeTypeDescription): INodeTypeDescription {
	if (!description.polling) return description;
	const item = { name: 'item', displayName: 'Item', values: [] };
	const pollTimes: INodeProperties = {
		displayName: 'Poll Times',
		name: 'pollTimes',
		type: 'fixedCollection',
		default: {},
		options: [item],
	};
	return { ...description, properties: [pollTimes, ...description.properties] };
}

const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');

/** Paths of all values in a node's parameters. */
function leaves(value: unknown, at = ''): string[] {
	if (typeof value !== 'object' || value === null) return [at];
	return Object.entries(value).flatMap(([key, inner]) => leaves(inner, at === '' ? key : `${at}.${key}`));
}

/** Every fixed value of an options field must be one of its options, in collections too. */
function unknownOptions(
	properties: INodeProperties[],
	values: INodeParameters,
	isShown: (property: INodeProperties) => boolean,
): string[] {
	return Object.entries(values).flatMap(([name, value]) => {
		if (isExpression(value)) return [];
		const shown = properties.filter((property) => property.name === name && isShown(property));
		const nested = shown.flatMap((property) => nestedOptions(property, value));
		const lists = shown.filter(
			({ type, typeOptions }) => /^(options|multiOptions)$/.test(type) && !typeOptions?.loadOptionsMethod,
		);
		if (lists.length === 0) return nested;
		const allowed = lists.flatMap(({ options = [] }) =>
			options.map((option) => ('value' in option ? option.value : undefined)),
		);
		const given = [value].flat() as unknown[];
		return [
			...nested,
			...given
				.filter((one) => !allowed.includes(one as string))
				.map((one) => `${name} has no option ${String(one)}`),
		];
	});
}

function nestedOptions({ type, options = [] }: INodeProperties, value: unknown): string[] {
	const always = () => true;
	if (type === 'collection')
		return unknownOptions(options as INodeProperties[], value as INodeParameters, always);
	if (type !== 'fixedCollection') return [];
	return Object.entries(value as Record<string, INodeParameters | INodeParameters[]>).flatMap(
		([group, rows]) => {
			const found = options.find((option) => option.name === group);
			const inner = found && 'values' in found ? found.values : [];
			return [rows].flat().flatMap((row) => unknownOptions(inner, row as INodeParameters, always));
		},
	);
}

function parameterFaults(node: WorkflowNode, description: INodeTypeDescription | undefined): string[] {
	if (!description) return [`${node.name}: there is no ${node.type} of version ${node.typeVersion}`];
	const versions = [description.version].flat();
	if (!versions.includes(node.typeVersion))
		return [`${node.name}: version ${node.typeVersion} is not among ${versions.join(', ')}`];
	const asNode = { ...node, parameters: node.parameters as INodeParameters } as unknown as INode;
	const kept = NodeHelpers.getNodeParameters(
		description.properties,
		asNode.parameters,
		true,
		false,
		asNode,
		description,
	);
	const known = new Set(leaves(kept));
	const dropped = leaves(node.parameters).filter(
		(leaf) => !known.has(leaf) && !leaf.startsWith('pollTimes.'),
	);
	return [
		...dropped.map((leaf) => `${node.name}: there is no parameter ${leaf}`),
		...unknownOptions(description.properties, asNode.parameters, (property) =>
			NodeHelpers.displayParameter(kept ?? {}, property, asNode, description),
		).map((fault) => `${node.name}: ${fault}`),
		...missingCredentials(node, description),
	];
}

function missingCredentials(node: WorkflowNode, description: INodeTypeDescription): string[] {
	const known = (description.credentials ?? []).map(({ name }) => name);
	return Object.keys(node.credentials ?? {})
		.filter((name) => !known.includes(name))
		.map((name) => `${node.name}: takes no credential ${name}`);
}

function mainOutputs(workflow: Workflow): Array<{ from: string; index: number; to: string }> {
	return Object.entries(workflow.connections).flatMap(([from, { main }]) =>
		main.flatMap((wires, index) => wires.map(({ node }) => ({ from, index, to: node }))),
	);
}

describe('template workflows', () => {
	test('the committed files are what the sources build', () => {
		const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
		expect(files.sort()).toEqual(templates.map(({ file }) => file).sort());
		for (const { template, workflow } of built) {
			expect(readFileSync(path.join(folder, template.file), 'utf8')).toBe(textOf(workflow));
		}
	});

	test('the index lists every template', () => {
		const page = readFileSync(path.join(folder, 'README.md'), 'utf8');
		expect(indexOf(page, templates)).toBe(page);
		for (const { file } of templates) expect(page).toContain(`(${file})`);
	});

	test('ids are short enough for n8n to keep static data, and no id or name is used twice', () => {
		const ids = built.map(({ workflow }) => workflow.id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const { workflow } of built) {
			expect(workflow.id.length).toBeLessThanOrEqual(21);
			expect(new Set(workflow.nodes.map(({ name }) => name)).size).toBe(workflow.nodes.length);
		}
		const nodeIds = allNodes.flatMap(({ id, webhookId }) => (webhookId ? [id, webhookId] : [id]));
		expect(new Set(nodeIds).size).toBe(nodeIds.length);
		const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
		for (const id of nodeIds) expect(id).toMatch(uuid);
	});

	test('triggers have a webhook id, everything else has none', () => {
		for (const { type, webhookId } of allNodes) {
			expect(webhookId !== undefined).toBe(type.startsWith(ours) && type.endsWith('Trigger'));
		}
	});

	test('credentials are named, never with an id or a value', () => {
		const names = { zohoBooksOAuth2Api: 'Zoho Books account', zohoCrmOAuth2Api: 'Zoho CRM account' };
		for (const { credentials = {} } of allNodes) {
			for (const [type, credential] of Object.entries(credentials)) {
				expect(credential).toEqual({ id: null, name: names[type as keyof typeof names] });
			}
		}
	});

	test('a template has one yellow overview of 100 to 300 words and a white note for each section', () => {
		for (const { workflow } of built) {
			const stickies = workflow.nodes.filter(({ type }) => type.endsWith('.stickyNote'));
			const [overview, ...others] = stickies.filter(({ parameters }) => parameters.color === undefined);
			expect(others).toEqual([]);
			const text = String(overview?.parameters.content);
			expect(text).toContain('### How it works');
			expect(text).toContain('### Setup');
			const words = text.split(/\s+/).length;
			expect(words).toBeGreaterThanOrEqual(100);
			expect(words).toBeLessThanOrEqual(300);
			const sections = stickies.filter((sticky) => sticky !== overview);
			expect(sections.length).toBeGreaterThanOrEqual(2);
			for (const { parameters } of sections)
				expect(String(parameters.content).split(/\s+/).length).toBeLessThan(50);
		}
	});

	test('every node can be reached from a trigger, and every expression names nodes that exist', () => {
		for (const { workflow } of built) {
			const working = workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
			const wires = mainOutputs(workflow);
			const entered = new Set(wires.map(({ to }) => to));
			const begins = working.filter(({ name }) => !entered.has(name));
			expect(begins.length).toBeGreaterThan(0);
			expect(begins.filter(({ type }) => !type.endsWith('Trigger'))).toEqual([]);
			const named = [...JSON.stringify(workflow.nodes).matchAll(/\$\('([^']+)'\)/g)].map((match) => match[1]);
			expect(named.length).toBeGreaterThan(0);
			const names = new Set(working.map(({ name }) => name));
			expect(named.filter((name) => !names.has(name as string))).toEqual([]);
		}
	});

	test('what comes from two outputs is put together before it goes to a Merge', () => {
		// n8n runs a node once for each output that leads to it, and a Merge behind it goes on with what the first of those runs brought.
		for (const { template, workflow } of built) {
			const wires = mainOutputs(workflow);
			const isMerge = (name: string) => workflow.nodes.some((node) => node.name === name && node.type.endsWith('.merge'));
			const after = (name: string, seen = new Set<string>()): Set<string> => {
				for (const { to } of wires.filter(({ from }) => from === name)) if (!seen.has(to)) after(to, seen.add(to));
				return seen;
			};
			const twice = workflow.nodes
				.map(({ name }) => name)
				.filter((name) => !isMerge(name) && wires.filter(({ to }) => to === name).length > 1 && [...after(name)].some(isMerge));
			expect([template.name, twice]).toEqual([template.name, []]);
		}
	});

	test('nothing that fails is lost: failed items of every Zoho node of the sync templates go to the review queue', () => {
		for (const { template, workflow } of built.filter(({ template: { id } }) => id !== 'zohoSetUpSync')) {
			// "CRM modules" carries no record: when it fails, the modules count as there, and the nodes that use them tell. A page that could
			// not be read, set aside or taken back ends a first sync, which goes on with that very page when it is started again.
			const carriesNone = /^(CRM modules|(Customers|Records) of the page|Begin to read persons|Set aside for the persons|Take back)$/;
			const zoho = workflow.nodes.filter(
				({ name, type }) => type.startsWith(ours) && !type.endsWith('Trigger') && !carriesNone.test(name),
			);
			expect(zoho.length).toBeGreaterThan(0);
			for (const { name, onError } of zoho) {
				expect([template.name, name, onError]).toEqual([template.name, name, 'continueErrorOutput']);
				const last = workflow.connections[name]?.main.at(-1) ?? [];
				expect([name, last.some(({ node }) => node.startsWith('Review '))]).toEqual([name, true]);
			}
		}
	});

	test('our nodes know every parameter, option, version and credential of the templates', () => {
		const descriptions = ourDescriptions();
		const faults = allNodes
			.filter(({ type }) => type.startsWith(ours))
			.flatMap((node) => parameterFaults(node, descriptions.get(node.type.slice(ours.length))));
		expect(faults).toEqual([]);
	});

	const n8nNodes = builtInFolder();
	testWhere(n8nNodes !== undefined, "n8n's own nodes are not here: the sandbox has not installed n8n yet")(
		"n8n's own nodes know every parameter, option and version of the templates",
		() => {
			const used = allNodes.filter(({ type }) => type.startsWith(builtIn));
			const nodes = used.map(({ type, typeVersion }) => ({
				name: type.slice(builtIn.length),
				version: typeVersion,
			}));
			const descriptions = builtInDescriptions(n8nNodes as string, nodes);
			const faults = used.flatMap((node) =>
				parameterFaults(node, descriptions.get(`${node.type.slice(builtIn.length)}@${node.typeVersion}`)),
			);
			expect(faults).toEqual([]);
		},
	);
});

describe('the default mapping', () => {
	test('sets no field twice', () => {
		for (const fields of [companyToBooks, companyToCrm, personToBooks, personToCrm]) {
			const names = fields.map(([name]) => name);
			expect(new Set(names).size).toBe(names.length);
		}
	});
});
