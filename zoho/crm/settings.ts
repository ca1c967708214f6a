/** What a module looks like in CRM's settings. Sources: CRM v8 "Modules", "Layouts", "Related Lists", "Contact Roles". */

import type { ZohoClient } from '../client';
import { asObject, objectsOf } from '../json';
import type { JsonObject, QueryValues, ZohoCall } from '../types';
import { crmRoot } from './read';

function callFor(path: string, subject: string, scope: string, query?: QueryValues): ZohoCall {
	return { method: 'GET', path: `${crmRoot}/${path}`, subject, scope, ...(query && { query }) };
}

/** All that Zoho tells of one module; undefined when there is none of that API name. */
export async function getModule(client: ZohoClient, module: string): Promise<JsonObject | undefined> {
	const call = callFor(`settings/modules/${encodeURIComponent(module)}`, `the module ${module}`, 'ZohoCRM.settings.modules.READ');
	return objectsOf(asObject((await client.request(call)).body).modules)[0];
}

/** The layouts of a module, with their sections and fields. */
export async function listLayouts(client: ZohoClient, module: string): Promise<JsonObject[]> {
	const call = callFor('settings/layouts', `the layouts of ${module}`, 'ZohoCRM.settings.layouts.READ', { module });
	return objectsOf(asObject((await client.request(call)).body).layouts);
}

/** The lists below a record of the module: `api_name`, `display_label`, the `module` of their records. */
export async function listRelatedLists(client: ZohoClient, module: string): Promise<JsonObject[]> {
	const call = callFor('settings/related_lists', `the related lists of ${module}`, 'ZohoCRM.settings.related_lists.READ', { module });
	return objectsOf(asObject((await client.request(call)).body).related_lists);
}

/** The roles that a Contact can have in a Deal. */
export async function listContactRoles(client: ZohoClient): Promise<JsonObject[]> {
	const call = callFor('Contacts/roles', 'the contact roles', 'ZohoCRM.modules.Contacts.READ');
	return objectsOf(asObject((await client.request(call)).body).contact_roles);
}
