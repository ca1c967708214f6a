/** What belongs to contacts, projects, expenses, journals, items and bank accounts, and the settings of taxes. */

import { at, chosen, day, line, scan, whole, type Case, type Cases, type Ids } from './case.mts';
import { commonCases } from './common.mts';
import type { Maker } from './maker.mts';
import { paperCases, sentName } from './papers.mts';

const contacts = paperCases({ path: '/contacts', idField: 'contact_id', parameter: 'contactId', given: async (make) => ({ it: await make.contact() }) });
const oneContact = ({ it }: Ids) => at('contactId', it);
const withAddress = async (make: Maker): Promise<Ids> => {
	const it = await make.contact();
	const { body } = await make.call('POST', `/contacts/${it}/address`, { address: 'Hafenstraße 1', city: 'Köln' });
	return { it, address: String((body.address_info as Record<string, string>).address_id) };
};
const markAddress = (which: 'billing' | 'shipping'): Case => ({
	given: withAddress,
	parameters: (ids) => ({ ...oneContact(ids), addressId: ids.address }),
	sends: ({ it = '', address = '' }) => [[`POST /contacts/${it}/address/${address}/markas${which}`]],
	puts: () => [{ updated: true }],
});
const withPerson = async (make: Maker): Promise<Ids> => {
	const it = await make.contact();
	return { it, person: await make.make('/contacts/contactpersons', 'contact_person', 'contact_person_id', { contact_id: it, first_name: 'Ada', email: 'ada@example.com' }) };
};
const refunded = async (make: Maker): Promise<Ids> => {
	const { id, party } = await make.document('/creditnotes', 'creditnote', 'customer_id', { date: day.sent });
	await make.call('POST', `/creditnotes/${id}/status/open`);
	await make.call('POST', `/creditnotes/${id}/refunds`, { amount: 5, date: day.sent, refund_mode: 'cash', from_account_id: await make.bank() });
	return { it: party, note: id };
};
const words = { emailTo: 'pat@example.com', emailSubject: 'Hello', emailBody: 'Please see.' };

const contact: Cases = {
	addAddress: contacts.call('POST', '/address', () => ({ city: 'Köln', address_id: expect.any(String) as string }), {
		parameters: () => ({ fields: { address: 'Hafenstraße 1', city: 'Köln', street2: 'Hof' } }),
		body: { address: 'Hafenstraße 1', city: 'Köln', street2: 'Hof' },
	}),
	getAddresses: {
		given: withAddress,
		parameters: (ids) => ({ ...oneContact(ids), returnAll: true }),
		sends: ({ it = '' }) => [[line('GET', `/contacts/${it}/address`, whole)]],
		puts: ({ address }) => expect.arrayContaining([expect.objectContaining({ address_id: address, city: 'Köln' })]) as object,
	},
	updateAddress: {
		given: withAddress,
		parameters: (ids) => ({ ...oneContact(ids), addressId: ids.address, fields: { city: 'Bonn' } }),
		sends: ({ it = '', address = '' }) => [[`PUT /contacts/${it}/address/${address}`, { city: 'Bonn', address_id: address }]],
		puts: ({ address }) => [{ address_id: address, city: 'Bonn' }],
	},
	deleteAddress: {
		given: withAddress,
		parameters: (ids) => ({ ...oneContact(ids), addressId: ids.address }),
		sends: ({ it = '', address = '' }) => [[`DELETE /contacts/${it}/address/${address}`]],
		puts: () => [{ deleted: true }],
	},
	markAddressAsBilling: markAddress('billing'),
	markAddressAsShipping: markAddress('shipping'),
	enablePortal: {
		given: withPerson,
		parameters: (ids) => ({ ...oneContact(ids), contactPersonIds: ids.person }),
		sends: ({ it = '', person }) => [[`POST /contacts/${it}/portal/enable`, { contact_persons: [{ contact_person_id: person }] }]],
		puts: () => [{ portal_enabled: true }],
	},
	disablePortal: contacts.call('POST', '/portal/disable', () => ({ portal_enabled: false })),
	enableReminders: contacts.call('POST', '/paymentreminder/enable', () => ({ reminders_enabled: true })),
	disableReminders: contacts.call('POST', '/paymentreminder/disable', () => ({ reminders_enabled: false })),
	track1099: contacts.call('POST', '/track1099', () => ({ track_1099: true })),
	untrack1099: contacts.call('POST', '/untrack1099', () => ({ track_1099: false })),
	email: contacts.call('POST', '/email', () => ({ emailed: true }), { parameters: () => words, body: { to_mail_ids: ['pat@example.com'], subject: 'Hello', body: 'Please see.' } }),
	getRefunds: {
		given: refunded,
		parameters: (ids) => ({ ...oneContact(ids), returnAll: true }),
		sends: ({ it = '' }) => [[line('GET', `/contacts/${it}/refunds`, whole)]],
		puts: ({ note }) => [{ creditnote_id: note }],
	},
	addAttachment: contacts.file('attachment').addAttachment as Case,
	...contacts.documents('contact'),
};

