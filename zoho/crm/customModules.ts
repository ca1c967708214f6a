/** Custom modules. Sources: CRM v8 "Create Custom Module", "Get Profiles". */

import type { ZohoClient } from '../client';
import { type ZohoError, refusal } from '../errors';
import { asObject, objectsOf, text } from '../json';
import type { JsonObject, ZohoCall } from '../types';
import { listModules } from './metadata';
import { crmRoot } from './read';

/** A custom module that must be there. */
export interface CustomModule {
	/** At most 50 letters, digits and underscores: `Books_Payments`. */
	apiName: string;
	/** At most 25 letters, digits and spaces. */
	singularLabel: string;
	pluralLabel: string;
	/** Whose profiles may see the module; everybody's when left out. */
	profileIds?: readonly string[];
}

export interface EnsuredModule {
	/** What CRM calls it, which may differ from what was asked for: `problems` tells. */
	apiName: string;
	state: 'existed' | 'created';
	id: string;
	/** What is wrong with the module as it stands, for people; empty when it is as asked. */
	problems: string[];
}

/** The profiles of the organization: `id`, `name`, `type` …. */
export async function listProfiles(client: ZohoClient): Promise<JsonObject[]> {
	const reply = await client.request({
		method: 'GET',
		path: `${crmRoot}/settings/profiles`,
		subject: 'the profiles',
		scope: 'ZohoCRM.settings.profiles.READ',
	});
	return objectsOf(asObject(reply.body).profiles);
}

/**
 * Makes sure that the organization has a custom module. An existing module is never changed.
 * @throws ZohoError when the module cannot be made, as in editions without custom modules
 */
export async function ensureModule(client: ZohoClient, spec: CustomModule): Promise<EnsuredModule> {
	const existing = findModule(await listModules(client), spec);
	if (existing) return { ...described(existing, spec), state: 'existed' };
	await createModule(client, spec);
	const created = findModule(await listModules(client), spec);
	if (created) return { ...described(created, spec), state: 'created' };
	throw refusal(
		createCall(spec, []),
		'module-not-listed',
		'the module was made, but Zoho CRM does not list it',
		'Look at Setup > Customization > Modules in Zoho CRM, then run this again.',
	);
}

/** By API name, else by its label: CRM may have made another name of it. */
function findModule(modules: JsonObject[], { apiName, pluralLabel }: CustomModule): JsonObject | undefined {
	return (
		modules.find((module) => text(module.api_name) === apiName) ??
		modules.find((module) => text(module.generated_type) === 'custom' && text(module.plural_label) === pluralLabel)
	);
}

function described(module: JsonObject, spec: CustomModule): Omit<EnsuredModule, 'state'> {
	const apiName = text(module.api_name);
	const problems: string[] = [];
	if (apiName !== spec.apiName) problems.push(`its API name is ${apiName}, not ${spec.apiName}`);
	if (module.api_supported === false) problems.push('its records cannot be reached through the API');
	else if (module.creatable === false) problems.push('the connected user may not create records in it');
	return { apiName, id: text(module.id), problems };
}

async function createModule(client: ZohoClient, spec: CustomModule): Promise<void> {
	const profileIds = spec.profileIds ?? (await listProfiles(client)).map((profile) => text(profile.id));
	const refused = await attemptToCreate(client, createCall(spec, profileIds));
	if (!refused || refused.intent === 'duplicate') return;
	// Zoho's OpenAPI file allows no underscore in the name, its page does. Left out, CRM makes the name of the plural label.
	if (refused.fault.code !== 'INVALID_DATA' || refused.fault.field !== 'api_name') throw refused;
	const again = await attemptToCreate(client, createCall({ ...spec, apiName: '' }, profileIds));
	if (again && again.intent !== 'duplicate') throw again;
}

async function attemptToCreate(client: ZohoClient, call: ZohoCall): Promise<ZohoError | undefined> {
	return (await client.attempt(call)).error;
}

function createCall({ apiName, singularLabel, pluralLabel }: CustomModule, profileIds: readonly string[]): ZohoCall {
	return {
		method: 'POST',
		path: `${crmRoot}/settings/modules`,
		body: {
			modules: [
				{
					singular_label: singularLabel,
					plural_label: pluralLabel,
					...(apiName !== '' && { api_name: apiName }),
					profiles: profileIds.map((id) => ({ id })),
				},
			],
		},
		subject: `the module "${pluralLabel}"`,
		scope: 'ZohoCRM.settings.modules.CREATE',
		// A second module of the same labels is refused, and what exists is looked up afterwards.
		repeatable: true,
	};
}
