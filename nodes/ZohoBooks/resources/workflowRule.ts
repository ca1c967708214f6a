import { unwatched, type BooksResource } from '../../../zoho/books/resource';
import { workflowPlan } from '../../../zoho/books/webhooks';
import { choice } from '../filters';
import { byDisplayName, entries, field, longText, yesNo } from '../formFields';
import { nodeResource, ownParameters, type Kind } from '../kind';
import { ownLocator } from '../locators';
import { operationsOf } from '../operations';
import { readRecord } from '../record';
import { callTo } from '../resource';

/** Source: Books v3 "Workflows". */
const books: BooksResource = {
	...unwatched,
	name: 'workflowRule',
	label: 'Workflow Rule',
	path: '/settings/workflows',
	listKey: 'workflows',
	recordKey: 'workflow',
	idField: 'workflow_id',
	displayField: 'workflow_name',
	scope: 'settings',
	plan: workflowPlan,
};

const kind: Kind = {
	books,
	one: 'a workflow rule',
	many: 'workflow rules',
	id: ownLocator('Workflow Rule', 'workflowRuleId'),
	main: [
		{ field: 'workflow_name', property: field('Name', 'workflowName', { description: 'Of no other rule' }), required: true },
		{ field: 'entity', property: field('Entity', 'entity', { placeholder: 'e.g. invoice', description: 'As Zoho names it: customer, vendor, item, estimate, invoice, salesorder' }), required: true },
		{
			field: 'rule_type',
			property: choice('When', 'ruleType', { add: 'Created', add_edit: 'Created or Edited', delete: 'Deleted', edit: 'Edited' }, { default: 'add_edit' }),
			required: true,
		},
		{
			field: 'instant_actions',
			property: entries(
				'Actions',
				'instantActions',
				'action',
				[field('Action ID', 'action_id', { description: 'Such as the ID of a webhook for the same entity' }), field('Action Type', 'action_type', { default: 'webhook' })],
				'What the rule does at once; Zoho allows one webhook for each rule',
			),
		},
	],
	fields: [
		yesNo('Apply Rule Always', 'apply_rule_always', 'Whether the rule acts each time, not only the first time'),
		longText('Description', 'description'),
		field('Rule', 'rule', { type: 'json', default: '{}', description: 'Criteria, as Zoho takes them' }),
	].sort(byDisplayName),
	described: [{ name: 'rule', type: 'json' }],
	example:
		'{ "workflow_name": "New invoices", "entity": "invoice", "rule_type": "add", "rule": {}, "apply_rule_always": true, "instant_actions": [{ "action_id": "460000000081001", "action_type": "webhook" }] }',
};

const has = operationsOf(kind);

/** Needs a plan with workflow rules. Source: Books v3 "Workflows"; the body as public integrations send it. */
export const workflowRule = nodeResource(kind, [
	has.called(
		{ name: 'Create', value: 'create', description: 'Create a new workflow rule', action: 'Create a workflow rule' },
		callTo(books, 'POST', books.path, {
			body: (read) => ({ rule: {}, apply_rule_always: true, ...readRecord(read, ownParameters(kind), kind.described) }),
		}),
		['input', 'newRecord'],
	),
	has.remove(),
	has.get(),
	has.getAll(),
	has.mark('Active', 'Switch a workflow rule on', { path: '/active' }),
	has.mark('Inactive', 'Switch a workflow rule off', { path: '/inactive' }),
	has.update('actions that are given replace all actions'),
]);
