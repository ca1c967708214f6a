/** What plans for Books have in common: they say what they lack, and are made again when it was looked up. */

import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { linkField } from '../../sync/mark';
import type { ZohoClient } from '../../zoho/client';
import { connect } from '../shared/connection';
import { readLinks } from './candidates';

/** A plan asks for records by link, then by rule, then for what it found; more rounds than this mean a mistake. */
const mostRounds = 10;

/** Plans, looks up what the plan lacks, and plans again. Known links and good marks make a plan complete without any call. */
export async function completePlan<Plan extends { complete: boolean }>(
	context: IExecuteFunctions,
	makePlan: () => Plan,
	lookUp: (books: ZohoClient, plan: Plan) => Promise<void>,
): Promise<Plan> {
	let books: ZohoClient | undefined;
	for (let round = 0; round < mostRounds; round += 1) {
		const plan = makePlan();
		if (plan.complete) return plan;
		books ??= await connect(context, 'books');
		await lookUp(books, plan);
	}
	throw new NodeOperationError(
		context.getNode(),
		'The records could not be matched: Books was asked for the same records again and again',
		{
			description: 'Please report this with the records of this run.',
		},
	);
}

/** Adds to `owners` which CRM records hold these Books ids as their link; '' for none. One CRM call for 50 ids and module. */
export async function readOwners(
	context: IExecuteFunctions,
	modules: Set<string>,
	booksIds: string[],
	owners: Map<string, string>,
): Promise<void> {
	const unknown = [...new Set(booksIds)].filter((id) => !owners.has(id));
	if (unknown.length === 0 || modules.size === 0) return;
	const client = await connect(context, 'crm');
	for (const id of unknown) owners.set(id, '');
	for (const module of modules) {
		for (const row of await readLinks(client, module, linkField, unknown))
			owners.set(String(row[linkField]), String(row.id));
	}
}
