import { answerFile, dropFile, fileOf, keepFile, withTables } from './files.mts';
import { type BooksCall, type BooksRoute, id, success } from './route.mts';

/** Files of expenses and journals. Methods, paths, scopes and statuses after Zoho's OpenAPI files. */

const expense = (call: BooksCall): string => call.org.expenses.get(id(call)).id;
const receipt = '/expenses/{}/receipt';

export const fileRoutes: readonly BooksRoute[] = [
	{
		method: 'POST',
		path: receipt,
		scope: 'expenses.CREATE',
		answer: (call) => {
			keepFile(call, expense(call), 'receipt', withTables);
			return success({}, 'The expense receipt has been attached.');
		},
	},
	{ method: 'GET', path: receipt, scope: 'expenses.READ', query: ['preview'], answer: (call) => answerFile(fileOf(call.org, expense(call))) },
	{
		method: 'DELETE',
		path: receipt,
		scope: 'expenses.DELETE',
		answer: (call) => {
			dropFile(call.org, expense(call));
			return success({}, 'The attached expense receipt has been deleted.');
		},
	},
	{
		method: 'POST',
		path: '/expenses/{}/attachment',
		scope: 'expenses.CREATE',
		answer: (call) => {
			const { id: document_id, name, content } = keepFile(call, expense(call), 'attachment', withTables);
			const documents = [{ document_id, file_name: name, file_size: content.length, document_type: 'attachment' }];
			return success({ documents }, 'The expense attachment has been attached.');
		},
	},
	{
		method: 'POST',
		path: '/journals/{}/attachment',
		scope: 'accountants.CREATE',
		answer: (call) => {
			keepFile(call, call.org.journals.get(id(call)).id, 'attachment');
			return success({}, 'Your file has been successfully attached to the journal.', 201);
		},
	},
];
