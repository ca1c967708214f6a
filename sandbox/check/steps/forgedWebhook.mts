import { holds, same, type Scene } from '../scene.mts';
import type { Step } from '../step.mts';

async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<number> {
	const answer = await fetch(url, {
		method: 'POST',
		body,
		headers: { 'content-type': 'application/json', ...headers },
	});
	await answer.arrayBuffer();
	return answer.status;
}

function lastDelivery(scene: Scene, service: 'books' | 'crm') {
	const found = scene.simulator.world.deliveries.log.findLast(
		(entry) => entry.service === service && entry.state === 'delivered',
	);
	holds(`a genuine delivery of ${service} to forge`, found !== undefined);
	return found;
}

export const forgedWebhook: Step = {
	name: 'forged_webhook',
	proves:
		'A webhook with a wrong or missing signature, or a notification with a wrong token, gets 401 and starts nothing.',
	async run(scene) {
		const books = lastDelivery(scene, 'books');
		const crm = lastDelivery(scene, 'crm');
		const last = await scene.lastExecution();
		const changed = books.body.replace(/example/g, 'forged');
		const wrongToken = JSON.stringify({ ...(JSON.parse(crm.body) as object), token: 'not-the-token' });
		const noToken = JSON.stringify({ ...(JSON.parse(crm.body) as object), token: undefined });
		const answers = {
			'wrong signature': await post(books.url, changed, { 'X-Zoho-Webhook-Signature': 'ab'.repeat(32) }),
			'no signature': await post(books.url, changed),
			'wrong token': await post(crm.url, wrongToken),
			'no token': await post(crm.url, noToken),
		};
		await scene.quiet();
		same('answers', answers, {
			'wrong signature': 401,
			'no signature': 401,
			'wrong token': 401,
			'no token': 401,
		});
		// A poll may start one at any time.
		const started = (await scene.executionsAfter(last)).filter(({ mode }) => mode === 'webhook');
		same('executions that a webhook started', started, []);
	},
};
