import { resolveWebhookDescriptionField } from 'n8n-workflow';
import { ZohoBooksTrigger } from '../../nodes/ZohoBooksTrigger/ZohoBooksTrigger.node';
import { ZohoCrmTrigger } from '../../nodes/ZohoCrmTrigger/ZohoCrmTrigger.node';

describe.each([
	['Zoho Books Trigger', new ZohoBooksTrigger()],
	['Zoho CRM Trigger', new ZohoCrmTrigger()],
])('the webhook method of the %s', (_name, trigger) => {
	const [webhook] = trigger.description.webhooks ?? [];
	const method = (delivery: string) => {
		const node = { id: '1', name: 'T', type: 't', typeVersion: 1, position: [0, 0] as [number, number], parameters: { delivery } };
		return resolveWebhookDescriptionField(node, webhook!, 'httpMethod');
	};

	test('is known without the expression engine, which n8n may not have at hand while it registers triggers', () => {
		expect(method('webhookAndPolling')).toEqual({ resolved: true, value: 'POST' });
		expect(method('webhook')).toEqual({ resolved: true, value: 'POST' });
	});

	test('is none for polling only, so that n8n registers no webhook', () => {
		expect(method('polling')).toEqual({ resolved: true, value: '' });
	});

	test('is a template that stands on its own for everybody else who reads it', () => {
		expect(webhook?.httpMethod).toMatch(/^=\{\{.*\$parameter.*\}\}$/s);
	});
});
