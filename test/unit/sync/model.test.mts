import fc from 'fast-check';

import { linkField } from '../../../sync/mark';
import type { ConflictPolicy, JsonObject } from '../../../sync/types';
import { type Event, Model, type ModelOptions } from './model.mts';

const mostRounds = 12;
const deciding: ConflictPolicy[] = ['eventSide', 'newest', 'books', 'crm'];
const value = fc.constantFrom('a', 'b', 'Cc', '7', '+49 1', 'é');
const orBlank = fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constant('') });

const contactEdit = fc.record({ field: fc.constantFrom('website', 'notes', 'city'), to: orBlank });
const personEdit = fc.record({ field: fc.constantFrom('phone', 'first_name'), to: orBlank });
const crmNames: Record<string, string> = {
	website: 'Website',
	notes: 'Description',
	city: 'Billing_City',
	phone: 'Phone',
	first_name: 'First_Name',
};

type Step =
	| { do: 'createBooks' | 'createCrm'; persons: number }
	| { do: 'addPersonBooks' | 'addPersonCrm'; at: number }
	| { do: 'editBooks' | 'editCrm'; at: number; edit: { field: string; to: string } }
	| { do: 'editPersonBooks' | 'editPersonCrm'; at: number; edit: { field: string; to: string } }
	| { do: 'deliver'; at: number[]; twice: boolean }
	| { do: 'drop' | 'repeat'; at: number }
	| { do: 'poll' };

const at = fc.nat(50);
const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ do: fc.constantFrom('createBooks' as const, 'createCrm' as const), persons: fc.nat(2) }),
	fc.record({ do: fc.constantFrom('addPersonBooks' as const, 'addPersonCrm' as const), at }),
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constantFrom('editBooks' as const, 'editCrm' as const),
			at,
			edit: contactEdit,
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constantFrom('editPersonBooks' as const, 'editPersonCrm' as const),
			at,
			edit: personEdit,
		}),
	},
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constant('deliver' as const),
			at: fc.array(at, { minLength: 1, maxLength: 4 }),
			twice: fc.boolean(),
		}),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constantFrom('drop' as const, 'repeat' as const), at }) },
	fc.record({ do: fc.constant('poll' as const) }),
);
const timed = fc.tuple(fc.nat(2), step);

const options: fc.Arbitrary<ModelOptions> = fc.record({
	toCrm: fc.constantFrom(...deciding),
	toBooks: fc.constantFrom(...deciding),
	overwriteBlank: fc.boolean(),
	lossy: fc.boolean(),
});

function pick<T>(list: T[], at: number): T | undefined {
	return list.length === 0 ? undefined : list[at % list.length];
}

let names = 0;
const newPerson = () => ({
	first_name: 'Ann',
	last_name: `Last ${++names}`,
	email: `p${names}@example.com`,
	phone: '1',
});
const asCrm = (person: ReturnType<typeof newPerson>, account: string) => ({
	First_Name: person.first_name,
	Last_Name: person.last_name,
	Email: ` ${person.email.toUpperCase()}`.trim(),
	Phone: person.phone,
	Account_Name: { id: account, name: 'its Account' },
});

function take(model: Model, step: Step): void {
	switch (step.do) {
		case 'createBooks':
			model.saveContact({
				contact_name: `Company ${++names}`,
				contact_persons: Array.from({ length: step.persons }, newPerson),
			});
			return;
		case 'createCrm': {
			const id = model.saveCrm('Accounts', { Account_Name: `Company ${++names}` });
			for (let n = 0; n < step.persons; n += 1) model.saveCrm('Contacts', lower(asCrm(newPerson(), id)));
			return;
		}
		case 'addPersonBooks': {
			const contact = pick([...model.books.values()], step.at);
			if (contact) model.saveContact({ contact_id: contact.contact_id, contact_persons: [newPerson()] });
			return;
		}
		case 'addPersonCrm': {
			const account = pick([...model.crm.Accounts.values()], step.at);
			if (account) model.saveCrm('Contacts', lower(asCrm(newPerson(), String(account.id))));
			return;
		}
		case 'editBooks': {
			const contact = pick([...model.books.values()], step.at);
			if (contact) model.saveContact({ contact_id: contact.contact_id, ...booksEdit(step.edit) });
			return;
		}
		case 'editCrm':
		case 'editPersonCrm': {
			const module = step.do === 'editCrm' ? 'Accounts' : 'Contacts';
			const record = pick([...model.crm[module].values()], step.at);
			if (record)
				model.saveCrm(module, { id: record.id, [crmNames[step.edit.field] as string]: step.edit.to });
			return;
		}
		case 'editPersonBooks': {
			const contact = pick([...model.books.values()], step.at);
			const person = contact && pick(contact.contact_persons as JsonObject[], step.at);
			if (!person) return;
			const changed = { contact_person_id: person.contact_person_id, [step.edit.field]: step.edit.to };
			model.saveContact({ contact_id: contact.contact_id, contact_persons: [changed] });
			return;
		}
		case 'deliver': {
			const events = [
				...new Set(step.at.map((one) => pick(model.pending, one)).filter((event) => event !== undefined)),
			];
			model.pending = model.pending.filter((event) => !events.includes(event));
			model.deliver(step.twice ? [...events, ...events] : events);
			return;
		}
		case 'drop': {
			const lost = pick(model.pending, step.at);
			model.pending = model.pending.filter((event) => event !== lost);
			return;
		}
		case 'repeat': {
			const doubled = pick(model.pending, step.at);
			if (doubled) model.pending.push(structuredClone(doubled));
			return;
		}
		case 'poll':
			model.poll();
	}
}

