import type { SimResponse } from '../types.mts';
import { type Comment, removeComment, shownComment } from './comments.mts';
import type { Contact } from './contacts.mts';
import { invalid, refuse } from './errors.mts';
import type { BooksOrg } from './org.mts';
import { type BooksCall, type BooksRoute, id, page, paging, success } from './route.mts';
import { readDay } from './times.mts';
import { type Json, readText } from './values.mts';

const find = (call: BooksCall): Contact => call.org.contacts.get(id(call));

/** A row of Books v3 "List contact comments". */
const shown = (org: BooksOrg, contact: Contact, comment: Comment): Json => ({
	...shownComment(comment, org),
	contact_id: contact.id,
	contact_name: contact.name,
	transaction_id: '',
	transaction_type: 'contact',
	is_entity_deleted: false,
	operation_type: 'added',
});

function listComments(call: BooksCall): SimResponse {
	const contact = find(call);
	const { rows, page_context } = page(call, contact.comments);
	return success({
		contact_comments: rows.map((comment) => shown(call.org, contact, comment)),
		page_context: { ...page_context, applied_filter: 'Status.All', sort_column: 'contact_name' },
	});
}

/** The file requires addresses, subject and text. A vendor has statements of another kind. */
function emailStatement(call: BooksCall): SimResponse {
	const contact = find(call);
	if (contact.type !== 'customer') refuse(404, 1002, 'Customer does not exist.');
	const day = (name: string) => readDay(name, call.query.get(name) ?? '');
	const [start, end] = [day('start_date'), day('end_date')];
	if (start !== '' && end !== '' && start > end) invalid('end_date');
	const body = call.body();
	if (!Array.isArray(body['to_mail_ids']) || body['to_mail_ids'].length === 0) invalid('to_mail_ids');
	for (const name of ['subject', 'body']) if (readText(name, body[name]) === '') invalid(name);
	call.org.contacts.statementSent(contact.id);
	return success({}, 'Statement has been sent to the Customer.');
}

/** Comments of contacts, and statements of account that customers are sent; methods, paths and scopes after Zoho's OpenAPI file. */
export const contactMailRoutes: readonly BooksRoute[] = [
	{
		method: 'GET',
		path: '/contacts/{}/comments',
		scope: 'contacts.READ',
		query: paging,
		answer: listComments,
	},
	{
		method: 'POST',
		path: '/contacts/{}/comments',
		scope: 'contacts.CREATE',
		fields: ['description'],
		answer: (call) => {
			call.org.contacts.comment(id(call), call.body());
			return success({}, 'The comment has been added.');
		},
	},
	{
		method: 'DELETE',
		path: '/contacts/{}/comments/{}',
		scope: 'contacts.DELETE',
		answer: (call) => {
			removeComment(find(call), id(call, 1));
			return success({}, 'The comment has been deleted.');
		},
	},
	{
		method: 'POST',
		path: '/contacts/{}/statements/email',
		scope: 'contacts.CREATE',
		query: ['start_date', 'end_date'],
		fields: ['send_from_org_email_id', 'to_mail_ids', 'cc_mail_ids', 'subject', 'body'],
		answer: emailStatement,
	},
];
