/**
 * What both first syncs have in common: a workflow that walks through a system page by page and calls itself for each page. n8n lets go of
 * a page's data when its execution ends, so that the number of records does not matter; how far it came stands in a Data Table.
 */

import { chain, type NodeSpec, type Wire } from './builder.mts';
import {
	callItself,
	calledByItself,
	createTable,
	deleteRows,
	editFields,
	editJson,
	editObject,
	getRows,
	ifNode,
	insertRows,
	upsertRow,
	type Field,
} from './nodes.mts';

/** How far each first sync came. */
const progressTable = 'Zoho first sync';
/** What a dry run would do, one row for each record. No name of a table may be a part of another one: n8n takes the one for the other. */
const planTable = 'Zoho sync plan';

/** What a page adds to. */
const counters = ['read', 'new', 'linked', 'updated', 'unchanged', 'review', 'failed'] as const;
type Counter = (typeof counters)[number];

/** Columns that say where a walk stands. */
const place = ['page', 'module', 'after'] as const;

const progressColumns = [
	['name', 'string'],
	['state', 'string'],
	['run', 'string'],
	['dry_run', 'boolean'],
	['thorough', 'boolean'],
	['done', 'boolean'],
	['complete_runs', 'number'],
	['rows_per_page', 'number'],
	['page', 'number'],
	['module', 'string'],
	['after', 'string'],
	...counters.map((name) => [name, 'number'] as const),
	['at', 'string'],
] as const;

const planColumns = [
	['walk', 'string'],
	['action', 'string'],
	['module', 'string'],
	['record', 'string'],
	['books_id', 'string'],
	['crm_id', 'string'],
	['changes', 'string'],
	['reason', 'string'],
] as const;

/** Where a page gets its state from, and with it the settings of the run. */
export const pageTrigger = 'When a page is due';
export const state = `$('${pageTrigger}').first().json`;
export const isDry = `={{ ${state}.dry_run }}`;

interface Walk {
	/** As the tables call it: `Books to CRM`. */
	name: string;
	/** How many records one page has, unless the user says otherwise. */
	rowsPerPage: number;
	settings?: readonly Field[];
	/** The first place. */
	start: Record<(typeof place)[number], string | number>;
}

/** Outputs of Zoho Match, by what its node is called. */
const matched = (node: string, output: number) =>
	`($('${node}').isExecuted ? $('${node}').all(${output}) : [])`;

/**
 * The upper row: it starts, finds out where to go on, and calls the workflow for page after page.
 * Wires to `pageTrigger` are none: the workflow is called.
 */
export function walker({ name, rowsPerPage, settings = [], start }: Walk): { nodes: NodeSpec[]; wires: Wire[] } {
	const ofSettings = "$('Settings').first().json.settings";
	const row = "$('Progress so far').first().json";
	// Page 3 is another one where pages are longer.
	const isResumed = `${row}.state === 'under way' && ${row}.rows_per_page === ${ofSettings}.rows_per_page && !${ofSettings}.start_over`;
	const key = `={{ '${name}' + (${ofSettings}.dry_run ? ' (dry run)' : '') }}`;
	const goOn = `={{ (({ isResumed, row, settings }) => ({
	...settings,
	name: '${name}' + (settings.dry_run ? ' (dry run)' : ''),
	run: String($execution.id),
	complete_runs: row.complete_runs ?? 0,
	thorough: settings.look_at_all || isResumed || !row.complete_runs,
	...(isResumed
		? { ${place.map((one) => `${one}: row.${one}`).join(', ')}, ${counters.map((one) => `${one}: row.${one}`).join(', ')} }
		: { ${place.map((one) => `${one}: ${JSON.stringify(start[one])}`).join(', ')}, ${counters.map((one) => `${one}: 0`).join(', ')} }),
}))({ row: ${row}, settings: ${ofSettings}, isResumed: ${isResumed} }) }}`;
	const done = "$('Next page').last().json";
	const nodes: NodeSpec[] = [
		{ name: 'Start or go on', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, at: [0, 0] },
		editFields({ name: 'Settings', at: [1, 0] }, [
			['settings.dry_run', true, 'boolean'],
			['settings.start_over', false, 'boolean'],
			['settings.look_at_all', false, 'boolean'],
			['settings.rows_per_page', rowsPerPage, 'number'],
			['settings.when_both_sides_changed', 'eventSide'],
			...settings,
		]),
		createTable({ name: 'Progress table', at: [2, 0] }, progressTable, progressColumns),
		createTable({ name: 'Plan table', at: [3, 0], once: true }, planTable, planColumns),
		{
			...deleteRows({ name: 'Empty the plan', at: [4, 0], once: true, note: 'Only before a dry run' }, planTable, {
				walk: `={{ ${ofSettings}.dry_run ? '${name}' : 'no walk' }}`,
			}),
			alwaysOutput: true,
		},
		{
			...getRows({ name: 'Progress so far', at: [5, 0], once: true }, progressTable, { name: key }),
			alwaysOutput: true,
		},
		{ ...editJson({ name: 'Where to go on', at: [6, 0] }, goOn), once: true },
		callItself({ name: 'Next page', at: [7, 0] }),
		editFields({ name: 'Progress', at: [8, -0.8] }, [
			...progressColumns.map(([column, type]): Field => [column, valueOf(column), type]),
		]),
		upsertRow({ name: 'Note the progress', at: [9, -0.8] }, progressTable, 'name'),
		ifNode({ name: 'All pages done?', at: [8, 0.4] }, '={{ $json.done }}'),
		editFields({ name: 'Report', at: [9, 0.4] }, [['report', reportOf(name, done)]]),
	];
	const wires: Wire[] = [
		...chain(
			'Start or go on',
			'Settings',
			'Progress table',
			'Plan table',
			'Empty the plan',
			'Progress so far',
			'Where to go on',
			'Next page',
			'Progress',
			'Note the progress',
		),
		...chain('Next page', 'All pages done?', 'Report'),
		{ from: 'All pages done?', output: 1, to: 'Next page' },
	];
	return { nodes, wires };
}