const lower = (record: ReturnType<typeof asCrm>) => ({ ...record, Email: record.Email.toLowerCase() });

function booksEdit({ field, to }: { field: string; to: string }): JsonObject {
	return field === 'city' ? { billing_address: { city: to } } : { [field]: to };
}

function play(model: Model, steps: Array<[number, Step]>): void {
	for (const [seconds, one] of steps) {
		model.tick(seconds);
		take(model, one);
	}
}

/** Nobody edits any more; whatever was lost, a poll brings, and the next one what followed from that and came as a webhook of the second of a write of ours. */
function comeToRest(model: Model): void {
	expect(model.settle(mostRounds)).toBeLessThan(mostRounds);
	for (let polls = 0; polls < 2; polls += 1) {
		model.tick(5);
		model.poll();
		expect(model.settle(mostRounds)).toBeLessThan(mostRounds);
	}
}

function writesOfAnotherPoll(model: Model): number {
	const before = model.writes.books + model.writes.crm;
	model.poll();
	model.settle(mostRounds);
	return model.writes.books + model.writes.crm - before;
}

describe('two stores and both rows, with deliveries lost, doubled, late and out of order', () => {
	test('both sides agree in the end, every record stands once on each side, and then nothing is written any more', () => {
		fc.assert(
			fc.property(
				options,
				fc.array(timed, { minLength: 1, maxLength: 40, size: 'max' }),
				(setting, steps) => {
					const model = new Model(setting);
					play(model, steps);
					comeToRest(model);
					expect(model.differences()).toEqual([]);
					expect(model.reviews).toBe(0);
					expect(model.problems).toEqual([]);
					expect(writesOfAnotherPoll(model)).toBe(0);
				},
			),
			{ numRuns: 1500 },
		);
	});

	test('where each row gives way to the other side, a conflict in a field that the mark does not know is settled', () => {
		const model = new Model({ toCrm: 'crm', toBooks: 'books', overwriteBlank: false, lossy: false });
		const account = model.saveCrm('Accounts', { Account_Name: 'Acme' });
		model.saveCrm('Contacts', lower(asCrm(newPerson(), account)));
		model.deliver([model.pending.pop() as Event]);
		const { contact_id: id } = [...model.books.values()][0] as JsonObject;
		model.saveCrm('Accounts', { id: account, Description: 'from CRM' });
		model.saveContact({ contact_id: id, website: 'acme.example' });
		model.deliver([model.pending.pop() as Event]);
		model.saveContact({ contact_id: id, notes: 'from Books' });
		comeToRest(model);
		expect(model.differences()).toEqual([]);
	});

	test('with the policy review the rows come to rest too, and no conflicting value is overwritten on either side', () => {
		const review = fc.record({ overwriteBlank: fc.boolean(), lossy: fc.constant(false) });
		fc.assert(
			fc.property(review, fc.array(timed, { maxLength: 25, size: 'max' }), (setting, steps) => {
				const model = new Model({ ...setting, toCrm: 'review', toBooks: 'review' });
				const contact = model.saveContact({
					contact_name: 'Acme',
					website: 'start',
					contact_persons: [newPerson()],
				});
				comeToRest(model);
				const account = [...model.crm.Accounts.values()][0] as JsonObject;
				model.tick(1);
				model.saveContact({ contact_id: contact.contact_id, website: 'from Books' });
				model.saveCrm('Accounts', { id: account.id, Website: 'from CRM' });
				play(
					model,
					steps.filter(([, one]) => !('edit' in one && one.edit.field === 'website')),
				);
				comeToRest(model);
				expect(model.books.get(String(contact.contact_id))?.website).toBe('from Books');
				expect(model.crm.Accounts.get(String(account.id))?.Website).toBe('from CRM');
				expect(model.reviews).toBeGreaterThan(0);
				expect(writesOfAnotherPoll(model)).toBe(0);
			}),
			{ numRuns: 200 },
		);
	});

	test('edits of different fields on both sides both survive, whatever the policy and the order of delivery', () => {
		const fields = fc.uniqueArray(fc.constantFrom('website', 'notes', 'phone', 'first_name', 'city'), {
			minLength: 2,
			maxLength: 4,
		});
		const policies = fc.constantFrom<ConflictPolicy>(...deciding, 'review');
		const deliveries = fc.array(
			timed.filter(
				([, one]) => one.do === 'deliver' || one.do === 'drop' || one.do === 'repeat' || one.do === 'poll',
			),
			{ maxLength: 8 },
		);
		fc.assert(
			fc.property(
				fields,
				policies,
				policies,
				deliveries,
				fc.nat(3),
				(edited, toCrm, toBooks, steps, between) => {
					const model = new Model({ toCrm, toBooks, overwriteBlank: true, lossy: false });
					const { contact_id: id } = model.saveContact({
						contact_name: 'Acme',
						contact_persons: [newPerson()],
					});
					comeToRest(model);
					const account = [...model.crm.Accounts.values()][0] as JsonObject;
					const person = [...model.crm.Contacts.values()][0] as JsonObject;
					edited.forEach((field, n) => {
						const ofPerson = field === 'phone' || field === 'first_name';
						const edit = { field, to: `new ${n}` };
						if (n % 2 === 0 && ofPerson) take(model, { do: 'editPersonBooks', at: 0, edit });
						else if (n % 2 === 0) take(model, { do: 'editBooks', at: 0, edit });
						else
							model.saveCrm(ofPerson ? 'Contacts' : 'Accounts', {
								id: (ofPerson ? person : account).id,
								[crmNames[field] as string]: edit.to,
							});
						if (n === between) play(model, steps);
						model.tick(1);
					});
					play(model, steps);
					comeToRest(model);
					expect(model.differences()).toEqual([]);
					const contact = model.books.get(String(id)) as JsonObject;
					const everything: JsonObject = {
						...(contact.contact_persons as JsonObject[])[0],
						...contact,
						...(contact.billing_address as JsonObject),
					};
					edited.forEach((field, n) => expect(everything[field]).toBe(`new ${n}`));
					expect(model.reviews).toBe(0);
				},
			),
			{ numRuns: 600 },
		);
	});

	test('an echo of a Books write costs no call to Books, and one edit in CRM costs one write to Books', () => {
		const model = new Model({
			toCrm: 'eventSide',
			toBooks: 'eventSide',
			overwriteBlank: false,
			lossy: false,
		});
		model.saveContact({ contact_name: 'Acme', website: 'w', contact_persons: [newPerson(), newPerson()] });
		comeToRest(model);
		expect(model.writes.books + model.reads.books).toBe(0);

		const [person] = model.crm.Contacts.values();
		model.saveCrm('Contacts', { id: person?.id, Phone: '0815' });
		comeToRest(model);
		expect(model.writes.books).toBe(1);
		expect(model.reads.books).toBe(0);
		expect(model.differences()).toEqual([]);
	});

	test('records that stood on both sides before the start are linked, not doubled', () => {
		const model = new Model({ toCrm: 'books', toBooks: 'books', overwriteBlank: false, lossy: false });
		const person = newPerson();
		model.saveContact({ contact_name: 'Acme GmbH', contact_persons: [person] });
		const account = model.saveCrm('Accounts', { Account_Name: 'acme gmbh ' });
		model.saveCrm('Contacts', { ...asCrm(person, account), Phone: '2' });
		comeToRest(model);
		expect(model.books.size).toBe(1);
		expect(model.crm.Accounts.size).toBe(1);
		expect(model.crm.Contacts.size).toBe(1);
		expect([...model.crm.Contacts.values()][0]?.[linkField]).toBeTruthy();
		expect([...model.crm.Contacts.values()][0]?.Phone).toBe('1');
	});
});
