import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { listOrganizations } from '../../zoho/books/read';
import { text } from '../../zoho/json';
import { connect } from './connection';
import { toNodeError } from './errors';

/** On every node that talks to Books; the node's methods need `loadOptions: { getOrganizations }`. */
export const organizationProperty: INodeProperties = {
	displayName: 'Organization Name or ID',
	name: 'organizationId',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getOrganizations' },
	default: '',
	description:
		'The Zoho Books organization to work in. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** The organizations of the connected user, for the dropdown. */
export async function getOrganizations(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const organizations = await listOrganizations(await connect(this, 'books', { anyOrganization: true }));
		const options = organizations
			.map((organization) => ({
				name: `${text(organization.name)} (${text(organization.currency_code)})`,
				value: text(organization.organization_id),
			}))
			.sort((one, other) => one.name.localeCompare(other.name));
		return [{ name: 'The Only One', value: '', description: 'Works as long as the user belongs to one organization' }, ...options];
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
