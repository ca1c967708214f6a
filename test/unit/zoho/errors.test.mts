import { ZohoError, faultsOf, faultsOfItem, joinFaults } from '../../../zoho/errors';
import type { ErrorIntent, ZohoCall } from '../../../zoho/types';
import { answer } from './fakeZoho.mts';

const booksCall: ZohoCall = {
	method: 'PUT',
	path: '/books/v3/contacts/460000000026049',
	subject: 'contact "Acme" 460000000026049',
};
const crmCall: ZohoCall = { method: 'POST', path: '/crm/v8/Contacts', subject: '3 records of Contacts' };

describe('Books answers', () => {
	const table: Array<[number, number, ErrorIntent]> = [
		[400, 2, 'invalid'],
		[404, 5, 'gone'],
		[401, 14, 'reauthorise'],
		[429, 44, 'retry'],
		[429, 45, 'quota'],
		[401, 57, 'reauthorise'],
		[500, 1000, 'retry'],
		[404, 1002, 'gone'],
		[400, 1038, 'invalid'],
		[429, 1070, 'retry'],
		[400, 3062, 'duplicate'],
		[400, 6041, 'invalid'],
		[400, 103001, 'unavailable'],
		[400, 107051, 'duplicate'],
		[400, 120303, 'duplicate'],
		[400, 999999, 'invalid'],
		[404, 999999, 'gone'],
		[403, 999999, 'unavailable'],
	];

	test.each(table)('HTTP %d with code %d means %s', (status, code, intent) => {
		const faults = faultsOf('books', answer(status, { code, message: 'words of Zoho' }), booksCall);
		expect(faults).toMatchObject([{ intent, code: String(code), message: 'words of Zoho' }]);
		expect(faults[0]?.remedy).not.toBe('');
	});

	test.each([
		[400, 'Projects are not in your current plan.', 'unavailable'],
		[403, 'Please upgrade to use this feature.', 'unavailable'],
		[400, 'Your subscription does not allow it.', 'unavailable'],
		[429, 'Upgrade your plan for more calls.', 'retry'],
		[400, 'Invalid value passed for subscription_id', 'invalid'],
	] as const)('HTTP %d with an unknown code and "%s" means %s', (status, message, intent) => {
		const [fault] = faultsOf('books', answer(status, { code: 999999, message }), { ...booksCall, plan: 'Professional' });
		expect([fault?.intent, fault?.remedy.includes('needs the plan Professional or a higher one')]).toEqual([intent, intent === 'unavailable']);
	});

	test('a code other than 0 is a failure even with status 200; 0 is none', () => {
		expect(faultsOf('books', answer(200, { code: 1002, message: 'gone' }), booksCall)).toHaveLength(1);
		expect(
			faultsOf('books', answer(201, { code: 0, message: 'The contact has been added.' }), booksCall),
		).toEqual([]);
	});

	test.each([
		[502, '<html>Bad Gateway</html>', 'retry'],
		[503, undefined, 'retry'],
		[403, '', 'unavailable'],
		[429, '', 'retry'],
	] as const)('HTTP %d without a code is still a failure', (status, body, intent) => {
		expect(faultsOf('books', answer(status, body), booksCall)).toMatchObject([
			{ intent, code: `http-${status}` },
		]);
	});
});

