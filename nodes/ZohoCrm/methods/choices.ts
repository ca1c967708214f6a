/** Choices of writes: the field by which records are found, and the layout that they get. */

import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { listLayouts } from '../../../zoho/crm/settings';
import { text } from '../../../zoho/json';
import { connect } from '../../shared/connection';
import { toNodeError } from '../../shared/errors';
import { getFieldsOfKind, getUniqueFields } from './fields';

/** The id, and the fields of which no two records have the same value. */
export async function getKeyFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return [{ name: 'ID', value: 'id' }, ...(await getUniqueFields.call(this))];
}

/** The layouts of the chosen module. */
export async function getLayouts(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const module = text(this.getNodeParameter('module', '', { extractValue: true }));
	if (module === '') return [];
	const layouts = await connect(this, 'crm')
		.then(async (client) => await listLayouts(client, module))
		.catch((error: unknown) => Promise.reject(toNodeError(this.getNode(), error)));
	return layouts.map((layout) => ({ name: text(layout.display_label) || text(layout.name), value: text(layout.id) }));
}

/** Fields with several choices. */
export async function getMultiSelectFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await getFieldsOfKind.call(this, 'multiselectpicklist');
}
