import { at, day, line, note, whole, type Cases, type Ids } from './case.mts';
import { commonCases } from './common.mts';
import type { Maker } from './maker.mts';

const person = { first_name: 'Pat', last_name: 'Boyle', email: 'pat@example.com' };
const given = async (make: Maker): Promise<Ids> => ({ it: await make.contact({ contact_name: 'Aurora', contact_persons: [person] }) });
const contacts = commonCases({ path: '/contacts', idField: 'contact_id', parameter: 'contactId', given });

const fields = {
	contact_type: 'customer',
	company_name: 'Borealis Ltd',
	billing_address: { address: { address: '1 Main Street', city: 'Berlin' } },
	contact_persons: { person: [{ first_name: 'Ann', email: 'ann@example.com' }] },
	custom_fields: note.form,
};
const body = {
	contact_type: 'customer',
	company_name: 'Borealis Ltd',
	billing_address: { address: '1 Main Street', city: 'Berlin' },
	contact_persons: [{ first_name: 'Ann', email: 'ann@example.com' }],
	custom_fields: note.sent,
};
const made = { contact_name: 'Borealis', cf_note: 'From n8n', contact_persons: [expect.objectContaining({ first_name: 'Ann' })] };

export const contact: Cases = {
	addPersons: {
		given,
		// As for long runs: the list of all persons, once.
		parameters: () => ({ ...at('contactId', '={{ $json.contact_id }}'), options: { allPersonsFor: 'a run' } }),
		items: ({ it = '' }) => [{ contact_id: it }],
		sends: () => [[line('GET', '/contacts/contactpersons', whole)]],
		puts: ({ it = '' }) => [{ contact_id: it, contact_persons: [expect.objectContaining({ first_name: 'Pat' })] }],
	},
	create: contacts.create(undefined, () => ({ contactName: 'Borealis', fields }), () => ({ contact_name: 'Borealis', ...body }), made),
	upsert: {
		parameters: () => ({ contactName: 'Borealis', fields }),
		sends: () => [['POST /contacts', { contact_name: 'Borealis', ...body }]],
		puts: () => [made],
	},
	update: {
		given,
		parameters: ({ it }) => ({ ...at('contactId', it), fields: { notes: 'Pays late', custom_fields: note.form } }),
		sends: ({ it = '' }) => [[`PUT /contacts/${it}`, { notes: 'Pays late', custom_fields: note.sent }]],
		puts: ({ it }) => [{ contact_id: it, notes: 'Pays late', cf_note: 'From n8n' }],
	},
	get: contacts.get,
	getAll: contacts.getAll({ contact_name_startswith: 'Aur', contact_type: 'customer' }, { contact_name_startswith: 'Aur', contact_type: 'customer' }, { sort_column: 'created_time', sort_order: 'D' }),
	delete: contacts.delete,
	markActive: contacts.mark('active', { below: '/active', from: ['/inactive'] }),
	markInactive: contacts.mark('inactive', { below: '/inactive' }),
	emailStatement: {
		given,
		parameters: ({ it }) => ({ ...at('contactId', it), emailTo: 'pat@example.com', emailSubject: 'Statement', emailBody: 'Please see.', startDate: day.form, endDate: '2026-07-31' }),
		sends: ({ it = '' }) => [
			[
				line('POST', `/contacts/${it}/statements/email`, { start_date: day.sent, end_date: '2026-07-31' }),
				{ to_mail_ids: ['pat@example.com'], subject: 'Statement', body: 'Please see.' },
			],
		],
		puts: () => [{ emailed: true }],
	},
	...contacts.comments('contact_comments'),
};

const withPerson = async (make: Maker): Promise<Ids> => {
	const ids = await given(make);
	return { ...ids, person: await make.first(`/contacts/${ids.it ?? ''}/contactpersons`, 'contact_persons', 'contact_person_id') };
};
const secondPerson = async (make: Maker): Promise<Ids> => {
	const { it = '' } = await given(make);
	return { it, person: await make.make('/contacts/contactpersons', 'contact_person', 'contact_person_id', { contact_id: it, first_name: 'Ann' }) };
};
const one = ({ it, person: id }: Ids) => ({ ...at('contactId', it), contactPersonId: id });

export const contactPerson: Cases = {
	create: {
		given,
		parameters: ({ it }) => ({ ...at('contactId', it), firstName: 'Ann', fields: { email: 'ann@example.com', department: 'Sales' } }),
		sends: ({ it }) => [['POST /contacts/contactpersons', { first_name: 'Ann', email: 'ann@example.com', department: 'Sales', contact_id: it }]],
		puts: () => [{ first_name: 'Ann', email: 'ann@example.com', department: 'Sales' }],
	},
	delete: { given: secondPerson, parameters: one, sends: ({ person: id = '' }) => [[`DELETE /contacts/contactpersons/${id}`]], puts: () => [{ deleted: true }] },
	get: {
		given: withPerson,
		parameters: one,
		sends: ({ it = '', person: id = '' }) => [[`GET /contacts/${it}/contactpersons/${id}`]],
		puts: ({ person: id = '' }) => [{ contact_person_id: id, first_name: 'Pat' }],
	},
	getAll: {
		given: withPerson,
		parameters: ({ it }) => ({ ...at('contactId', it), limit: 10 }),
		sends: ({ it = '' }) => [[line('GET', `/contacts/${it}/contactpersons`, { page: '1', per_page: '10' })]],
		puts: ({ person: id = '' }) => [{ contact_person_id: id }],
	},
	markPrimary: { given: secondPerson, parameters: one, sends: ({ person: id = '' }) => [[`POST /contacts/contactpersons/${id}/primary`]], puts: () => [{ is_primary_contact: true }] },
	update: {
		given: withPerson,
		parameters: (ids) => ({ ...one(ids), fields: { phone: '+49 30 1' } }),
		sends: ({ it, person: id = '' }) => [
			[`PUT /contacts/contactpersons/${id}`, { phone: '+49 30 1', contact_id: it }],
		],
		puts: ({ person: id = '' }) => [{ contact_person_id: id, phone: '+49 30 1' }],
	},
};
