import { at, line, note, whole, type Cases, type Ids } from './case.mts';
import { commonCases } from './common.mts';
import type { Maker } from './maker.mts';

const items = commonCases({ path: '/items', idField: 'item_id', parameter: 'itemId', given: async (make) => ({ it: await make.item({ name: 'Lamp', sku: 'L-1' }) }) });
const itemForm = { itemName: 'Drive', rate: '120', fields: { sku: 'HD', unit: 'pcs', is_taxable: true, custom_fields: note.form } };
const itemBody = { name: 'Drive', rate: 120, sku: 'HD', unit: 'pcs', is_taxable: true, custom_fields: note.sent };

export const item: Cases = {
	create: items.create(undefined, () => itemForm, () => itemBody, { name: 'Drive', rate: 120, sku: 'HD', cf_note: 'From n8n' }),
	upsert: { parameters: () => itemForm, sends: () => [['POST /items', itemBody]], puts: () => [{ name: 'Drive', rate: 120, cf_note: 'From n8n' }] },
	update: items.update({ rate: '21.5', description: 'Bright' }, { rate: 21.5, description: 'Bright' }),
	get: items.get,
	getAll: items.getAll({ name_contains: 'am', rate_less_than: 21 }, { name_contains: 'am', rate_less_than: '21' }, { sort_column: 'rate', sort_order: 'A' }),
	getByIds: {
		given: async (make) => ({ one: await make.item(), other: await make.item() }),
		parameters: ({ one = '', other = '' }) => ({ itemIds: `${other}, ${one}` }),
		sends: ({ one = '', other = '' }) => [[line('GET', '/itemdetails', { item_ids: `${other},${one}` })]],
		puts: ({ one, other }) => [{ item_id: other }, { item_id: one }],
	},
	delete: items.delete,
	markActive: items.mark('active', { below: '/active', from: ['/inactive'] }),
	markInactive: items.mark('inactive', { below: '/inactive' }),
	updateCustomFields: items.customFields('/item'),
};

const currencies = commonCases({
	path: '/settings/currencies',
	idField: 'currency_id',
	parameter: 'currencyId',
	given: async (make) => ({ it: await make.make('/settings/currencies', 'currency', 'currency_id', { currency_code: 'CHF', currency_format: '1,234,567.89' }) }),
});
const rated = async (make: Maker): Promise<Ids> => {
	const it = await make.make('/settings/currencies', 'currency', 'currency_id', { currency_code: 'CHF', currency_format: '1,234,567.89' });
	const rates = `/settings/currencies/${it}/exchangerates`;
	await make.call('POST', rates, { effective_date: '2026-01-01', rate: 1.1 });
	return { it, rate: await make.first(rates, 'exchange_rates', 'exchange_rate_id') };
};
const rates = ({ it = '' }: Ids) => `/settings/currencies/${it}/exchangerates`;
const oneRate = ({ it, rate }: Ids) => ({ ...at('currencyId', it), exchangeRateId: rate });
const rateForm = { effectiveDate: '2026-02-01T00:00:00', rate: 1.25 };
const rateBody = { effective_date: '2026-02-01', rate: 1.25 };

export const currency: Cases = {
	create: currencies.create(
		undefined,
		() => ({ currencyCode: 'SEK', currencyFormat: '1,234,567.89', fields: { currency_symbol: 'kr', price_precision: 2 } }),
		() => ({ currency_code: 'SEK', currency_format: '1,234,567.89', currency_symbol: 'kr', price_precision: 2 }),
		{ currency_code: 'SEK', currency_symbol: 'kr' },
	),
	update: currencies.update({ currency_symbol: 'Fr.' }, { currency_symbol: 'Fr.' }),
	delete: currencies.delete,
	get: currencies.get,
	getAll: {
		given: rated,
		parameters: () => ({ returnAll: true, filters: { filter_by: 'Currencies.ExcludeBaseCurrency' } }),
		sends: () => [[line('GET', '/settings/currencies', { filter_by: 'Currencies.ExcludeBaseCurrency', ...whole })]],
		puts: () => expect.arrayContaining([expect.objectContaining({ currency_code: 'CHF', exchange_rate: 1.1 })]) as object,
	},
	createExchangeRate: { given: rated, parameters: ({ it }) => ({ ...at('currencyId', it), ...rateForm }), sends: (ids) => [[`POST ${rates(ids)}`, rateBody]], puts: () => [rateBody] },
	getExchangeRate: { given: rated, parameters: oneRate, sends: (ids) => [[`GET ${rates(ids)}/${ids.rate ?? ''}`]], puts: () => [{ rate: 1.1 }] },
	getExchangeRates: {
		given: rated,
		parameters: ({ it }) => ({ ...at('currencyId', it), returnAll: true }),
		sends: (ids) => [[line('GET', rates(ids), whole)]],
		puts: ({ rate }) => [{ exchange_rate_id: rate, rate: 1.1, effective_date: '2026-01-01' }],
	},
	updateExchangeRate: { given: rated, parameters: (ids) => ({ ...oneRate(ids), ...rateForm }), sends: (ids) => [[`PUT ${rates(ids)}/${ids.rate ?? ''}`, rateBody]], puts: () => [rateBody] },
	deleteExchangeRate: { given: rated, parameters: oneRate, sends: (ids) => [[`DELETE ${rates(ids)}/${ids.rate ?? ''}`]], puts: () => [{ deleted: true }] },
};