const invite = (again: boolean): Case => ({
	given: async (make) => {
		const ids = await withPerson(make);
		if (again) await make.call('POST', `/contacts/contactpersons/${ids.person ?? ''}/portal/invite`);
		return ids;
	},
	parameters: ({ person }) => at('contactPersonId', person),
	sends: ({ person = '' }) => [[`POST /contacts/contactpersons/${person}/portal/invite${again ? '/resend' : ''}`]],
	puts: () => [{ invited: true }],
});

const expenses = paperCases({
	path: '/expenses',
	idField: 'expense_id',
	parameter: 'expenseId',
	given: async (make) => {
		const body = { account_id: await make.account('expense'), paid_through_account_id: await make.bank(), date: day.sent, amount: 10 };
		return { it: await make.make('/expenses', 'expense', 'expense_id', body) };
	},
});

const journals = commonCases({
	path: '/journals',
	idField: 'journal_id',
	parameter: 'journalId',
	given: async (make) => {
		const line_items = [
			{ account_id: await make.account('expense'), debit_or_credit: 'debit', amount: 500 },
			{ account_id: await make.account('income'), debit_or_credit: 'credit', amount: 500 },
		];
		return { it: await make.make('/journals', 'journal', 'journal_id', { journal_date: day.sent, line_items, status: 'draft' }) };
	},
});
const journalFile: Case = {
	given: journals.get.given,
	brings: scan,
	parameters: journals.one,
	sends: (ids) => [[`POST ${journals.own(ids)}/attachment`, { attachment: sentName }]],
	puts: () => [{ added: true }],
};
const journalComment: Case = {
	given: async (make) => {
		const ids = (await journals.get.given?.(make)) ?? {};
		const { body } = await make.call('POST', `${journals.own(ids)}/comments`, { description: 'Called' });
		return { ...ids, comment: String((body.comment as Array<Record<string, string>>)[0]?.comment_id) };
	},
	parameters: (ids) => ({ ...journals.one(ids), commentId: ids.comment }),
	sends: (ids) => [[`DELETE ${journals.own(ids)}/comments/${ids.comment ?? ''}`]],
	puts: () => [{ deleted: true }],
};

const items = commonCases({ path: '/items', idField: 'item_id', parameter: 'itemId', given: async (make) => ({ it: await make.item() }) });

const projects = commonCases({
	path: '/projects',
	idField: 'project_id',
	parameter: 'projectId',
	given: async (make) => {
		const project = { project_name: make.name('Roof'), customer_id: await make.contact(), billing_type: 'based_on_task_hours', tasks: [{ task_name: 'Timber', description: 'Oak' }] };
		const it = await make.make('/projects', 'project', 'project_id', project);
		return { it, task: await make.first(`/projects/${it}/tasks`, 'tasks', 'task_id'), user: await make.first(`/projects/${it}/users`, 'users', 'user_id') };
	},
});
const inProject = (method: string, below: (ids: Ids) => string, parameters: (ids: Ids) => object, puts: (ids: Ids) => object, body?: unknown): Case => ({
	given: projects.get.given,
	parameters: (ids) => ({ ...projects.one(ids), ...parameters(ids) }),
	sends: (ids) => [[`${method} ${projects.own(ids)}${below(ids)}`, typeof body === 'function' ? (body as (of: Ids) => unknown)(ids) : body]],
	puts: (ids) => [puts(ids)],
});
const task = ({ task: id = '' }: Ids) => `/tasks/${id}`;
const user = ({ user: id = '' }: Ids) => `/users/${id}`;

