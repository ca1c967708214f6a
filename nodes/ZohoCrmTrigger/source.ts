/** What a Zoho CRM Trigger node watches, as its parameters say. */

import { NodeOperationError } from 'n8n-workflow';

import type { TriggerContext } from '../shared/trigger/keys';
import { parameter } from '../shared/trigger/keys';
import { readSettings } from '../shared/trigger/settings';
import { longestChannelLife } from '../../zoho/crm/channels';

export interface CrmOptions {
	/** Milliseconds for which a channel is asked for. */
	channelLife: number;
	/** Milliseconds after which a channel is renewed. */
	renewEvery: number;
	pollDeleted: boolean;
}

interface Options {
	channelLife?: number;
	renewEvery?: number;
	pollDeleted?: boolean;
}

/** Milliseconds. */
export const hour = 60 * 60_000;

/** API names of modules: the ones picked from the list, and those given by name. */
export function chosenModules(context: TriggerContext): string[] {
	const picked = parameter<string[] | string>(context, 'modules', []);
	const names = parameter(context, 'moduleNames', '').split(',');
	const modules = [picked]
		.flat()
		.concat(names)
		.map((name) => name.trim())
		.filter((name) => name !== '');
	const wrong = modules.find((name) => !/^\w+$/.test(name));
	if (wrong !== undefined || modules.length === 0) {
		const message =
			wrong === undefined ? 'No module is chosen' : `"${wrong}" is not the API name of a module`;
		throw new NodeOperationError(context.getNode(), message, {
			description:
				'Choose a module, or enter API names as Zoho CRM shows them under Setup > Developer Hub > APIs > API names.',
		});
	}
	return [...new Set(modules)];
}

/** API names of the fields to fetch; empty for all. */
export function chosenFields(context: TriggerContext): string[] {
	const fields = parameter(context, 'fields', '').split(',');
	return [...new Set(fields.map((name) => name.trim()).filter((name) => name !== ''))];
}

export function readCrmOptions(context: TriggerContext): CrmOptions {
	const options = parameter<Options>(context, 'options', {});
	const channelLife = Math.min(Math.max(options.channelLife ?? 168, 1) * hour, longestChannelLife);
	return {
		channelLife,
		renewEvery: Math.min(Math.max(options.renewEvery ?? 24, 0) * hour, channelLife),
		pollDeleted: (options.pollDeleted ?? true) && readSettings(context).events.includes('deleted'),
	};
}