const taxes = commonCases({
	path: '/settings/taxes',
	idField: 'tax_id',
	parameter: 'taxId',
	given: async (make) => ({ it: await make.make('/settings/taxes', 'tax', 'tax_id', { tax_name: 'City', tax_percentage: 2 }) }),
});

export const tax: Cases = {
	create: taxes.create(undefined, () => ({ taxName: 'VAT', taxPercentage: 19, fields: { is_value_added: true } }), () => ({ tax_name: 'VAT', tax_percentage: 19, is_value_added: true }), { tax_name: 'VAT', tax_percentage: 19 }),
	update: taxes.update({ tax_percentage: 2.5, tax_name: 'Town' }, { tax_percentage: 2.5, tax_name: 'Town' }),
	get: taxes.get,
	getAll: { given: async (make) => ({ it: await make.make('/settings/taxes', 'tax', 'tax_id', { tax_name: 'City', tax_percentage: 2 }) }), parameters: () => ({ returnAll: true }), sends: () => [[line('GET', '/settings/taxes', whole)]], puts: ({ it }) => [{ tax_id: it }] },
	delete: taxes.delete,
};

export const organization: Cases = {
	get: { given: async (make) => Promise.resolve({ it: make.organizationId }), parameters: () => ({}), sends: ({ it = '' }) => [[`GET /organizations/${it}`]], puts: ({ it = '' }) => [{ organization_id: it }] },
	getAll: { given: async (make) => Promise.resolve({ it: make.organizationId }), parameters: () => ({ returnAll: true }), sends: () => [[line('GET', '/organizations', whole)]], puts: ({ it = '' }) => [{ organization_id: it }] },
};

const secret = 'abcdefghijkl1234';
const makeWebhook = async (make: Maker): Promise<string> =>
	await make.make('/settings/webhooks', 'webhook', 'webhook_id', { webhook_name: make.name('Hook'), entity: 'invoice', method: 'POST', url: 'https://example.com/hook', secret });
const webhooks = commonCases({ path: '/settings/webhooks', idField: 'webhook_id', parameter: 'webhookId', given: async (make) => ({ it: await makeWebhook(make) }) });

export const webhook: Cases = {
	create: webhooks.create(
		undefined,
		() => ({ webhookName: 'New invoices', entity: 'invoice', url: 'https://example.com/new', method: 'POST', fields: { secret, headers: { header: [{ param_name: 'X-From', param_value: 'Books' }] } } }),
		() => ({ webhook_name: 'New invoices', entity: 'invoice', url: 'https://example.com/new', method: 'POST', secret, headers: [{ param_name: 'X-From', param_value: 'Books' }] }),
		{ webhook_name: 'New invoices', entity: 'invoice', headers: [{ param_name: 'X-From', param_value: 'Books' }] },
	),
	update: webhooks.update({ url: 'https://example.com/moved', description: 'Moved' }, { url: 'https://example.com/moved', description: 'Moved' }),
	get: webhooks.get,
	getAll: { ...webhooks.getAll({}, {}), parameters: () => ({ returnAll: true }) },
	delete: webhooks.delete,
};

const makeRule = async (make: Maker): Promise<Ids> => {
	const action = await makeWebhook(make);
	const rule = { workflow_name: make.name('Rule'), rule_type: 'add', entity: 'invoice', rule: {}, apply_rule_always: true, instant_actions: [{ action_id: action, action_type: 'webhook' }] };
	return { webhook: action, it: await make.make('/settings/workflows', 'workflow', 'workflow_id', rule) };
};
const rules = commonCases({ path: '/settings/workflows', idField: 'workflow_id', parameter: 'workflowRuleId', given: makeRule });

export const workflowRule: Cases = {
	create: rules.create(
		async (make) => ({ webhook: await makeWebhook(make) }),
		({ webhook: id }) => ({ workflowName: 'Invoices', entity: 'invoice', ruleType: 'add_edit', instantActions: { action: [{ action_id: id, action_type: 'webhook' }] }, fields: { description: 'By n8n' } }),
		({ webhook: id }) => ({ rule: {}, apply_rule_always: true, workflow_name: 'Invoices', entity: 'invoice', rule_type: 'add_edit', instant_actions: [{ action_id: id, action_type: 'webhook' }], description: 'By n8n' }),
		{ workflow_name: 'Invoices', rule_type: 'add_edit', is_active: true },
	),
	update: rules.update({ workflow_name: 'Deleted invoices', rule_type: 'delete' }, { workflow_name: 'Deleted invoices', rule_type: 'delete' }),
	get: rules.get,
	getAll: { ...rules.getAll({}, {}), parameters: () => ({ returnAll: true }) },
	delete: rules.delete,
	markActive: rules.mark('active', { below: '/active', from: ['/inactive'] }),
	markInactive: rules.mark('inactive', { below: '/inactive' }),
};
