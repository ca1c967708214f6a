import { stageProbability } from './modules.mts';
import type { CrmOrg, ModuleState } from './org.mts';
import type { Row, Value } from './store.mts';
import { expectedRevenue, totalsOf, withAmounts } from './totals.mts';

type Values = Readonly<Record<string, Value>>;

/** Currency and rate of a record: those sent, else those it has, else the home currency at the organization's rate. */
function inCurrency(org: CrmOrg, before: Values, sent: Values): Record<string, Value> {
	const code = sent['Currency'] ?? before['Currency'] ?? org.money.home.isoCode;
	const moved = code !== before['Currency'];
	const rate = sent['Exchange_Rate'] ?? (moved ? undefined : before['Exchange_Rate']);
	return { Currency: code, Exchange_Rate: rate ?? org.money.rate(code) };
}

/** A Deal's probability follows its stage, unless it is sent itself. */
function probability(before: Values, sent: Values): Record<string, Value> {
	const { Stage: stage } = sent;
	if (typeof stage !== 'string' || stage === before['Stage'] || typeof sent['Probability'] === 'number')
		return {};
	const known = stageProbability.get(stage);
	return known === undefined ? {} : { Probability: known };
}

/** All values of a record that is written, with the fields that CRM fills itself. */
export function computed(
	org: CrmOrg,
	module: ModuleState,
	before: Values,
	sent: Values,
): Record<string, Value> {
	const full: Record<string, Value> = { ...before, ...sent };
	if (module.fields.has('Full_Name')) {
		full['Full_Name'] = [full['First_Name'], full['Last_Name']]
			.filter((part) => part !== null && part !== undefined)
			.join(' ');
	}
	if (module.fields.has('Exchange_Rate')) Object.assign(full, inCurrency(org, before, sent));
	const places = org.money.places(full['Currency']);
	if (module.spec.name === 'Deals') {
		Object.assign(full, probability(before, sent));
		full['Expected_Revenue'] = expectedRevenue(full, places);
	}
	for (const field of module.fields.values()) {
		if (field.type !== 'subform') continue;
		const rows = ((full[field.name] ?? []) as Row[]).map(({ id, values }) => ({
			id,
			values: withAmounts(values, places),
		}));
		Object.assign(full, { [field.name]: rows.length ? rows : null }, totalsOf(rows, full, places));
	}
	return full;
}

/** The next numbers of a new record's auto-number fields. */
export function autonumbers(module: ModuleState): Record<string, Value> {
	const values: Record<string, Value> = {};
	for (const field of module.fields.values()) {
		if (field.type !== 'autonumber') continue;
		const { prefix = '', start = 1, suffix = '' } = field.numbering ?? {};
		const next = module.counters.get(field.name) ?? start;
		module.counters.set(field.name, next + 1);
		values[field.name] = `${prefix}${next}${suffix}`;
	}
	return values;
}
