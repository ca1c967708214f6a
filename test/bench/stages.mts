import { setPolls } from '../../sandbox/check/polls.mts';
import type { WorkflowNode } from '../../sandbox/launcher/n8nApi.mts';
import type { SandboxOptions } from '../../sandbox/launcher/sandbox.mts';
import { contactTemplates, firstSyncTemplates, setUpTemplate } from '../../sandbox/launcher/templateList.mts';

/** An n8n of its own each: what one measure leaves behind must not cost another one calls, time or memory. */
export type Stage = 'live' | 'toBooks' | 'firstSync' | 'scale' | 'idle';

/** The switch at the top of a first sync, as a user sets it before the real run. */
export function withoutDryRun(node: WorkflowNode): WorkflowNode {
	if (node.name !== 'Settings' || !node.parameters) return node;
	const { assignments } = node.parameters.assignments as { assignments: Array<{ name: string; value: unknown }> };
	const changed = assignments.map((each) => (each.name === 'settings.dry_run' ? { ...each, value: false } : each));
	return { ...node, parameters: { ...node.parameters, assignments: { assignments: changed } } };
}

const contacts = [setUpTemplate, ...Object.values(contactTemplates)];
const firstSync = { files: [setUpTemplate, firstSyncTemplates.books], edit: withoutDryRun };

/** The templates of each stage and what a user changes in them. */
export const stages: Record<Stage, Pick<SandboxOptions, 'files' | 'edit'>> = {
	live: { files: contacts },
	toBooks: { files: contacts },
	firstSync,
	scale: firstSync,
	// n8n polls once a minute at most: nobody waits five.
	idle: { files: contacts, edit: setPolls },
};