function valueOf(column: string): string {
	if (column === 'at') return '={{ $now.toUTC().toISO() }}';
	if (column === 'state') return "={{ $json.done ? 'complete' : 'under way' }}";
	if (column === 'complete_runs') return '={{ $json.complete_runs + ($json.done ? 1 : 0) }}';
	return `={{ $json.${column} }}`;
}

function reportOf(name: string, from: string): string {
	const count = (counter: Counter) => `{{ ${from}.${counter} }}`;
	return `=**First sync, ${name}**{{ ${from}.dry_run ? ' (dry run: nothing was written)' : '' }}

Records read: ${count('read')}
New: ${count('new')}
Linked: ${count('linked')}
Updated: ${count('updated')}
Unchanged: ${count('unchanged')}
For review: ${count('review')}
Failed: ${count('failed')}

{{ ${from}.dry_run ? 'Each record is a row of the Data Table "${planTable}". To write, switch dry_run off under Settings and run this again.' : 'What is for review or failed stands in the Data Table "Zoho sync review".' }}`;
}

interface Page {
	/** The nodes that read the page: together they give `read`. */
	reads: string;
	/** Zoho Match nodes, with the output of each that carries failures. */
	matches: readonly string[];
	/** When the rows read and what comes of these nodes counts, if not always: an expression. */
	counted?: { nodes: readonly string[]; when: string };
	/** Nodes with an output of their own for failures, and its number. */
	writes: ReadonlyArray<readonly [node: string, output: number]>;
	/** Where the next page begins, as fields of an object literal; `read` is the number of rows on this one. */
	next: string;
}

/** The end of a page: the state for the next one. Its only input is what waits until everything else is done. */
export function sumUp(place: Pick<NodeSpec, 'name' | 'at'>, { reads, matches, counted, writes, next }: Page): NodeSpec {
	const rows = (node: string, output: number) =>
		counted && [reads, ...counted.nodes].includes(node) ? `(${counted.when} ? ${matched(node, output)} : [])` : matched(node, output);
	const all = (output: number) => matches.map((node) => `...${rows(node, output)}`).join(', ');
	const failures = [
		...matches.map((node) => `${rows(node, 4)}.length`),
		...writes.map(([node, output]) => `${rows(node, output)}.length`),
	].join(' + ');
	const code = `={{ (({ before, read, changed }) => ({
	...before,
	read: before.read + read,
	new: before.new + [${all(0)}].length,
	linked: before.linked + changed.filter(({ json }) => ${isLink('json.match')}).length,
	updated: before.updated + changed.filter(({ json }) => !(${isLink('json.match')})).length,
	unchanged: before.unchanged + [${all(2)}].length,
	review: before.review + [${all(3)}].length,
	failed: before.failed + ${failures},
	${next}
}))({ before: ${state}, read: ${rows(reads, 0)}.length, changed: [${all(1)}] }) }}`;
	return { ...editJson(place, code), once: true };
}

/** The record was found by something else than its link, which it gets now. */
const isLink = (match: string) => `!String(${match}.rule ?? '').startsWith('externalId Zoho_Books_ID')`;

/** Rows of the plan, in a dry run, out of what Zoho Match puts out. */
export function planRow(
	place: Pick<NodeSpec, 'name' | 'at'>,
	row: { walk: string; module: string; record: string; booksId: string; crmId: string },
): NodeSpec {
	const words = '(value) => value === undefined || value === null || value === "" ? "(blank)" : typeof value === "object" ? JSON.stringify(value) : String(value)';
	const changes = `={{ (($json.match?.changes ?? []).concat($json.match?.conflicts ?? [])).map((change) => change.field + ': ' + (${words})(change.from ?? change.target) + ' → ' + (${words})(change.to ?? change.source)).join('; ') }}`;
	const action = `={{ $json.error ? 'fails' : $json.match.action !== 'changed' ? $json.match.action : ${isLink('$json.match')} ? 'link' : 'update' }}`;
	return editObject(place, [
		['walk', row.walk],
		['action', action],
		['module', row.module],
		['record', row.record],
		['books_id', row.booksId],
		['crm_id', row.crmId],
		['changes', changes],
		['reason', "={{ $json.error ? [$json.error.message ?? $json.error, $json.details].filter(Boolean).join('. ') : $json.match.reason }}"],
	]);
}

export const addToPlan = (place: Pick<NodeSpec, 'name' | 'at'>): NodeSpec => insertRows(place, planTable);

export const pageIsDue = (at: NodeSpec['at']): NodeSpec => calledByItself({ name: pageTrigger, at });
