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

import { crmAuthenticationProperty, crmCredentials } from '../shared/credentials';
import { complete } from '../shared/trigger/execute';
import { webhookMethods } from '../shared/trigger/hooks';
import { poll } from '../shared/trigger/poll';
import { commonOptions, deliveryProperty, eventsProperty, webhookMethod } from '../shared/trigger/settings';
import { receive } from '../shared/trigger/webhook';
import { getModules } from '../shared/crmModules';
import { crmSystem } from './system';

/** Starts a workflow when records of Zoho CRM change. */
export class ZohoCrmTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho CRM Trigger',
		name: 'zohoCrmTrigger',
		icon: { light: 'file:../../icons/zohoCrm.svg', dark: 'file:../../icons/zohoCrm.dark.svg' },
		group: ['trigger'],
		// Of version 1 n8n evaluates an expression for each delivery, which costs more than all that the node does with it.
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: '={{ $parameter["modules"].join(", ") + ": " + $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when records of Zoho CRM are created, updated or deleted',
		defaults: { name: 'Zoho CRM Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: crmCredentials,
		polling: true,
		webhooks: [{ name: 'default', ...webhookMethod, responseMode: 'onReceived', path: 'zoho-crm' }],
		properties: [
			crmAuthenticationProperty,
			{
				displayName: 'Module Names or IDs',
				name: 'modules',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getModules' },
				default: ['Contacts'],
				description:
					'Whose records to watch. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Further Modules by Name',
				name: 'moduleNames',
				type: 'string',
				default: '',
				placeholder: 'e.g. Vendors, My_Module',
				description: 'Comma-separated API names of modules that are not in the list',
			},
			eventsProperty,
			{
				displayName: 'Fields to Fetch',
				name: 'fields',
				type: 'string',
				default: '',
				placeholder: 'e.g. Last_Name, Email, Account_Name, Account_Name.Zoho_Books_ID',
				description:
					'Comma-separated API names; empty fetches all fields. A dot follows a lookup to a field of the record behind it. A name that a module does not have is left out for that module.',
			},
			deliveryProperty,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					...commonOptions,
					{
						displayName: 'Channel Life (Hours)',
						name: 'channelLife',
						type: 'number' as const,
						typeOptions: { minValue: 1, maxValue: 168 },
						default: 168,
						description:
							'For how long Zoho CRM is asked to send notifications at a time. It allows a week at most.',
					},
					{
						displayName: 'Poll for Deleted Records',
						name: 'pollDeleted',
						type: 'boolean' as const,
						default: true,
						description:
							'Whether polls also ask for deleted records, when deleted records start the workflow. Costs 2 API credits per module and look. Polls that come often look every third time, instead of looking for what was modified.',
					},
					{
						displayName: 'Renew Channel Every (Hours)',
						name: 'renewEvery',
						type: 'number' as const,
						typeOptions: { minValue: 0, maxValue: 167 },
						default: 24,
						description:
							'How long after its renewal the notification channel is renewed again. A poll does it.',
					},
				].sort((one, other) => one.displayName.localeCompare(other.displayName)),
			},
		],
	};

	methods = { loadOptions: { getModules } };

	webhookMethods = { default: webhookMethods(crmSystem) };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, crmSystem);
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, crmSystem);
	}

	/** Runs in the execution, after webhook or poll have started it. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await complete(this, crmSystem);
	}
}
