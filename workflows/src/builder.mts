/**
 * Builds n8n workflow JSON from a short description. Ids are derived from names, so that a rebuilt workflow is byte for byte the
 * same, and importing it again updates the one that is there.
 */

import { createHash } from 'node:crypto';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Parameters = { [key: string]: Json };

export interface NodeSpec {
	name: string;
	type: string;
	typeVersion: number;
	/** Column and row on the canvas. */
	at: readonly [number, number];
	parameters?: Parameters;
	/** Credential type → name of the credential that n8n looks for at import. */
	credentials?: Record<string, string>;
	/** Trigger nodes: n8n makes the address of their webhook from it. */
	webhook?: boolean;
	/** Failed items leave through a further output, after the node's own ones. */
	errorOutput?: boolean;
	/** A failure is data too: the item goes on, with the error in it. */
	goOnAfterError?: boolean;
	/** Puts out an empty item when there is nothing to put out. */
	alwaysOutput?: boolean;
	/** Runs for the first item only. */
	once?: boolean;
	/** Shown below the node. */
	note?: string;
}

export interface Sticky {
	text: string;
	/** Column and row of the upper left corner. */
	at: readonly [number, number];
	/** Columns and rows that it covers. */
	size: readonly [number, number];
	/** The overview is yellow, sections are white. */
	overview?: boolean;
}

/** From one node's output to another one's input; both count from 0. */
export interface Wire {
	from: string;
	to: string;
	output?: number;
	input?: number;
}

export interface WorkflowSpec {
	/** At most 21 characters: n8n keeps no static data of workflows with longer ids. */
	id: string;
	name: string;
	/** For people, in the index. */
	summary: string;
	file: string;
	nodes: NodeSpec[];
	wires: Wire[];
	stickies: Sticky[];
}

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Parameters;
	credentials?: Record<string, { id: null; name: string }>;
	webhookId?: string;
	[setting: string]: unknown;
}

export interface Workflow {
	id: string;
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, { main: Array<Array<{ node: string; type: 'main'; index: number }>> }>;
	settings: { executionOrder: 'v1' };
	active: false;
	pinData: Record<string, never>;
	meta: { templateCredsSetupCompleted: false };
	tags: never[];
}

const columnWidth = 240;
const rowHeight = 200;

/** A uuid that is always the same for the same text. */
export function uuidOf(text: string): string {
	const hex = createHash('sha256').update(text).digest('hex');
	const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`5${hex.slice(13, 16)}`,
		`${variant}${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join('-');
}

/** Throws when a wire ends at a node that is not there, or a name is used twice. */
export function build(spec: WorkflowSpec): Workflow {
	const names = spec.nodes.map(({ name }) => name);
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined) throw new Error(`${spec.name}: two nodes are named ${twice}`);
	return {
		id: spec.id,
		name: spec.name,
		nodes: [
			...spec.stickies.map((sticky, index) => stickyNode(spec, sticky, index)),
			...spec.nodes.map((node) => nodeOf(spec, node)),
		],
		connections: connectionsOf(spec, new Set(names)),
		settings: { executionOrder: 'v1' },
		active: false,
		pinData: {},
		meta: { templateCredsSetupCompleted: false },
		tags: [],
	};
}

function nodeOf(spec: WorkflowSpec, node: NodeSpec): WorkflowNode {
	const credentials = Object.entries(node.credentials ?? {}).map(
		([type, name]) => [type, { id: null, name }] as const,
	);
	return {
		id: uuidOf(`${spec.id} ${node.name}`),
		name: node.name,
		type: node.type,
		typeVersion: node.typeVersion,
		position: [node.at[0] * columnWidth, node.at[1] * rowHeight],
		parameters: node.parameters ?? {},
		...(credentials.length > 0 ? { credentials: Object.fromEntries(credentials) } : {}),
		...(node.webhook ? { webhookId: uuidOf(`${spec.id} ${node.name} webhook`) } : {}),
		...(node.errorOutput ? { onError: 'continueErrorOutput' } : {}),
		...(node.goOnAfterError ? { onError: 'continueRegularOutput' } : {}),
		...(node.alwaysOutput ? { alwaysOutputData: true } : {}),
		...(node.once ? { executeOnce: true } : {}),
		...(node.note ? { notes: node.note, notesInFlow: true } : {}),
	};
}

function stickyNode(spec: WorkflowSpec, { text, at, size, overview }: Sticky, index: number): WorkflowNode {
	const name = overview ? 'Overview' : `Section ${index}`;
	return {
		id: uuidOf(`${spec.id} sticky ${name}`),
		name,
		type: 'n8n-nodes-base.stickyNote',
		typeVersion: 1,
		position: [at[0] * columnWidth - 60, at[1] * rowHeight - 100],
		parameters: {
			content: text,
			width: size[0] * columnWidth,
			height: size[1] * rowHeight,
			...(overview ? {} : { color: 7 }),
		},
	};
}

function connectionsOf(spec: WorkflowSpec, names: Set<string>): Workflow['connections'] {
	const connections: Workflow['connections'] = {};
	for (const { from, to, output = 0, input = 0 } of spec.wires) {
		for (const name of [from, to]) {
			if (!names.has(name)) throw new Error(`${spec.name}: there is no node named ${name}`);
		}
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output]?.push({ node: to, type: 'main', index: input });
	}
	return connections;
}

/** The nodes in one row after another: `chain('A', 'B', 'C')` wires first outputs to first inputs. */
export function chain(...names: string[]): Wire[] {
	return names.slice(1).map((to, index) => ({ from: names[index] as string, to }));
}

/** The file's text: two-space JSON as n8n itself exports it. */
export function textOf(workflow: Workflow): string {
	return `${JSON.stringify(workflow, null, 2)}\n`;
}
