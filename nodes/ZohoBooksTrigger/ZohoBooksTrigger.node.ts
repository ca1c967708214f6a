import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { getOrganizations, organizationProperty } from '../shared/organizations';
import { complete } from '../shared/trigger/execute';
import { webhookMethods } from '../shared/trigger/hooks';
import { poll } from '../shared/trigger/poll';
import { commonOptions, deliveryProperty, eventsProperty, webhookMethod } from '../shared/trigger/settings';
import { receive } from '../shared/trigger/webhook';
import { entityProperties, resourceOptions } from './source';
import { booksSystem } from './system';

/** Starts a workflow when records of Zoho Books change. */
export class ZohoBooksTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho Books Trigger',
		name: 'zohoBooksTrigger',
		icon: { light: 'file:../../icons/zohoBooks.svg', dark: 'file:../../icons/zohoBooks.dark.svg' },
		group: ['trigger'],
		// Of version 1 n8n evaluates an expression for each delivery, which costs more than all that the node does with it.
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: '={{ $parameter["resource"] + ": " + $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when records of Zoho Books are created, updated or deleted',
		defaults: { name: 'Zoho Books Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'zohoBooksOAuth2Api', required: true }],
		polling: true,
		webhooks: [
			{ name: 'default', ...webhookMethod, responseMode: 'onReceived', path: 'zoho-books' },
		],
		properties: [
			organizationProperty,
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: resourceOptions,
				default: 'contact',
			},
			...entityProperties,
			eventsProperty,
			deliveryProperty,
			{
				displayName:
					'Webhooks need a Books plan with workflow rules (Professional and up); without one the trigger polls. Polling does not see deleted records.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: commonOptions,
			},
		],
	};

	methods = { loadOptions: { getOrganizations } };

	webhookMethods = { default: webhookMethods(booksSystem) };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, booksSystem);
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, booksSystem);
	}

	/** Runs in the execution, after webhook or poll have started it. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await complete(this, booksSystem);
	}
}
