/** Templates for records that have one counterpart each: items and Products, vendors and Vendors. */

import { chain, type WorkflowSpec } from './builder.mts';
import { crmModules, lacksModule } from './edition.mts';
import { addToReviewQueue, append, editFields, filter, reviewRow, switchNode, type Field } from './nodes.mts';
import { booksSave, booksTrigger, byLink, crmTrigger, crmUpsert, isDeleted, link, matchBooks, matchCrm, type Rule } from './zoho.mts';

interface Common {
	id: string;
	name: string;
	summary: string;
	file: string;
	overview: string;
	/** Singular, for people: `item`, `Product`. */
	source: string;
	target: string;
	mapping: readonly Field[];
	/** Besides the link. */
	rules: Rule[];
	settings?: readonly Field[];
}

interface ToCrm extends Common {
	resource: 'contact' | 'item';
	entities?: string[];
	module: string;
	idField: string;
	nameField: string;
}

interface ToBooks extends Common {
	module: string;
	resource: 'contact' | 'item';
	nameField: string;
	/** CRM fields that the mapping reads. */
	fields: readonly string[];
	newOnlyFields?: string[];
	/** What is written, where it is not just what Match puts out. */
	record?: string;
}

const policy = "={{ $('Settings').first().json.settings.when_both_sides_changed }}";
const settings = (more: readonly Field[] = []): readonly Field[] => [
	['settings.when_both_sides_changed', 'eventSide'],
	['settings.when_deleted', 'review'],
	...more,
];
const isSaved = "={{ $json._event?.type !== 'deleted' }}";
const reportDeletions = "={{ $json.settings.when_deleted === 'review' }}";

const stickies = (overview: string, source: string, target: string): WorkflowSpec['stickies'] => [
	{ overview: true, text: overview, at: [-3, -1.6], size: [2.7, 3.2] },
	{
		text: `### What comes in\nCreated, edited and deleted ${source}s. **Settings** say who wins and what becomes of deletions.`,
		at: [-0.2, -1.6],
		size: [4, 3.2],
	},
	{
		text: `### ${source} → ${target}\nEdit the mapping to your needs; its inverse is in the other template.`,
		at: [3.9, -1.6],
		size: [3.9, 3.2],
	},
];

/** Books → CRM. */
export function toCrm(spec: ToCrm): WorkflowSpec {
	const trigger = `When a Books ${spec.source} changes`;
	const map = `Map ${spec.source} to ${spec.target}`;
	const match = `Match ${spec.module}`;
	const write = `Write ${spec.module}`;
	const review = `Review a Books ${spec.source}`;
	const record = `$('${trigger}').item.json`;
	return {
		id: spec.id,
		name: spec.name,
		summary: spec.summary,
		file: spec.file,
		nodes: [
			booksTrigger({ name: trigger, at: [0, 0] }, spec.resource, spec.entities),
			crmModules({ at: [1, -1] }),
			editFields({ name: 'Settings', at: [1, 0] }, settings(spec.settings), true),
			switchNode({ name: 'What happened?', at: [2, 0] }, [
				['Deleted', isDeleted],
				['No such module', `={{ ${lacksModule(spec.module)} }}`],
				['Saved', isSaved],
			]),
			filter({ name: 'Report deletions', at: [3, -1] }, reportDeletions),
			editFields({ name: map, at: [4, 0] }, spec.mapping),
			matchCrm({ name: match, at: [5, 0] }, spec.module, {
				sourceRecord: "={{ $('Settings').item.json }}",
				rules: [byLink(`={{ $('Settings').item.json.${spec.idField} }}`), ...spec.rules],
				policy,
			}),
			append({ name: 'New and changed', at: [6, 0] }),
			crmUpsert({ name: write, at: [7, 0] }, spec.module),
			reviewRow(
				{ name: review, at: [8, -1] },
				{
					source: `Zoho Books ${spec.source}`,
					id: `${record}.${spec.idField}`,
					name: `${record}.${spec.nameField} ?? ''`,
					deleted: `Deleted in Zoho Books. Decide whether its ${spec.target} in CRM is to go as well.`,
				},
			),
			addToReviewQueue({ name: 'Add to review queue', at: [9, -1] }),
		],
		wires: [
			{ from: trigger, to: 'CRM modules' },
			...chain(trigger, 'Settings', 'What happened?', 'Report deletions', review, 'Add to review queue'),
			{ from: 'What happened?', output: 2, to: map },
			...chain(map, match, 'New and changed', write),
			{ from: match, output: 1, to: 'New and changed', input: 1 },
			{ from: match, output: 3, to: review },
			{ from: match, output: 4, to: review },
			{ from: write, output: 1, to: review },
		],
		stickies: [
			...stickies(spec.overview, spec.source, spec.target),
			reviewSticky(7.9),
		],
	};
}

