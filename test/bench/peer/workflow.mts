import { chain, type NodeSpec, type Parameters, type Wire, type Workflow, build } from '../../../workflows/src/builder.mts';
import { editObject, ifNode, splitOut } from '../../../workflows/src/nodes.mts';

/**
 * The same job as people build it from n8n's own nodes, which take one record a call: the Account by *Create or Update*, which finds it by its
 * name; the Contact by a search for its e-mail and then an update or a create.
 */

/** Names of the credentials: the built-in node's own; of its fixed scopes none allows a search, so that HTTP Request has others. */
export const credentialNames = { node: 'Zoho (built-in)', search: 'Zoho CRM (OAuth2)', books: 'Zoho Books (OAuth2)' } as const;
/** Where Books sends its webhook. */
export const hookPath = 'peer-customer';

const api = 'https://www.zohoapis.com';
const customer = "$('Customer').item.json";

function zohoCrm(name: string, at: NodeSpec['at'], resource: string, operation: string, parameters: Parameters): NodeSpec {
	return {
		name,
		at,
		type: 'n8n-nodes-base.zohoCrm',
		typeVersion: 1,
		credentials: { zohoOAuth2Api: credentialNames.node },
		parameters: { resource, operation, ...parameters },
	};
}

function httpGet(name: string, at: NodeSpec['at'], credential: string, url: string, query: Record<string, string>, options: Parameters): NodeSpec {
	return {
		name,
		at,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		credentials: { oAuth2Api: credential },
		parameters: {
			url,
			authentication: 'genericCredentialType',
			genericAuthType: 'oAuth2Api',
			sendQuery: true,
			queryParameters: { parameters: Object.entries(query).map(([key, value]) => ({ name: key, value })) },
			options,
		},
	};
}

const contactFields: Parameters = {
	First_Name: `={{ ${customer}.first_name }}`,
	Email: `={{ ${customer}.email }}`,
	Phone: `={{ ${customer}.phone }}`,
	customFields: { customFields: [{ fieldId: 'Account_Name', value: "={{ ({ id: $('Account').item.json.id }) }}" }] },
};

/** From one item for each customer on. */
function intoCrm(): { nodes: NodeSpec[]; wires: Wire[] } {
	const nodes = [
		zohoCrm('Account', [4, 0], 'account', 'upsert', { accountName: '={{ $json.company }}', additionalFields: {} }),
		httpGet('Search Contact', [5, 0], credentialNames.search, `${api}/crm/v2/Contacts/search`, { email: `={{ ${customer}.email }}` }, {
			// Zoho lets few calls run at once.
			batching: { batch: { batchSize: 10, batchInterval: 50 } },
		}),
		ifNode({ name: 'In CRM already?', at: [6, 0] }, '={{ !!$json.data?.[0]?.id }}'),
		zohoCrm('Update Contact', [7, -0.5], 'contact', 'update', {
			contactId: '={{ $json.data[0].id }}',
			updateFields: { Last_Name: `={{ ${customer}.last_name }}`, ...contactFields },
		}),
		zohoCrm('Create Contact', [7, 0.5], 'contact', 'create', {
			lastName: `={{ ${customer}.last_name }}`,
			additionalFields: contactFields,
		}),
	];
	const wires: Wire[] = [
		...chain('Customer', 'Account', 'Search Contact', 'In CRM already?', 'Update Contact'),
		{ from: 'In CRM already?', output: 1, to: 'Create Contact' },
	];
	return { nodes, wires };
}

function workflow(id: string, name: string, nodes: NodeSpec[], wires: Wire[]): Workflow {
	const rest = intoCrm();
	const spec = { id, name, summary: '', file: '', stickies: [] };
	return build({ ...spec, nodes: [...nodes, ...rest.nodes], wires: [...wires, ...rest.wires] });
}

/** Books' webhook → CRM. */
export const peerSync: Workflow = workflow(
	'benchPeerSync',
	'Peer: customers of Books to CRM',
	[
		{
			name: 'When Books tells',
			at: [0, 0],
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhook: true,
			parameters: { httpMethod: 'POST', path: hookPath, options: {} },
		},
		editObject({ name: 'Customer', at: [1, 0] }, [
			['company', '={{ $json.body.contact.company_name }}'],
			...(['first_name', 'last_name', 'email', 'phone'] as const).map(
				(field) => [field, `={{ $json.body.contact.contact_persons[0].${field} }}`] as const,
			),
		]),
	],
	chain('When Books tells', 'Customer'),
);

/** All customers of Books → CRM, started by hand. */
export const peerBackfill = (organization: string): Workflow =>
	workflow(
		'benchPeerBackfill',
		'Peer: all customers of Books to CRM',
		[
			{ name: 'Start', at: [0, 0], type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
			httpGet(
				'Customers of Books',
				[1, 0],
				credentialNames.books,
				`${api}/books/v3/contacts`,
				{ organization_id: organization, contact_type: 'customer', per_page: '200' },
				{
					pagination: {
						pagination: {
							parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }] },
							paginationCompleteWhen: 'other',
							completeExpression: '={{ !$response.body.page_context.has_more_page }}',
						},
					},
				},
			),
			splitOut({ name: 'Each customer', at: [2, 0] }, 'contacts', 'contact'),
			editObject({ name: 'Customer', at: [3, 0] }, [
				['company', '={{ $json.contact.company_name }}'],
				...(['first_name', 'last_name', 'email', 'phone'] as const).map(
					(field) => [field, `={{ $json.contact.${field} }}`] as const,
				),
			]),
		],
		chain('Start', 'Customers of Books', 'Each customer', 'Customer'),
	);
