/** Accounts, journals, expenses, projects and payments to vendors. */

import type { IDataObject } from 'n8n-workflow';

import { at, chosen, day, line, note, type Cases, type Ids } from './case.mts';
import { commonCases, refundCases } from './common.mts';
import type { Maker } from './maker.mts';

const accounts = commonCases({
	path: '/chartofaccounts',
	idField: 'account_id',
	parameter: 'chartOfAccountId',
	given: async (make) => ({ it: await make.make('/chartofaccounts', 'chart_of_account', 'account_id', { account_name: 'Travel Costs', account_type: 'expense' }) }),
});
export const chartOfAccount: Cases = {
	create: accounts.create(
		undefined,
		() => ({ accountName: 'Paper and Ink', accountType: 'expense', fields: { account_code: 'E-1', description: 'Paper', custom_fields: note.form } }),
		() => ({ account_name: 'Paper and Ink', account_type: 'expense', account_code: 'E-1', description: 'Paper', custom_fields: note.sent }),
		{ account_name: 'Paper and Ink', account_type: 'expense' },
	),
	update: accounts.update({ account_name: 'Journeys', description: 'By train' }, { account_name: 'Journeys', description: 'By train' }),
	get: accounts.get,
	getAll: accounts.getAll({ account_name_starts_with: 'Travel C', filter_by: 'AccountType.Expense' }, { account_name_starts_with: 'Travel C', filter_by: 'AccountType.Expense' }, { sort_column: 'account_name', sort_order: 'A' }),
	delete: accounts.delete,
	markActive: accounts.mark('active', { below: '/active', from: ['/inactive'] }),
	markInactive: accounts.mark('inactive', { below: '/inactive' }),
};

const banks = commonCases({ path: '/bankaccounts', idField: 'account_id', parameter: 'bankAccountId', given: async (make) => ({ it: await make.bank() }) });
export const bankAccount: Cases = {
	create: banks.create(
		undefined,
		() => ({ accountName: 'Corporate', accountType: 'bank', fields: { bank_name: 'First', account_number: '80000009823', is_primary_account: true } }),
		() => ({ account_name: 'Corporate', account_type: 'bank', bank_name: 'First', account_number: '80000009823', is_primary_account: true }),
		{ account_name: 'Corporate', account_type: 'bank' },
	),
	update: banks.update({ description: 'For wages' }, { description: 'For wages' }),
	get: banks.get,
	getAll: {
		...banks.getAll({ filter_by: 'Status.Active' }, { filter_by: 'Status.Active' }, { sort_column: 'account_name', sort_order: 'A' }),
		puts: ({ it }) => expect.arrayContaining([expect.objectContaining({ account_id: it })]) as object,
	},
	delete: banks.delete,
	markActive: banks.mark('active', { below: '/active', from: ['/inactive'] }),
	markInactive: banks.mark('inactive', { below: '/inactive' }),
};

