import { invalid } from './errors.mts';
import { type Item, itemFields } from './items.mts';
import { itemDetail, itemRow } from './itemRender.mts';
import { activityFilters } from './list.mts';
import type { BooksOrg } from './org.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';
import { listed, type ListSpec, parametersOf } from './rows.mts';

/** `GET /items`; parameters and columns after Zoho's OpenAPI file, last_modified_time as public clients send it, defaults as recorded. */
function itemList(org: BooksOrg): ListSpec<Item> {
	const text = (name: string) => (item: Item) => String(item.fields[name] ?? '');
	const taxName = (item: Item) => org.taxes.byId.get(text('tax_id')(item))?.name ?? '';
	return {
		key: 'items',
		report: 'Items',
		texts: {
			name: ({ name }) => name,
			description: text('description'),
			sku: text('sku'),
			tax_name: taxName,
		},
		exact: {
			tax_id: (item, wanted) => text('tax_id')(item) === wanted,
			account_id: (item, wanted) => (text('account_id')(item) || org.accountIds.sales) === wanted,
			is_taxable: (item, wanted) => String(item.fields['is_taxable'] ?? true) === wanted,
		},
		amounts: { rate: ({ rate }) => rate },
		searched: (item) => [item.name, text('description')(item), text('sku')(item)],
		filters: activityFilters,
		defaultFilter: 'Status.All',
		sorts: {
			name: ({ name }) => name.toLowerCase(),
			rate: ({ rate }) => rate,
			tax_name: taxName,
			last_modified_time: ({ modifiedAt }) => Math.floor(modifiedAt / 1000),
		},
		defaultSort: ['name', 'A'],
		modified: ({ modifiedAt }) => modifiedAt,
		row: (item) => itemRow(org, item),
	};
}

const fields = [
	'name',
	'rate',
	...Object.keys(itemFields),
	'tax_percentage',
	'purchase_tax_rule_id',
	'sales_tax_rule_id',
	'avatax_tax_code',
	'avatax_use_code',
	'item_tax_preferences',
	'locations',
	'custom_fields',
];
const shown = ({ org }: BooksCall, item: Item, message?: string, status?: number) =>
	success({ item: itemDetail(org, item) }, message, status);
const noted = (call: BooksCall, action: 'create' | 'update' | 'delete', item: Item) =>
	call.org.noted('items', action, item.id, 'api');

/** Everything about items that the simulated Books answers; methods, paths and scopes after Zoho's OpenAPI file, messages as recorded. */
export const itemRoutes: readonly BooksRoute[] = [
	{
		method: 'GET',
		path: '/items',
		scope: 'settings.READ',
		query: (org) => parametersOf(itemList(org)),
		answer: (call) => success(listed(call, [...call.org.items.byId.values()], itemList(call.org))),
	},
	{
		method: 'POST',
		path: '/items',
		scope: 'settings.CREATE',
		fields,
		answer: (call) => {
			const item = call.org.items.create(call.body(), 'api');
			noted(call, 'create', item);
			return {
				...shown(call, item, 'The item has been added.', 201),
				headers: { location: `/api/v3/items/${item.id}` },
			};
		},
	},
	{
		method: 'GET',
		path: '/itemdetails',
		scope: 'settings.READ',
		query: ['item_ids'],
		// Items that there are not are left out, it is assumed.
		answer: (call) => {
			const ids = (call.query.get('item_ids') ?? '').split(',').filter(Boolean);
			if (ids.length === 0 || ids.length > 200) invalid('item_ids');
			const items = ids.flatMap((one) => call.org.items.byId.get(one.trim()) ?? []);
			return success({ items: items.map((item) => itemDetail(call.org, item)) });
		},
	},
	{
		method: 'GET',
		path: '/items/{}',
		scope: 'settings.READ',
		answer: (call) => shown(call, call.org.items.get(id(call))),
	},
	{
		method: 'PUT',
		path: '/items/{}',
		scope: 'settings.UPDATE',
		fields,
		answer: (call) => {
			const item = call.org.items.update(id(call), call.body());
			noted(call, 'update', item);
			return shown(call, item, 'Item details have been saved.');
		},
	},
	{
		method: 'DELETE',
		path: '/items/{}',
		scope: 'settings.DELETE',
		answer: (call) => {
			noted(call, 'delete', call.org.items.remove(id(call)));
			return success({}, 'The item has been deleted.');
		},
	},
	{
		method: 'PUT',
		path: '/item/{}/customfields',
		scope: 'settings.UPDATE',
		fields: [],
		answer: (call) => {
			noted(call, 'update', call.org.items.update(id(call), { custom_fields: call.list() }));
			return success({}, 'Custom Fields Updated Successfully');
		},
	},
	...(['active', 'inactive'] as const).map((state): BooksRoute => ({
		method: 'POST',
		path: `/items/{}/${state}`,
		scope: 'settings.CREATE',
		answer: (call) => {
			noted(call, 'update', call.org.items.setActive(id(call), state === 'active'));
			return success({}, `The item has been marked as ${state}.`);
		},
	})),
];
