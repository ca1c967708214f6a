import type { WorkflowNode } from '../launcher/n8nApi.mts';
import { contactTemplates, moneyTemplates } from '../launcher/templateList.mts';
import type { CallEntry } from '../simulator/types.mts';

const eachMinute = { item: [{ mode: 'everyMinute' }] };
/** New Year's night. */
const hardlyEver = { item: [{ mode: 'custom', cronExpression: '0 0 0 1 1 *' }] };

/**
 * The templates poll every few minutes. The check does not wait that long for the safety net of contacts: n8n polls once a minute at
 * most. The vendors' trigger reads the same list as the customers', and nobody could tell whose poll it was: it does not poll here. The
 * others run as they are.
 */
export function setPolls(node: WorkflowNode, file: string): WorkflowNode {
	if (!node.parameters?.pollTimes) return node;
	const contacts: string[] = Object.values(contactTemplates);
	if (contacts.includes(file)) return { ...node, parameters: { ...node.parameters, pollTimes: eachMinute } };
	if (file !== moneyTemplates.vendorsOfBooks) return node;
	return { ...node, parameters: { ...node.parameters, pollTimes: hardlyEver } };
}

/** The Books trigger lists contacts by modification time when it polls, and only then. */
export function isContactPoll({ service, method, path, query }: CallEntry): boolean {
	return (
		service === 'books' &&
		method === 'GET' &&
		path === '/books/v3/contacts' &&
		query.includes('last_modified_time')
	);
}

/** The lists behind the other Books triggers. A template that looks for one record asks for it by other parameters. */
const polled: ReadonlyArray<readonly [path: RegExp, query: RegExp]> = [
	[/^\/books\/v3\/(invoices|estimates|items)$/, /last_modified_time|sort_column/],
	[/^\/books\/v3\/customerpayments$/, /^/],
	[/^\/books\/v3\/settings\/(webhooks|workflows)$/, /^/],
];

/** What other Books triggers read by themselves, whatever happens to contacts: their own lists, and whether their webhooks still stand. */
export function isHousekeeping({ service, method, path, query }: CallEntry): boolean {
	if (service !== 'books' || method !== 'GET') return false;
	return polled.some(([paths, queries]) => paths.test(path) && queries.test(query));
}
