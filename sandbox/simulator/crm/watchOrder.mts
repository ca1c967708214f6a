import { type EventName, eventNames, type FieldGroup } from './channels.mts';
import { type CrmFault, fault, faults } from './errors.mts';
import type { CrmOrg } from './org.mts';
import { readTime } from './times.mts';
import { isObject, type Json } from './values.mts';

const unwatched = new Set(['Notes']);

/** One entry of `watch`, read. */
export interface Order {
	id: string;
	modules: Map<string, Set<EventName>>;
	notifyUrl: string;
	expiry: number | undefined;
	token: string | null | undefined;
	onRelated: boolean | undefined;
	returnValues: boolean | undefined;
	conditions: Map<string, { group: FieldGroup; json: unknown }> | undefined;
	deleteEvents: boolean;
}

/** What is wrong with an entry. */
export class WrongItem extends Error {
	readonly fault: CrmFault;

	constructor(item: CrmFault) {
		super(item.message);
		this.fault = item;
	}
}

const wrong = (item: CrmFault): never => {
	throw new WrongItem(item);
};

function readText(entry: Json, name: string, path: string, most: number): string {
	const value = entry[name];
	if (value === undefined || value === null || value === '')
		return wrong(faults.mandatory(name, `${path}.${name}`));
	if (typeof value !== 'string') return wrong(faults.type('text', name, `${path}.${name}`));
	return value.length > most ? wrong(faults.tooLong(most, name, `${path}.${name}`)) : value;
}

/** A channel id is a long: a JSON string or number of digits. */
function readChannelId(entry: Json, path: string): string {
	const value = entry['channel_id'];
	if (value === undefined || value === null || value === '')
		return wrong(faults.mandatory('channel_id', `${path}.channel_id`));
	const text = String(value);
	const fits =
		/^\d{1,19}$/.test(text) &&
		BigInt(text) <= 9223372036854775807n &&
		(typeof value === 'string' || Number.isSafeInteger(value));
	return fits ? BigInt(text).toString() : wrong(faults.type('bigint', 'channel_id', `${path}.channel_id`));
}

function readUrl(entry: Json, path: string): string {
	const text = readText(entry, 'notify_url', path, 255);
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const usable = url && (url.protocol === 'https:' || url.protocol === 'http:');
	return usable ? text : wrong(faults.type('website', 'notify_url', `${path}.notify_url`));
}

function readEvents(org: CrmOrg, entry: Json, path: string): Order['modules'] {
	const events = entry['events'];
	if (!Array.isArray(events) || events.length === 0)
		return wrong(faults.mandatory('events', `${path}.events`));
	if (events.length > 50) return wrong(faults.tooLong(50, 'events', `${path}.events`));
	const found = new Map<string, Set<EventName>>();
	for (const [index, event] of events.entries()) {
		const [module = '', name = ''] = String(event).split('.');
		const names = name === 'all' ? eventNames : eventNames.filter((known) => known === name);
		if (!org.modules.has(module) || unwatched.has(module) || names.length === 0) {
			return wrong(
				fault('INVALID_DATA', 'invalid data', { api_name: 'events', json_path: `${path}.events[${index}]` }),
			);
		}
		const set = found.get(module) ?? new Set<EventName>();
		for (const one of names) set.add(one);
		found.set(module, set);
	}
	return found;
}

function readFlag(entry: Json, name: string, path: string): boolean | undefined {
	const value = entry[name];
	if (value === undefined || value === null) return undefined;
	return typeof value === 'boolean' ? value : wrong(faults.type('boolean', name, `${path}.${name}`));
}

function readGroup(json: unknown, path: string): FieldGroup {
	if (!isObject(json)) return wrong(faults.type('jsonobject', 'field_selection', path));
	const group = json['group'];
	if (!Array.isArray(group)) return wrong(faults.mandatory('group', `${path}.group`));
	if (group.length > 2) return wrong(faults.tooLong(2, 'group', `${path}.group`));
	const members = group.map((member: unknown, index) => {
		const at = `${path}.group[${index}]`;
		const name = isObject(member) && isObject(member['field']) ? member['field']['api_name'] : undefined;
		return typeof name === 'string' ? name : readGroup(member, at);
	});
	return { operator: json['group_operator'] === 'and' ? 'and' : 'or', members };
}

const countFields = (group: FieldGroup): number =>
	group.members.reduce<number>(
		(sum, member) => sum + (typeof member === 'string' ? 1 : countFields(member)),
		0,
	);

function readConditions(org: CrmOrg, entry: Json, path: string): Order['conditions'] {
	const list = entry['notification_condition'];
	if (list === undefined || list === null) return undefined;
	const at = `${path}.notification_condition`;
	if (!Array.isArray(list)) return wrong(faults.type('jsonarray', 'notification_condition', at));
	const found: NonNullable<Order['conditions']> = new Map();
	for (const [index, condition] of list.entries()) {
		const here = `${at}[${index}]`;
		if (!isObject(condition) || condition['type'] === undefined)
			return wrong(faults.mandatory('type', `${here}.type`));
		const module = isObject(condition['module']) ? condition['module']['api_name'] : undefined;
		if (typeof module !== 'string') return wrong(faults.mandatory('module', `${here}.module`));
		if (!org.modules.has(module))
			return wrong(
				fault('INVALID_DATA', 'invalid data', { api_name: 'api_name', json_path: `${here}.module.api_name` }),
			);
		const group = readGroup(condition['field_selection'], `${here}.field_selection`);
		if (countFields(group) > 10) return wrong(faults.tooLong(10, 'group', `${here}.field_selection.group`));
		found.set(module, { group, json: condition });
	}
	return found;
}

/** Reads an entry of `watch`; throws a WrongItem. */
export function readOrder(org: CrmOrg, entry: unknown, path: string): Order {
	if (!isObject(entry)) return wrong(faults.type('jsonobject', 'watch', path));
	const id = readChannelId(entry, path);
	const modules = readEvents(org, entry, path);
	const notifyUrl = readUrl(entry, path);
	const asked = entry['channel_expiry'];
	const expiry = readTime(asked);
	const given = asked !== undefined && asked !== null;
	if (given && (expiry === undefined || expiry <= org.now()))
		return wrong(faults.type('datetime', 'channel_expiry', `${path}.channel_expiry`));
	const token =
		entry['token'] === undefined
			? undefined
			: entry['token'] === null
				? null
				: readText(entry, 'token', path, 50);
	return {
		id,
		modules,
		notifyUrl,
		expiry,
		token,
		onRelated: readFlag(entry, 'notify_on_related_action', path),
		returnValues: readFlag(entry, 'return_affected_field_values', path),
		conditions: readConditions(org, entry, path),
		deleteEvents: readFlag(entry, '_delete_events', path) === true,
	};
}