const project: Cases = {
	addTask: inProject('POST', () => '/tasks', () => ({ taskName: 'Tiles', fields: { description: 'Red', rate: 3, budget_hours: '10' } }), () => ({ task_name: 'Tiles', task_id: expect.any(String) as string }), {
		task_name: 'Tiles',
		description: 'Red',
		rate: 3,
		budget_hours: '10',
	}),
	getTask: inProject('GET', task, ({ task: taskId }) => ({ taskId }), ({ task: task_id }) => ({ task_id, description: 'Oak' })),
	getTasks: projects.list('/tasks', ({ task: task_id }) => [{ task_id, task_name: 'Timber' }]),
	updateTask: inProject('PUT', task, ({ task: taskId }) => ({ taskId, taskName: 'Planks', fields: {} }), ({ task: task_id }) => ({ task_id, task_name: 'Planks' }), { task_name: 'Planks' }),
	deleteTask: inProject('DELETE', task, ({ task: taskId }) => ({ taskId }), () => ({ deleted: true })),
	addUser: inProject('POST', () => '/users', ({ user: userId }) => ({ userId, costRate: 10 }), ({ user: user_id }) => ({ user_id, cost_rate: 10 }), ({ user: user_id }: Ids) => ({ users: [{ user_id }], cost_rate: 10 })),
	getUser: inProject('GET', user, ({ user: userId }) => ({ userId }), ({ user: user_id }) => ({ user_id })),
	getUsers: projects.list('/users', ({ user: user_id }) => [{ user_id }]),
	updateUser: inProject('PUT', user, ({ user: userId }) => ({ userId, fields: { user_role: 'staff', rate: 5 } }), ({ user: user_id }) => ({ user_id, user_role: 'staff' }), { user_role: 'staff', rate: 5 }),
	deleteUser: inProject('DELETE', user, ({ user: userId }) => ({ userId }), () => ({ deleted: true })),
	inviteUser: inProject('POST', () => '/users/invite', () => ({ userName: 'Ada', userEmail: 'ada@example.com', fields: { user_role: 'staff' } }), () => ({ email: 'ada@example.com' }), {
		user_name: 'Ada',
		email: 'ada@example.com',
		user_role: 'staff',
	}),
	clone: inProject('POST', () => '/clone', () => ({ cloneName: 'Second roof', cloneDescription: 'Again' }), () => ({ project_name: 'Second roof', tasks: [{ task_name: 'Timber' }] }), {
		project_name: 'Second roof',
		description: 'Again',
	}),
};

const imported = async (make: Maker): Promise<Ids> => {
	const it = await make.bank();
	await make.call('POST', '/bankstatements', { account_id: it, transactions: [{ date: day.sent, debit_or_credit: 'credit', amount: 12.5, payee: 'Aurora' }] });
	return { it, statement: await make.first(`/bankaccounts/${it}/statement/lastimported`, 'statement', 'statement_id') };
};
const oneBank = ({ it }: Ids) => ({ bankAccountId: chosen(it) });

const bankAccount: Cases = {
	importStatement: {
		given: async (make) => ({ it: await make.bank() }),
		parameters: (ids) => ({
			...oneBank(ids),
			startDate: day.form,
			endDate: '',
			transactions: { transaction: [{ amount: '12.5', date: '2026-07-02T00:00:00', debit_or_credit: 'credit', payee: 'Aurora', description: '', reference_number: '', transaction_id: '' }] },
		}),
		sends: ({ it }) => [['POST /bankstatements', { account_id: it, start_date: day.sent, transactions: [{ amount: 12.5, date: '2026-07-02', debit_or_credit: 'credit', payee: 'Aurora' }] }]],
		puts: ({ it }) => [{ account_id: it, imported: true }],
	},
	getLastStatement: {
		given: imported,
		parameters: oneBank,
		sends: ({ it = '' }) => [[`GET /bankaccounts/${it}/statement/lastimported`]],
		puts: ({ statement }) => [{ statement_id: statement, transactions: [{ payee: 'Aurora', amount: 12.5 }] }],
	},
	deleteStatement: {
		given: imported,
		parameters: (ids) => ({ ...oneBank(ids), statementId: ids.statement }),
		sends: ({ it = '', statement = '' }) => [[`DELETE /bankaccounts/${it}/statement/${statement}`]],
		puts: () => [{ deleted: true }],
	},
};

