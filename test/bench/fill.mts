import { textAt, type Pair } from '../../sandbox/check/pair.mts';
import { LaunchError } from '../../sandbox/launcher/failure.mts';
import type { World } from '../../sandbox/simulator/world.mts';
import { companyOf, emailOf } from './burst.mts';

const lastName = (n: number) => `Bassi ${n}`;

/**
 * Customers of Books, each a company with one person, and every second one in CRM, too, not yet linked. The first one is made as at the
 * desk and the others are copies of it in the simulator's memory: a check of every name against all others would take its time.
 */
export function fill(pair: Pair, name: string, customers: number): void {
	const { world } = pair.simulator;
	copyInBooks(world, pair, name, customers);
	for (let n = 0; n < customers; n += 2) {
		const { id } = pair.createInCrm('Accounts', { Account_Name: companyOf(name, n) }, true);
		pair.createInCrm('Contacts', { Last_Name: lastName(n), Email: emailOf(name, n), Account_Name: { id } }, true);
	}
}

function copyInBooks(world: World, pair: Pair, name: string, customers: number): void {
	const person = { first_name: 'Laura', last_name: lastName(0), email: emailOf(name, 0), phone: '+39 051 1' };
	const first = textAt(pair.createCompanyInBooks(companyOf(name, 0), person), 'contact_id');
	const contacts = world.tenantOf('books', pair.booksAt)?.books.contacts.byId;
	const original = contacts?.get(first);
	if (!contacts || !original) throw new LaunchError('The simulated Books has not kept the first customer.');
	for (let n = 1; n < customers; n++) {
		const copy = structuredClone(original);
		copy.id = world.newId();
		copy.name = companyOf(name, n);
		copy.fields['company_name'] = copy.name;
		for (const address of [copy.billing, copy.shipping]) address.address_id = world.newId();
		for (const one of copy.persons) {
			Object.assign(one, { id: world.newId(), contactId: copy.id });
			Object.assign(one.texts, { last_name: lastName(n), email: emailOf(name, n) });
		}
		contacts.set(copy.id, copy);
	}
}

/** Throws unless each customer is one Account with one Contact in CRM. */
export function demandAllOnce(pair: Pair, name: string, customers: number): void {
	for (const [module, field] of [
		['Accounts', 'Account_Name'],
		['Contacts', 'Email'],
	] as const) {
		const found = pair.crm(module).map((record) => String(record[field]));
		const missing = Array.from({ length: customers }, (_, n) => (module === 'Accounts' ? companyOf(name, n) : emailOf(name, n)));
		const has = new Set(found);
		const lost = missing.filter((one) => !has.has(one));
		if (lost.length > 0) throw new LaunchError(`${lost.length} ${module} are not in CRM, for instance ${lost[0]}.`);
		if (found.length !== customers) throw new LaunchError(`CRM has ${found.length} ${module}, not ${customers}.`);
	}
}
