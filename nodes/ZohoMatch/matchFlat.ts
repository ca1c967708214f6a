/** Products on their way to items, Vendors to vendors: what must be known of both systems to decide. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { noFlatKnowledge, planFlat, type FlatKind, type FlatPlan } from '../../sync/plan';
import { lookUpFlat } from './booksKnowledge';
import type { BooksInput, MatchSettings } from './items';
import { completePlan, readOwners } from './rounds';

/** The plan over all inputs of one kind. Which of the records found belong to another CRM record already costs one CRM call for 50. */
export async function planFlatKind(
	context: IExecuteFunctions,
	inputs: BooksInput[],
	kind: FlatKind,
	settings: MatchSettings,
): Promise<FlatPlan> {
	const items = inputs.map(({ item }) => item);
	const modules = new Set(items.map(({ module }) => module));
	const known = noFlatKnowledge();
	return await completePlan(
		context,
		() => planFlat(items, known, kind, settings),
		async (books, { needs }) => {
			await lookUpFlat(books, kind, needs, known);
			const found = [...known.searches.values()].flat().map((row) => String(row[kind.idField]));
			const byRule = items.flatMap(({ rules }) =>
				rules.flatMap((rule) => (rule.kind === 'recordId' ? [String(rule.value ?? '').trim()] : [])),
			);
			await readOwners(context, modules, [...found, ...byRule.filter(Boolean)], known.linkedTo);
		},
	);
}
