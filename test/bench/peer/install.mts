import { LaunchError } from '../../../sandbox/launcher/failure.mts';
import type { Workflow as SavedWorkflow } from '../../../sandbox/launcher/n8nApi.mts';
import type { Workflow } from '../../../workflows/src/builder.mts';
import { peerAt, type Bench } from '../bench.mts';
import { credentialNames, hookPath } from './workflow.mts';

const accounts = 'https://accounts.zoho.com/oauth/v2';

/** What the built-in credential asks for (`ZohoOAuth2Api.credentials`), and what a person gives HTTP Request. */
const credentials = [
	{
		name: credentialNames.node,
		type: 'zohoOAuth2Api',
		product: 'crm',
		scopes: ['ZohoCRM.modules.ALL', 'ZohoCRM.settings.ALL', 'ZohoCRM.users.ALL'],
	},
	{
		name: credentialNames.search,
		type: 'oAuth2Api',
		product: 'crm',
		scopes: ['ZohoCRM.modules.ALL', 'ZohoSearch.securesearch.READ'],
	},
	{ name: credentialNames.books, type: 'oAuth2Api', product: 'books', scopes: ['ZohoBooks.contacts.READ'] },
] as const;

/** Credential name → its id in n8n. They are made once in each n8n. */
async function connect({ sandbox }: Bench): Promise<Map<string, string>> {
	const ids = new Map<string, string>();
	for (const { name, type, product, scopes } of credentials) {
		const { clientId, clientSecret, oauthTokenData } = sandbox.simulator.grant({ location: peerAt, product, scopes: [...scopes] });
		const data = {
			grantType: 'authorizationCode',
			authUrl: `${accounts}/auth`,
			accessTokenUrl: `${accounts}/token`,
			authQueryParameters: 'access_type=offline',
			authentication: 'body',
			scope: scopes.join(type === 'oAuth2Api' ? ' ' : ','),
			clientId,
			clientSecret,
			oauthTokenData,
		};
		const { id } = await sandbox.api.request<{ id: string }>('POST', '/credentials', { name, type, data });
		ids.set(name, id);
	}
	return ids;
}

/** Brings a workflow into n8n, with its credentials. */
export async function addWorkflow(bench: Bench, workflow: Workflow): Promise<void> {
	const ids = await connect(bench);
	const nodes = workflow.nodes.map((node) => {
		const linked = Object.entries(node.credentials ?? {}).map(([type, { name }]) => [type, { name, id: ids.get(name) ?? '' }] as const);
		return { ...node, credentials: Object.fromEntries(linked) };
	});
	const { id, name, connections, settings } = workflow;
	await bench.sandbox.api.createWorkflow({ id, name, nodes, connections, settings } satisfies Omit<SavedWorkflow, 'versionId' | 'active'>);
}

/** The webhook and the rule that a person makes in Books' settings. */
export function tellOfCustomers({ sandbox }: Bench): void {
	const hooks = sandbox.simulator.world.tenantOf('books', peerAt)?.books.hooks;
	if (!hooks) throw new LaunchError(`There is no Books in data centre ${peerAt}.`);
	const url = `${sandbox.n8n.url}/webhook/${hookPath}`;
	const webhook = hooks.saveWebhook({ webhook_name: 'n8n', entity: 'customer', method: 'POST', url });
	const actions = [{ action_type: 'webhook', action_id: webhook.id }];
	hooks.saveRule({ workflow_name: 'n8n', entity: 'customer', rule_type: 'add_edit', instant_actions: actions });
}
