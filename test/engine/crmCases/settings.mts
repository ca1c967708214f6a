import { of } from '../crmSupport.mts';
import { line, type Cases } from './case.mts';

const anId = expect.stringMatching(/^\d{10,}$/) as string;

export const currency: Cases = {
	getAll: { parameters: () => ({ limit: 5 }), sends: () => [['GET /org/currencies']], puts: () => [{ iso_code: 'EUR' }, { iso_code: 'USD' }] },
};

const fieldsOfContacts = ['GET /settings/fields?module=Contacts'] as const;

export const customField: Cases = {
	ensure: {
		parameters: () => ({ ...of('Contacts'), label: 'Zoho Books ID', type: 'text' }),
		sends: () => [
			fieldsOfContacts,
			['POST /settings/fields?module=Contacts', { fields: [{ field_label: 'Zoho Books ID', data_type: 'text', length: 255 }] }],
			fieldsOfContacts,
		],
		puts: () => [{ module: 'Contacts', apiName: 'Zoho_Books_ID', state: 'created', problems: [] }],
	},
};

const labels = { singular_label: 'Books Payment', plural_label: 'Books Payments' };

export const crmModule: Cases = {
	ensure: {
		parameters: () => ({ apiName: 'Books_Payments', singularLabel: 'Books Payment', pluralLabel: 'Books Payments' }),
		sends: () => [
			['GET /settings/modules'],
			['GET /settings/profiles'],
			['POST /settings/modules', { modules: [{ ...labels, api_name: 'Books_Payments', profiles: [{ id: anId }, { id: anId }] }] }],
			['GET /settings/modules'],
		],
		puts: () => [{ apiName: 'Books_Payments', state: 'created', problems: [] }],
	},
	get: { parameters: () => of('Leads'), sends: () => [['GET /settings/modules/Leads']], puts: () => [{ api_name: 'Leads', convertable: true }] },
	getAll: { parameters: () => ({ limit: 1 }), sends: () => [['GET /settings/modules']], puts: () => [{ api_name: 'Leads' }] },
};

const channel = {
	channelId: '1000000068001',
	events: 'Contacts.create, Accounts.all',
	notifyUrl: 'https://n8n.example.com/webhook/zoho',
	token: 'secret-token',
	hours: 24,
};
const sentChannel = {
	watch: [
		{
			channel_id: '1000000068001',
			events: ['Contacts.create', 'Accounts.all'],
			notify_url: 'https://n8n.example.com/webhook/zoho',
			token: 'secret-token',
			channel_expiry: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/) as string,
			notify_on_related_action: false,
			return_affected_field_values: false,
		},
	],
};
const granted = [{ channelId: '1000000068001', events: ['Contacts.create', 'Accounts.all'], notifyUrl: channel.notifyUrl }];
const enabled: Cases[string]['given'] = async (crm) => {
	await crm.run({ ...channel, resource: 'notificationChannel', operation: 'enable' });
	return {};
};

export const notificationChannel: Cases = {
	disable: {
		given: enabled,
		parameters: () => channel,
		sends: () => [['DELETE /actions/watch?channel_ids=1000000068001']],
		puts: () => [{ channelId: '1000000068001', disabled: true }],
	},
	enable: { parameters: () => channel, sends: () => [['POST /actions/watch', sentChannel]], puts: () => granted },
	getAll: {
		given: enabled,
		parameters: () => ({ limit: 5 }),
		sends: () => [[line('GET', '/actions/watch', { page: 1, per_page: 5 })]],
		puts: () => ['Contacts', 'Accounts'].map((resource_name) => ({ channel_id: '1000000068001', resource_name })),
	},
	renew: { given: enabled, parameters: () => channel, sends: () => [['PUT /actions/watch', sentChannel]], puts: () => granted },
};

export const organization: Cases = {
	get: { parameters: () => ({}), sends: () => [['GET /org']], puts: () => [{ company_name: 'Acme Inc.', license_details: {} }] },
};

const taxes = ['GET /org/taxes'] as const;

export const tax: Cases = {
	ensure: {
		parameters: () => ({ taxName: 'VAT 19', percentage: 19 }),
		sends: () => [taxes, ['POST /org/taxes', { org_taxes: { taxes: [{ name: 'VAT 19', value: 19, sequence_number: 2 }] } }], taxes],
		puts: () => [{ name: 'VAT 19', percentage: 19, state: 'created', problems: [] }],
	},
	getAll: { parameters: () => ({ limit: 5 }), sends: () => [taxes], puts: () => [{ name: 'VAT 7', value: 7 }] },
};