const bothSides = async (make: Maker): Promise<Ids> => ({ debit: await make.account('expense'), credit: await make.account('income') });
const makeJournal = async (make: Maker): Promise<Ids> => {
	const { debit, credit } = await bothSides(make);
	const line_items = [
		{ account_id: debit, debit_or_credit: 'debit', amount: 500 },
		{ account_id: credit, debit_or_credit: 'credit', amount: 500 },
	];
	return { it: await make.make('/journals', 'journal', 'journal_id', { journal_date: '2026-07-01', line_items, reference_number: 'R-1', status: 'draft' }) };
};
const journals = commonCases({ path: '/journals', idField: 'journal_id', parameter: 'journalId', given: makeJournal });
export const journal: Cases = {
	create: journals.create(
		bothSides,
		({ debit, credit }) => ({
			journalDate: day.form,
			lineItems: {
				entry: [
					{ account_id: debit, amount: '500.25', debit_or_credit: 'debit', description: 'Rent', tax_id: '', more: {} },
					{ account_id: credit, amount: '500.25', debit_or_credit: 'credit', description: '', tax_id: '', more: {} },
				],
			},
			fields: { notes: 'Monthly', reference_number: 'R-1', status: 'draft' },
		}),
		({ debit, credit }) => ({
			journal_date: day.sent,
			line_items: [
				{ account_id: debit, amount: 500.25, debit_or_credit: 'debit', description: 'Rent' },
				{ account_id: credit, amount: 500.25, debit_or_credit: 'credit' },
			],
			notes: 'Monthly',
			reference_number: 'R-1',
			status: 'draft',
		}),
		{ reference_number: 'R-1', total: 500.25, status: 'draft' },
	),
	update: journals.update({ notes: 'Changed', journal_date: '2026-07-02T00:00:00' }, { notes: 'Changed', journal_date: '2026-07-02' }),
	get: journals.get,
	getAll: journals.getAll({ date_start: day.form, reference_number_startswith: 'R' }, { date_start: day.sent, reference_number_startswith: 'R' }, { sort_column: 'journal_date', sort_order: 'D' }),
	delete: journals.delete,
	markPublished: journals.mark('published', { below: '/status/publish' }),
	...journals.approvals(),
	submitForApproval: journals.act('/submit', { status: 'submitted' }),
	reject: journals.act('/reject', { status: 'rejected' }, ['/submit']),
	reverse: {
		given: async (make) => {
			const ids = await makeJournal(make);
			await make.call('POST', `/journals/${ids.it ?? ''}/status/publish`);
			return ids;
		},
		parameters: ({ it }) => ({ ...at('journalId', it), reversalDate: '2026-07-31T00:00:00', isReversalScheduled: false }),
		sends: ({ it = '' }) => [[line('POST', `/journals/${it}/reverse`, { reversal_date: '2026-07-31', is_reversal_scheduled: 'false' })]],
		puts: () => [{ journal_id: expect.any(String) as string }],
	},
};

const spent = async (make: Maker): Promise<Ids> => ({ account: await make.account('expense'), bank: await make.bank() });
const expenses = commonCases({
	path: '/expenses',
	idField: 'expense_id',
	parameter: 'expenseId',
	given: async (make) => {
		const { account, bank } = await spent(make);
		return { it: await make.make('/expenses', 'expense', 'expense_id', { account_id: account, paid_through_account_id: bank, date: '2026-07-01', amount: 112.5, reference_number: 'R-1' }) };
	},
});
const expenseForm = ({ account, bank }: Ids): IDataObject => ({
	accountId: account,
	paidThroughAccountId: bank,
	amount: 99.5,
	date: day.form,
	fields: { description: 'Taxi', reference_number: 'R-2', custom_fields: note.form },
});
const expenseBody = ({ account, bank }: Ids) => ({
	account_id: account,
	paid_through_account_id: bank,
	amount: 99.5,
	date: day.sent,
	description: 'Taxi',
	reference_number: 'R-2',
	custom_fields: note.sent,
});
const commented = expenses.comments();
export const expense: Cases = {
	create: expenses.create(spent, expenseForm, expenseBody, { total: 99.5, description: 'Taxi' }),
	upsert: expenses.upsert(spent, expenseForm, expenseBody),
	update: expenses.update({ description: 'Bus', date: '2026-07-02T00:00:00' }, { description: 'Bus', date: '2026-07-02' }),
	get: expenses.get,
	getAll: expenses.getAll({ amount_greater_than: 100, date_start: day.form }, { amount_greater_than: '100', date_start: day.sent }, { sort_column: 'date', sort_order: 'D' }),
	delete: expenses.delete,
	// Zoho writes the history of an expense itself: no call adds to it.
	getComments: { ...commented.getComments, given: expenses.get.given, puts: () => [expect.objectContaining({ comment_id: expect.any(String) as string })] } as Cases[string],
};

