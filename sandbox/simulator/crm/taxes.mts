import type { SimResponse } from '../types.mts';
import type { CrmCall } from './call.mts';
import { CrmRefusal, fault, faults, refuse } from './errors.mts';
import type { CrmTax } from './money.mts';
import { isObject, type Json } from './values.mts';

/**
 * `/org/taxes`. Sources: Zoho's own SDKs (taxes: OrgTax, Tax, Preference, ActionWrapper); those for v2 create by POST, those for v6 to v8 by PUT (switch
 * `crmTaxPost`). What one tax may look like is not told; a name stands once, whatever its case.
 */

const longestName = 100;

const taxJson = ({ id, name, value, sequence }: CrmTax) => ({
	display_label: name,
	name,
	id,
	value,
	sequence_number: sequence,
});

/** `GET /org/taxes` and `GET /org/taxes/{id}`; 204 when there is none. */
export function listTaxes(call: CrmCall, id?: string): SimResponse {
	const taxes = call.org.money.taxes.filter((tax) => id === undefined || tax.id === id);
	if (taxes.length === 0) return { status: 204 };
	return {
		status: 200,
		json: {
			org_taxes: {
				taxes: taxes.map(taxJson),
				preference: { auto_populate_tax: false, modify_tax_rates: true },
			},
		},
	};
}

/** One entry carried out on a copy of the taxes; throws a CrmRefusal when it cannot be. */
function put(call: CrmCall, taxes: CrmTax[], entry: Json, path: string): CrmTax[] {
	const { id, name, value, sequence_number: sequence } = entry;
	const before = taxes.find((tax) => tax.id === id);
	if (id !== undefined && !before)
		throw new CrmRefusal(400, faults.badId({ api_name: 'id', json_path: `${path}.id` }));
	const others = taxes.filter((tax) => tax !== before);
	if (before && Object.hasOwn(entry, '_delete')) return others;
	for (const [field, sent] of Object.entries({ name, value }))
		if ((sent === undefined || sent === null || sent === '') && !before)
			throw new CrmRefusal(400, faults.mandatory(field, `${path}.${field}`));
	const title = name ?? before?.name;
	const rate = value ?? before?.value;
	if (typeof title !== 'string') throw new CrmRefusal(400, faults.type('text', 'name', `${path}.name`));
	if (title.trim().length > longestName)
		throw new CrmRefusal(400, faults.tooLong(longestName, 'name', `${path}.name`));
	if (typeof rate !== 'number' || rate < 0 || rate > 100)
		throw new CrmRefusal(400, faults.type('double', 'value', `${path}.value`));
	if (others.some((tax) => tax.name.toLowerCase() === title.trim().toLowerCase())) {
		throw new CrmRefusal(
			400,
			fault('DUPLICATE_DATA', 'duplicate data', { api_name: 'name', json_path: `${path}.name` }),
		);
	}
	return [
		...others,
		{
			id: before?.id ?? call.org.newId(),
			name: title.trim(),
			value: rate,
			sequence: typeof sequence === 'number' ? sequence : (before?.sequence ?? taxes.length + 1),
		},
	];
}

/** `POST` and `PUT /org/taxes`: all entries or none. The answer names no ids. */
export function writeTaxes(call: CrmCall, method: 'POST' | 'PUT'): SimResponse {
	const { org } = call;
	if (method === 'POST' && !org.switches.crmTaxPost)
		refuse(400, 'INVALID_REQUEST_METHOD', 'The http request method type is not a valid one');
	const order = call.json()['org_taxes'];
	const entries = isObject(order) ? order['taxes'] : undefined;
	if (!Array.isArray(entries) || entries.length === 0)
		throw new CrmRefusal(400, faults.mandatory('taxes', '$.org_taxes.taxes'));
	const taxes = entries.reduce<CrmTax[]>((list, entry: unknown, index) => {
		const path = `$.org_taxes.taxes[${index}]`;
		if (!isObject(entry)) throw new CrmRefusal(400, faults.type('jsonobject', 'taxes', path));
		return put(call, list, entry, path);
	}, org.money.taxes);
	org.money.taxes = taxes.sort((a, b) => a.sequence - b.sequence);
	return {
		status: method === 'POST' ? 201 : 200,
		json: { org_taxes: { code: 'SUCCESS', details: {}, message: 'taxes updated', status: 'success' } },
	};
}
