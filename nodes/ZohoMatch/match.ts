/** Operation Match: parameters in, look-ups, plan, four outputs. What to do is decided in sync/; here is only the carrying. */

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isBlank, setPath, writable } from '../../sync/fields';
import { echoesApart } from '../../sync/echo';
import { groupBy } from '../../sync/fold';
import { linkField, markField } from '../../sync/mark';
import { crmLookups, planCrm, type CrmItem, type PlanEntry } from '../../sync/plan';
import { isSubform } from '../../sync/subform';
import type { Fields, MatchAction } from '../../sync/types';
import { connect } from '../shared/connection';
import { noteEchoes, noteFailure } from '../shared/trigger/taken';
import { planAnnounced } from './announce';
import { readCandidates } from './candidates';
import { linksOf, lookupsFor, wasReadBefore, withClaims, withLinks } from './claims';
import { readBooksInput, readCrmInput, readSettings, type BooksInput, type CrmInput, type MatchSettings } from './items';
import { planContacts } from './matchContacts';
import { planFlatKind } from './matchFlat';
import { Outcomes } from './outcomes';
import { readPromised } from './promised';

const outputs: readonly MatchAction[] = ['new', 'changed', 'unchanged', 'review'];

export async function executeMatch(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const outcomes = new Outcomes(context, outputs.length, outputs.indexOf('review'));
	if (context.getInputData().length === 0) return outcomes.outputs;
	const settings = readSettings(context);
	if (context.getNodeParameter('target', 0) === 'books') await matchBooks(context, settings, outcomes);
	else await matchCrm(context, settings, outcomes);
	return outcomes.outputs;
}

async function matchCrm(
	context: IExecuteFunctions,
	settings: MatchSettings,
	outcomes: Outcomes,
): Promise<void> {
	const inputs = outcomes.readInputs((index) => readCrmInput(context, index, settings));
	for (const [module, group] of groupBy(inputs, (input) => input.module)) {
		const items = group.map(({ item }) => item);
		await outcomes.guard(indexesOf(group), async () => {
			const client = await connect(context, 'crm');
			const links = linksOf(context, module, items);
			for (const item of items) item.readBefore = wasReadBefore(item, links);
			const { echoes, others } = echoesApart(items, [...links.values()].map(({ record }) => record), settings);
			noteEchoes(context, new Set(items.filter((item) => !others.includes(item)).map(({ booksParent, link }) => booksParent ?? link)));
			const lookups = [...crmLookups(others), ...(others.length > 0 ? lookupsFor(links) : [])];
			const fields = comparedFields(group);
			const known = withLinks(await readCandidates(client, module, lookups, fields, settings.wholeModuleFor), links);
			const first = planCrm(others, known, settings);
			// A first sync reads the whole module and is spared the call.
			const promised = settings.wholeModuleFor === undefined ? await readPromised(client, module, newOf(others, first), fields) : [];
			const planned = promised.length === 0 ? first : planCrm(others, [...known, ...promised], settings);
			const entries = [...echoes, ...planned].sort((a, b) => a.inputIndex - b.inputIndex);
			// The next poll reads them.
			if (entries.some(({ isUncertain }) => isUncertain)) noteFailure(context);
			put(outcomes, entries, group);
		});
	}
}

function newOf(items: CrmItem[], entries: PlanEntry[]): CrmItem[] {
	const indexes = new Set(entries.flatMap(({ output, match }) => (output === 'new' ? (match.inputs ?? []) : [])));
	return items.filter(({ inputIndex }) => indexes.has(inputIndex));
}

/** The fields that the mapping proposes: what is not proposed need not be read, and COQL refuses the lists of a record. */
function comparedFields(inputs: CrmInput[]): string[] {
	const proposed = inputs.flatMap(({ item }) => Object.entries(writable(item.record)));
	const readable = proposed.filter(
		([field, value]) => !isSubform(field, value) && !(Array.isArray(value) && value.length === 0),
	);
	const fields = new Set(readable.map(([field]) => field));
	return [...fields].filter((field) => field !== 'id' && field !== linkField && field !== markField);
}

async function matchBooks(
	context: IExecuteFunctions,
	settings: MatchSettings,
	outcomes: Outcomes,
): Promise<void> {
	const inputs = outcomes.readInputs((index) => readBooksInput(context, index, settings));
	await withClaims(context, inputs, settings, async () => await planAll(context, inputs, settings, outcomes));
}

/** Puts out the plans of all kinds of records. @returns what was put out */
async function planAll(
	context: IExecuteFunctions,
	inputs: BooksInput[],
	settings: MatchSettings,
	outcomes: Outcomes,
): Promise<PlanEntry[]> {
	const planned: PlanEntry[] = [];
	for (const [, group] of groupBy(inputs, ({ flat }) => flat?.label ?? '')) {
		const kind = group[0]?.flat;
		await outcomes.guard(indexesOf(group), async () => {
			const plan = async () =>
				(await (kind ? planFlatKind(context, group, kind, settings) : planContacts(context, group, settings))).entries;
			const entries = settings.dryRun ? await plan() : await planAnnounced(context, group, plan, settings.markLimit);
			put(outcomes, entries, group);
			planned.push(...entries);
		});
	}
	return planned;
}

type Input = Pick<BooksInput | CrmInput, 'item' | 'newOnly'>;

function indexesOf(inputs: Input[]): number[] {
	return inputs.map(({ item }) => item.inputIndex);
}

function put(outcomes: Outcomes, entries: PlanEntry[], inputs: Input[]): void {
	const newOnly = new Map(inputs.map((input): [number, Fields] => [input.item.inputIndex, input.newOnly]));
	for (const { output, inputIndex, record, match } of entries) {
		if (output === 'new') {
			for (const index of match.inputs ?? [inputIndex]) {
				for (const [path, value] of Object.entries(newOnly.get(index) ?? {})) {
					if (!isBlank(value)) setPath(record, path, value);
				}
			}
		}
		outcomes.put(outputs.indexOf(output), inputIndex, { record, match });
	}
}