const makeProject = async (make: Maker): Promise<Ids> => {
	const customer = await make.contact();
	const project = { project_name: 'Network Distribution', customer_id: customer, billing_type: 'based_on_task_hours' };
	return { customer, it: await make.make('/projects', 'project', 'project_id', project) };
};
const projects = commonCases({ path: '/projects', idField: 'project_id', parameter: 'projectId', given: makeProject });
const projectForm = ({ customer }: Ids): IDataObject => ({
	projectName: 'New Roof',
	customerId: chosen(customer),
	billingType: 'fixed_cost_for_project',
	fields: { description: 'By autumn', rate: '5000', tasks: { entry: [{ task_name: 'Timber', description: 'Oak', rate: '', budget_hours: '10' }] } },
});
const projectBody = ({ customer }: Ids) => ({
	project_name: 'New Roof',
	customer_id: customer,
	billing_type: 'fixed_cost_for_project',
	description: 'By autumn',
	rate: 5000,
	tasks: [{ task_name: 'Timber', description: 'Oak', budget_hours: '10' }],
});
const customerOnly = async (make: Maker): Promise<Ids> => ({ customer: await make.contact() });
export const project: Cases = {
	create: projects.create(customerOnly, projectForm, projectBody, { project_name: 'New Roof' }),
	upsert: projects.upsert(customerOnly, projectForm, projectBody),
	update: projects.update({ description: 'Delayed' }, { description: 'Delayed' }),
	get: projects.get,
	getAll: projects.getAll({ filter_by: 'Status.Active' }, { filter_by: 'Status.Active' }, { sort_column: 'project_name', sort_order: 'A' }),
	delete: projects.delete,
	markActive: projects.mark('active', { below: '/active', from: ['/inactive'] }),
	markInactive: projects.mark('inactive', { below: '/inactive' }),
	...projects.comments(),
	getInvoices: projects.list('/invoices', ({ invoice }) => [{ invoice_id: invoice }], async (make) => {
		const { it = '', customer } = await makeProject(make);
		const invoice = { customer_id: customer, project_id: it, line_items: [{ name: 'Work', rate: 10, quantity: 1, project_id: it }] };
		return { it, invoice: await make.make('/invoices', 'invoice', 'invoice_id', invoice) };
	}),
};

/** An open bill, and the account that pays it. */
const owed = async (make: Maker): Promise<Ids> => {
	const vendor = await make.vendor();
	const line_items = [{ name: 'Work', account_id: await make.account('expense'), rate: 100, quantity: 1 }];
	const bill = await make.make('/bills', 'bill', 'bill_id', { vendor_id: vendor, bill_number: 'B-5', date: '2026-07-01', line_items });
	await make.call('POST', `/bills/${bill}/status/open`);
	return { vendor, bill, bank: await make.bank() };
};
const paid = async (make: Maker): Promise<Ids> => {
	const { vendor = '', bill, bank = '' } = await owed(make);
	const payment = { vendor_id: vendor, amount: 80, date: '2026-07-01', paid_through_account_id: bank, bills: [{ bill_id: bill, amount_applied: 60 }] };
	return { bank, it: await make.make('/vendorpayments', 'vendorpayment', 'payment_id', payment) };
};
const payments = commonCases({ path: '/vendorpayments', idField: 'payment_id', parameter: 'vendorPaymentId', given: paid });
const paymentForm = ({ vendor, bill, bank }: Ids): IDataObject => ({
	vendorId: chosen(vendor),
	amount: 80.5,
	date: day.form,
	paidThroughAccountId: bank,
	bills: { entry: [{ bill_id: bill, amount_applied: '60', bill_payment_id: '', tax_amount_withheld: '' }] },
	fields: { payment_mode: 'cash', reference_number: 'R-1', custom_fields: note.form },
});
const paymentBody = ({ vendor, bill, bank }: Ids) => ({
	vendor_id: vendor,
	amount: 80.5,
	date: day.sent,
	paid_through_account_id: bank,
	bills: [{ bill_id: bill, amount_applied: 60 }],
	payment_mode: 'cash',
	reference_number: 'R-1',
	custom_fields: note.sent,
});
export const vendorPayment: Cases = {
	create: payments.create(owed, paymentForm, paymentBody, { amount: 80.5, reference_number: 'R-1' }),
	upsert: payments.upsert(owed, paymentForm, paymentBody),
	update: payments.update({ description: 'Late', date: '2026-07-02T00:00:00' }, { description: 'Late', date: '2026-07-02' }),
	get: payments.get,
	getAll: payments.getAll({ amount_greater_equals: 80, date_start: day.form }, { amount_greater_equals: '80', date_start: day.sent }, { sort_column: 'amount', sort_order: 'D' }),
	delete: payments.delete,
	email: payments.email(),
	...refundCases({ path: '/vendorpayments', parameter: 'vendorPaymentId' }, { given: paid, listKey: 'vendorpayment_refunds', account: 'to_account_id', idField: 'vendorpayment_refund_id' }),
};