const twoTaxes = async (make: Maker): Promise<Ids> => ({
	one: await make.make('/settings/taxes', 'tax', 'tax_id', { tax_name: 'GST', tax_percentage: 5 }),
	other: await make.make('/settings/taxes', 'tax', 'tax_id', { tax_name: 'PST', tax_percentage: 7 }),
});
const groups = commonCases({
	path: '/settings/taxgroups',
	idField: 'tax_group_id',
	parameter: 'taxGroupId',
	given: async (make) => {
		const { one = '', other = '' } = await twoTaxes(make);
		return { it: await make.make('/settings/taxgroups', 'tax_group', 'tax_group_id', { tax_group_name: 'Both', taxes: `${one},${other}` }) };
	},
});
const authorities = commonCases({
	path: '/settings/taxauthorities',
	idField: 'tax_authority_id',
	parameter: 'taxAuthorityId',
	given: async (make) => ({ it: await make.make('/settings/taxauthorities', 'tax_authority', 'tax_authority_id', { tax_authority_name: 'Illinois' }) }),
});
const exemptions = commonCases({
	path: '/settings/taxexemptions',
	idField: 'tax_exemption_id',
	parameter: 'taxExemptionId',
	given: async (make) => ({ it: await make.make('/settings/taxexemptions', 'tax_exemption', 'tax_exemption_id', { tax_exemption_code: 'RESELLER', type: 'customer' }) }),
});
/** Without filters and columns. */
const plainList = (cases: ReturnType<typeof commonCases>): Case => ({ ...cases.getAll({}, {}), parameters: () => ({ returnAll: true }) });

/** By resource: more cases of resources that have some, and those of whole resources. */
export const parts: Record<string, Cases> = {
	contact,
	contactPerson: { inviteToPortal: invite(false), inviteToPortalAgain: invite(true) },
	expense: { ...expenses.file('receipt'), addAttachment: expenses.file('attachment').addAttachment as Case },
	journal: {
		addAttachment: journalFile,
		addComment: journals.call('POST', '/comments', () => ({ description: 'Paid soon' }), { parameters: () => ({ comment: 'Paid soon' }), body: { description: 'Paid soon' } }),
		deleteComment: journalComment,
	},
	item: { addToPortal: items.act('/addtoportal', { show_in_portal: true }), removeFromPortal: items.act('/removefromportal', { show_in_portal: false }) },
	project,
	bankAccount,
	taxGroup: {
		create: groups.create(twoTaxes, ({ one = '', other = '' }) => ({ taxGroupName: 'Both', taxIds: `${one},${other}` }), ({ one = '', other = '' }) => ({ tax_group_name: 'Both', taxes: `${one},${other}` }), { tax_group_percentage: 12 }),
		update: groups.update({ tax_group_name: 'Two' }, { tax_group_name: 'Two' }),
		get: groups.get,
		delete: groups.delete,
	},
	taxAuthority: {
		create: authorities.create(undefined, () => ({ taxAuthorityName: 'Iowa', fields: { registration_number: '7' } }), () => ({ tax_authority_name: 'Iowa', registration_number: '7' }), { tax_authority_name: 'Iowa' }),
		update: authorities.update({ description: 'State' }, { description: 'State' }),
		get: authorities.get,
		getAll: plainList(authorities),
		delete: authorities.delete,
	},
	taxExemption: {
		create: exemptions.create(undefined, () => ({ taxExemptionCode: 'CHARITY', exemptionType: 'item', fields: { description: 'Free' } }), () => ({ tax_exemption_code: 'CHARITY', type: 'item', description: 'Free' }), { type: 'item' }),
		update: exemptions.update({ tax_exemption_code: 'RESALE', type: 'customer' }, { tax_exemption_code: 'RESALE', type: 'customer' }),
		get: exemptions.get,
		getAll: plainList(exemptions),
		delete: exemptions.delete,
	},
};
