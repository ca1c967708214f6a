/** *Create Once* and *Update*: what takes the whole run, several records at once. */

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createOnce, onceKey } from '../../zoho/books/createOnce';
import { updateBooksRecord } from '../../zoho/books/write';
import { text } from '../../zoho/json';
import { GivenError } from '../shared/given';
import { Lanes } from '../shared/lanes';
import { writeEach } from './eachRecord';
import { ownParameters, type Kind } from './kind';
import { recordOfItem, withId } from './record';

type Run = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** Creates wait for earlier ones of the same reference number, in whichever execution of this process. */
const onceLanes = new Lanes();

/** A new record for each item, or the one that has its reference number. */
export function createOnceEach(kind: Kind): Run {
	return async function (this: IExecuteFunctions) {
		return await writeEach(this, {
			plural: kind.many,
			recordOf: (index) => recordOfItem(this, index, ownParameters(kind), kind.described),
			laneOf: onceKey,
			write: async (client, given) => {
				const lane = `${client.connection.organizationId ?? ''}/${kind.books.name}/${onceKey(given)}`;
				const { record, created } = await onceLanes.run(lane, async () => await createOnce(client, kind.books, given));
				return { ...record, _created: created };
			},
		});
	};
}

/** Changes the given fields of each item's record. */
export function updateEach(kind: Kind): Run {
	const { books, one, id } = kind;
	return async function (this: IExecuteFunctions) {
		return await writeEach(this, {
			plural: kind.many,
			recordOf: (index) => {
				const record = withId(this, index, recordOfItem(this, index, {}, kind.described), books.idField, id.name);
				if (text(record[books.idField]) !== '') return record;
				throw new GivenError(
					`No ${one.replace(/^an? /, '')} is chosen`,
					`Choose the record, or give its ${books.idField} in the JSON; check what the expression yields for this item.`,
				);
			},
			laneOf: (record) => text(record[books.idField]),
			write: async (client, { [books.idField]: given, ...fields }) =>
				await updateBooksRecord(client, books, text(given), fields),
		});
	};
}
