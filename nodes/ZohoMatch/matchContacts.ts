/** Accounts and Contacts on their way to Books contacts: what must be known of both systems to decide. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { isBlank } from '../../sync/fields';
import { linkField } from '../../sync/mark';
import { personsOf } from '../../sync/resolveBooks';
import { nothingKnown, planBooks, type BooksKnowledge, type BooksPlan } from '../../sync/plan';
import { connect } from '../shared/connection';
import { lookUp } from './booksKnowledge';
import { readLinks } from './candidates';
import { companyLink, type BooksInput, type MatchSettings } from './items';
import { completePlan, readOwners } from './rounds';

/** The plan over all of them at once: an Account and its Contacts are one Books contact. */
export async function planContacts(
	context: IExecuteFunctions,
	inputs: BooksInput[],
	settings: MatchSettings,
): Promise<BooksPlan> {
	await addCompanyLinks(context, inputs);
	const items = inputs.map(({ item }) => item);
	const known = nothingKnown();
	return await completePlan(
		context,
		() => planBooks(items, known, settings),
		async (books, { needs }) => {
			await lookUp(books, needs, known);
			await addOwners(context, inputs, known);
		},
	);
}

/** For unlinked persons whose source record does not bring the company's link: one CRM call for 50 companies. */
async function addCompanyLinks(context: IExecuteFunctions, inputs: BooksInput[]): Promise<void> {
	const missing = inputs.filter(
		({ item }) => item.account && companyLink(item.source) === undefined && isBlank(item.source[linkField]),
	);
	if (missing.length === 0) return;
	const ids = missing.flatMap(({ item }) => (item.account ? [item.account.id] : []));
	const rows = await readLinks(await connect(context, 'crm'), 'Accounts', 'id', ids);
	const links = new Map(rows.map((row) => [String(row.id), String(row[linkField] ?? '')]));
	for (const { item } of missing) {
		if (item.account) item.account.link = links.get(item.account.id) ?? '';
	}
}

/**
 * Which of the contacts found by name or e-mail, and of the people in those that were read, belong to another CRM record already: two companies of one name must not
 * overwrite each other in Books. One CRM call for 50 contacts, only after a search found any.
 */
async function addOwners(
	context: IExecuteFunctions,
	inputs: BooksInput[],
	known: BooksKnowledge,
): Promise<void> {
	const modules = new Set<string>();
	for (const { item } of inputs) {
		if (item.standsFor === 'contact') modules.add(item.module);
		else if (item.account) modules.add('Accounts');
	}
	const open = inputs.filter(({ item }) => item.standsFor === 'person' && isBlank(item.source[linkField]));
	const owners = (known.linkedTo ??= new Map());
	const found = [...known.searches.values()].flat().map(({ contact_id: id }) => String(id));
	const people = [...known.contacts.values()].flatMap((contact) =>
		personsOf(contact).map(({ contact_person_id: id }) => String(id)),
	);
	await readOwners(context, modules, found, owners);
	await readOwners(context, new Set(open.map(({ item }) => item.module)), people, owners);
}
