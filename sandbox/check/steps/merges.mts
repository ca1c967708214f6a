import { isDeepStrictEqual } from 'node:util';
import type { ImportedTemplate } from '../../launcher/templates.mts';
import type { WorkflowNode } from '../../launcher/n8nApi.mts';
import { holds, same, type Scene } from '../scene.mts';
import type { Step } from '../step.mts';
import { contactNow, linkedPerson, personNow } from './linkedPerson.mts';

export const mergeDifferentFields: Step = {
	name: 'merge_different_fields',
	proves:
		'Different fields of one person, changed in both systems before either hears of the other, both survive.',
	async run(scene) {
		const { pair } = scene;
		const who = await linkedPerson(scene, 'Faraday Power', 'michael@faraday-power.example');
		pair.updateInBooks('contactpersons', who.personId, { phone: '+44 20 6000006' });
		pair.updateInCrm('Contacts', who.contactId, { Mobile: '+44 7700 900006' });
		const standing = () => ({
			crm: [contactNow(pair, who).Phone, contactNow(pair, who).Mobile],
			books: [personNow(pair, who).phone, personNow(pair, who).mobile],
		});
		const expected = ['+44 20 6000006', '+44 7700 900006'];
		await scene.eventually(
			'both edits in both systems',
			() => JSON.stringify(standing()) === JSON.stringify({ crm: expected, books: expected }),
			standing,
		);
		await scene.quiet();
		same('both systems, after all is quiet', standing(), { crm: expected, books: expected });
	},
};

const setting = 'settings.when_both_sides_changed';

interface Assignments {
	assignments?: { assignments?: Array<{ name: string; value: unknown }> };
}

function setPolicy(node: WorkflowNode, policy: string): WorkflowNode {
	const { assignments: list } = (node.parameters as Assignments | undefined)?.assignments ?? {};
	if (!list?.some(({ name }) => name === setting)) return node;
	const assignments = list.map((each) => (each.name === setting ? { ...each, value: policy } : each));
	return { ...node, parameters: { ...node.parameters, assignments: { assignments } } };
}

/** Sets the conflict policy in the template's Settings node and publishes it, as a user does on the canvas; returns the way back. */
async function withPolicy(
	scene: Scene,
	template: ImportedTemplate,
	policy: string,
): Promise<() => Promise<void>> {
	const { api } = scene.sandbox;
	const workflow = await api.workflow(template.id);
	holds(`the workflow "${template.name}"`, workflow !== undefined);
	const { id, name, nodes, connections, settings } = workflow;
	const changed = nodes.map((node) => setPolicy(node, policy));
	holds('a conflict policy in the template', JSON.stringify(changed) !== JSON.stringify(nodes));
	await api.updateWorkflow({ id, name, nodes: changed, connections, settings });
	await api.publish(id);
	return async () => {
		await api.updateWorkflow({ id, name, nodes, connections, settings });
		await api.publish(id);
	};
}

/** Runs `act` with the policy in both sync workflows. */
async function underPolicy(scene: Scene, policy: string, act: () => Promise<void>): Promise<void> {
	const undo = [
		await withPolicy(scene, scene.template('books'), policy),
		await withPolicy(scene, scene.template('crm'), policy),
	];
	await scene.quiet();
	try {
		await act();
	} finally {
		for (const back of undo) await back();
	}
}

export const conflictSameField: Step = {
	name: 'conflict_same_field',
	proves:
		'One field changed in both systems is settled by the policy: "Books wins" brings its value to both; "review" overwrites nobody and tells it.',
	async run(scene) {
		const { pair } = scene;
		const who = await linkedPerson(scene, 'Gauss Optics', 'carl@gauss-optics.example');
		const phones = () => [personNow(pair, who).phone, contactNow(pair, who).Phone];
		const edit = (inBooks: string, inCrm: string) => {
			pair.updateInBooks('contactpersons', who.personId, { phone: inBooks });
			pair.updateInCrm('Contacts', who.contactId, { Phone: inCrm });
		};

		await underPolicy(scene, 'books', async () => {
			edit('+49 551 7000001', '+49 551 7000002');
			const settled = ['+49 551 7000001', '+49 551 7000001'];
			await scene.eventually(
				"Books' phone in both systems",
				() => isDeepStrictEqual(phones(), settled),
				phones,
			);
			await scene.quiet();
			same('the phone in Books and in CRM, "Books wins"', phones(), settled);
		});

		await underPolicy(scene, 'review', async () => {
			edit('+49 551 7000003', '+49 551 7000004');
			const rows = async () => JSON.stringify((await scene.reviewItems()) ?? 'no such table');
			const told = async () => /7000003/.test(await rows()) && /7000004/.test(await rows());
			await scene.eventually('a review item with both values', told, phones);
			await scene.quiet();
			same('the phone in Books and in CRM, "review"', phones(), ['+49 551 7000003', '+49 551 7000004']);
		});
	},
};
