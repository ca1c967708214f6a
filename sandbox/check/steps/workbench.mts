import { linksOf, type CredentialPlan } from '../../launcher/credentials.mts';
import { readManifest } from '../../launcher/package.mts';
import type { Scene } from '../scene.mts';

export interface Workbench {
	/** Runs the workflow once; resolves with the HTTP status: 200 when the Books call worked. */
	call(): Promise<number>;
	remove(): Promise<void>;
}

/** A workflow of the check's own: n8n's Webhook node, then one read of Books. Every request to it is an execution. */
export async function workbench(
	scene: Scene,
	credentials: CredentialPlan[],
	name: string,
): Promise<Workbench> {
	const { api, n8n } = scene.sandbox;
	const id = name.replace(/[^a-z]/gi, '');
	const links = linksOf(credentials);
	const nodes = [
		{
			id: 'in',
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			webhookId: id,
			parameters: { httpMethod: 'POST', path: id, responseMode: 'lastNode' },
		},
		{
			id: 'read',
			name: 'Read Books',
			type: `${readManifest().name}.zohoBooks`,
			typeVersion: 1,
			position: [220, 0],
			parameters: { resource: 'contact', operation: 'getAll', returnAll: false, limit: 1 },
			credentials: { zohoBooksOAuth2Api: links.zohoBooksOAuth2Api as { id: string; name: string } },
		},
	];
	const connections = { Webhook: { main: [[{ node: 'Read Books', type: 'main', index: 0 }]] } };
	await api.createWorkflow({ id, name, nodes, connections, settings: {} });
	await api.publish(id);
	return {
		async call() {
			const answer = await fetch(`${n8n.url}/webhook/${id}`, { method: 'POST' });
			await answer.arrayBuffer();
			return answer.status;
		},
		async remove() {
			await api.unpublish(id);
		},
	};
}