/** CRM → Books. */
export function toBooks(spec: ToBooks): WorkflowSpec {
	const trigger = `When a CRM ${spec.source} changes`;
	const map = `Map ${spec.source} to ${spec.target}`;
	const match = `Match Books ${spec.target}s`;
	const write = `Write Books ${spec.target}s`;
	const review = `Review a CRM ${spec.source}`;
	const record = `$('${trigger}').item.json`;
	return {
		id: spec.id,
		name: spec.name,
		summary: spec.summary,
		file: spec.file,
		nodes: [
			crmTrigger({ name: trigger, at: [0, 0] }, [spec.module], spec.fields),
			editFields({ name: 'Settings', at: [1, 0] }, settings(spec.settings), true),
			switchNode({ name: 'What happened?', at: [2, 0] }, [
				['Deleted', isDeleted],
				['Saved', isSaved],
			]),
			filter({ name: 'Report deletions', at: [3, -1] }, reportDeletions),
			editFields({ name: map, at: [4, 0] }, spec.mapping),
			matchBooks(
				{ name: match, at: [5, 0] },
				{
					sourceRecord: `={{ ${record} }}`,
					rules: spec.rules,
					policy,
					newOnlyFields: spec.newOnlyFields,
				},
				spec.resource,
			),
			append({ name: 'New and changed', at: [6, 0] }),
			booksSave({ name: write, at: [7, 0] }, spec.resource, spec.record),
			append({ name: 'Written and unchanged', at: [8, 0] }),
			link({ name: 'Link', at: [9, 0] }, `={{ $('${match}').item.json.match }}`),
			reviewRow(
				{ name: review, at: [11, -1] },
				{
					source: `Zoho CRM ${spec.source}`,
					id: `${record}.id`,
					name: `${record}.${spec.nameField} ?? ''`,
					deleted: `Deleted in Zoho CRM. Decide whether its ${spec.target} in Books is to go, or to be made inactive.`,
				},
			),
			addToReviewQueue({ name: 'Add to review queue', at: [12, -1] }),
		],
		wires: [
			...chain(trigger, 'Settings', 'What happened?', 'Report deletions', review, 'Add to review queue'),
			{ from: 'What happened?', output: 1, to: map },
			...chain(map, match, 'New and changed', write, 'Written and unchanged', 'Link'),
			{ from: match, output: 1, to: 'New and changed', input: 1 },
			{ from: match, output: 2, to: 'Written and unchanged', input: 1 },
			{ from: match, output: 3, to: review },
			{ from: match, output: 4, to: review },
			{ from: write, output: 1, to: review },
			{ from: 'Link', output: 1, to: review },
			{ from: 'Link', output: 2, to: review },
		],
		stickies: [
			...stickies(spec.overview, spec.source, spec.target),
			{
				text: '### Link back\nThe Books ID and the sync mark go to the CRM records that lack them.',
				at: [7.9, -1.6],
				size: [2.9, 3.2],
			},
			reviewSticky(10.9),
		],
	};
}

function reviewSticky(column: number): WorkflowSpec['stickies'][number] {
	return {
		text: '### Review queue\nWhatever a person must decide, one row for each record.',
		at: [column, -1.6],
		size: [2, 3.2],
	};
}
