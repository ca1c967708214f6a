import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LaunchError } from './failure.mts';
import type { N8nApi, WorkflowNode } from './n8nApi.mts';
import { places } from './places.mts';
import { templateList } from './templateList.mts';

export interface Template {
	id?: string;
	/** File name without `.json`. */
	file: string;
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface ImportedTemplate extends Template {
	id: string;
	/** Has a trigger that runs by itself, so it is published; else it is run by hand. */
	live: boolean;
}

/** Credential type → the credential that the sandbox links nodes of that type to. */
export type CredentialLinks = Record<string, { id: string; name: string }>;

/** The templates with these file names (without `.json`), in this order. Throws a LaunchError that names a file that is not there. */
export function readTemplates(names: readonly string[] = templateList): Template[] {
	return names.map((name) => {
		const file = path.join(places.workflows, `${name}.json`);
		if (!existsSync(file)) throw new LaunchError(`There is no template ${name}.json in ${places.workflows}.`);
		return { ...(JSON.parse(readFileSync(file, 'utf8')) as Omit<Template, 'file'>), file: name };
	});
}

/** 16 letters and digits that stay the same from run to run, as n8n's own ids look. */
function stableId(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function linkCredentials(node: WorkflowNode, links: CredentialLinks): WorkflowNode {
	if (!node.credentials) return node;
	const linked = Object.entries(node.credentials).map(([type, present]) => [type, links[type] ?? present]);
	return { ...node, credentials: Object.fromEntries(linked) as WorkflowNode['credentials'] };
}

/** The file that remembers which version of each template was imported, so that edits on the canvas live until the file itself changes. */
const memory = 'templates.json';

function recall(folder: string): Record<string, string> {
	const file = path.join(folder, memory);
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}

export interface ImportOptions {
	/** Where to remember what was imported. */
	folder: string;
	links: CredentialLinks;
	/** Tells copies of the same template apart (another pair of credentials). */
	edition?: string;
	/** Which templates, by file name; default all that the sandbox runs. */
	files?: readonly string[];
	/** A user's edit on the canvas of this template before it is used. */
	edit?(node: WorkflowNode, file: string): WorkflowNode;
}

async function importTemplate(
	api: N8nApi,
	template: Template,
	options: ImportOptions,
	known: Record<string, string>,
) {
	const { links, edition, edit = (node: WorkflowNode) => node } = options;
	const id = edition || !template.id ? stableId([template.file, edition].join('/')) : template.id;
	const source = stableId(JSON.stringify([template, links]));
	const name = edition ? `${template.name} (${edition})` : template.name;
	const nodes = template.nodes.map((node) => ({
		...edit(linkCredentials(node, links), template.file),
		...(node.webhookId && edition && { webhookId: stableId(`${node.webhookId}/${edition}`) }),
	}));
	const workflow = { id, name, nodes, connections: template.connections, settings: { ...template.settings } };
	if (!(await api.workflow(id))) await api.createWorkflow(workflow);
	else if (known[id] !== source) await api.updateWorkflow(workflow);
	known[id] = source;

	const live = !nodes.some(({ type }) => type === 'n8n-nodes-base.manualTrigger');
	return { ...template, id, name, nodes, live };
}

/**
 * Brings the templates into n8n, with their credentials linked. One that was imported before is left as it is, with what the user changed
 * on the canvas, until the file changes.
 */
export async function importTemplates(api: N8nApi, options: ImportOptions): Promise<ImportedTemplate[]> {
	const known = recall(options.folder);
	const imported: ImportedTemplate[] = [];
	for (const template of readTemplates(options.files)) {
		imported.push(await importTemplate(api, template, options, known));
	}
	writeFileSync(path.join(options.folder, memory), JSON.stringify(known, null, '\t'));
	return imported;
}