describe('CRM answers', () => {
	const item = (code: string, details = {}, message = 'words of Zoho') => ({
		code,
		details,
		message,
		status: 'error',
	});

	const table: Array<[string, ErrorIntent]> = [
		['MANDATORY_NOT_FOUND', 'invalid'],
		['INVALID_DATA', 'invalid'],
		['DUPLICATE_DATA', 'duplicate'],
		['NOT_SUBSCRIBED', 'gone'],
		['RECORD_LOCKED', 'invalid'],
		['NOT_APPROVED', 'invalid'],
		['RECORD_IN_BLUEPRINT', 'invalid'],
		['ALREADY_MODIFIED', 'changed'],
		['INVALID_MODULE', 'unavailable'],
		['NO_PERMISSION', 'unavailable'],
		['FEATURE_NOT_SUPPORTED', 'unavailable'],
		['TOO_MANY_REQUESTS', 'retry'],
		['constructor', 'invalid'],
	];

	test.each(table)('%s means %s', (code, intent) => {
		expect(faultsOf('crm', answer(400, item(code)), crmCall)).toMatchObject([{ intent, code }]);
	});

	test('each failed item of a list tells its position; the others are left out', () => {
		const data = [
			{ code: 'SUCCESS', details: { id: '1' }, message: 'record added', status: 'success' },
			item('MANDATORY_NOT_FOUND', { api_name: 'Last_Name', json_path: '$.data[1].Last_Name' }),
			item('DUPLICATE_DATA', {
				api_name: 'Zoho_Books_ID',
				duplicate_record: { id: '2008662000006256222' },
				id: '2008662000006256222',
			}),
		];
		expect(faultsOf('crm', answer(207, { data }), crmCall)).toMatchObject([
			{ index: 1, code: 'MANDATORY_NOT_FOUND', field: 'Last_Name' },
			{ index: 2, intent: 'duplicate', field: 'Zoho_Books_ID', existingId: '2008662000006256222' },
		]);
	});

	test('MULTIPLE_OR_MULTI_ERRORS tells every one of its errors', () => {
		const errors = [
			item('MANDATORY_NOT_FOUND', { api_name: 'Last_Name' }),
			{ ...item('INVALID_DATA', { api_name: 'Phone', expected_data_type: 'phone' }) },
		];
		const faults = faultsOfItem(item('MULTIPLE_OR_MULTI_ERRORS', { errors }), 207, 4);
		expect(faults).toMatchObject([
			{ field: 'Last_Name', index: 4 },
			{ field: 'Phone', index: 4 },
		]);
		expect(joinFaults(faults)?.message).toMatch(/Last_Name: .*; Phone: .*expected_data_type phone/);
	});

	test('an unknown id is gone, whether it was to be updated or deleted; an id elsewhere is a wrong value', () => {
		const bad = 'the id given seems to be invalid';
		expect(
			faultsOfItem(item('INVALID_DATA', { api_name: 'id', json_path: '$.data[0].id' }, bad), 400),
		).toMatchObject([{ intent: 'gone' }]);
		expect(faultsOfItem(item('INVALID_DATA', { id: '1' }, 'record not deleted'), 400)).toMatchObject([
			{ intent: 'gone' },
		]);
		const lookup = item(
			'INVALID_DATA',
			{ api_name: 'Account_Name', json_path: '$.data[0].Account_Name' },
			bad,
		);
		expect(faultsOfItem(lookup, 400)).toMatchObject([{ intent: 'invalid', field: 'Account_Name' }]);
	});

	test('a lapsed channel is gone, as the answer of the notification API tells it', () => {
		const watch = [item('NOT_SUBSCRIBED', {}, 'Not subscribed for actions-watch of the given channel')];
		expect(faultsOf('crm', answer(400, { watch }), crmCall)).toMatchObject([
			{ intent: 'gone', code: 'NOT_SUBSCRIBED' },
		]);
	});

	test('missing permissions are named', () => {
		const [fault] = faultsOf(
			'crm',
			answer(403, item('NO_PERMISSION', { permissions: ['Crm_Implied_View_Potentials'] })),
			crmCall,
		);
		expect(fault?.remedy).toContain('Crm_Implied_View_Potentials');
	});

	test('details may be a list, as some answers have it', () => {
		const body = {
			code: 'OAUTH_SCOPE_MISMATCH',
			details: [],
			message: 'invalid oauth scope to access this URL',
			status: 'error',
		};
		expect(faultsOf('crm', answer(401, body), crmCall)).toMatchObject([{ code: 'OAUTH_SCOPE_MISMATCH' }]);
	});
});

describe('the message of an error', () => {
	test('says what happened, to which record, with which code and field, and what to do', () => {
		const fault = {
			intent: 'invalid' as const,
			code: '2',
			message: 'Invalid value passed for Phone',
			remedy: 'Correct it.',
			field: 'phone',
		};
		expect(new ZohoError([fault], booksCall, 400).message).toBe(
			'Zoho Books, PUT /books/v3/contacts/460000000026049 for contact "Acme" 460000000026049: ' +
				'Invalid value passed for Phone (code 2, field phone). Correct it.',
		);
	});

	test('never holds a token', () => {
		const fault = {
			intent: 'invalid' as const,
			code: 'x',
			message: 'token 1000.abcdef0123456789.fedcba',
			remedy: '',
		};
		expect(new ZohoError([fault], booksCall).message).not.toMatch(/abcdef|fedcba/);
	});
});
