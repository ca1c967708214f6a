import { fromItem, toItem } from '../../nodes/shared/trigger/events';
import type { TriggerEvent } from '../../nodes/shared/trigger/events';
import { FailureBudget } from '../../nodes/shared/trigger/failures';
import { parseJson } from '../../nodes/shared/trigger/delivery';
import { isFresh } from '../../nodes/ZohoBooksTrigger/freshness';
import { renewalIsDue } from '../../nodes/ZohoCrmTrigger/channel';

const hour = 60 * 60_000;
const week = 168 * hour;

test('an item tells what happened and survives the way through the execution', () => {
	const event: TriggerEvent = {
		type: 'created',
		resource: 'contact',
		id: '46',
		delivery: 'webhook',
		organizationId: '1',
		record: { contact_id: '46', contact_name: 'A' },
	};
	const item = toItem(event, 'contact_id');
	expect(item.json).toEqual({
		contact_id: '46',
		contact_name: 'A',
		_event: { type: 'created', resource: 'contact', id: '46', delivery: 'webhook', organizationId: '1' },
	});
	expect(fromItem(item, 'contact_id')).toEqual(event);
});

test('the item of a deleted record holds its id and the event only', () => {
	const event: TriggerEvent = { type: 'deleted', resource: 'Contacts', id: '9', delivery: 'polling' };
	expect(toItem(event, 'id').json).toEqual({ id: '9', _event: event });
	expect(fromItem(toItem(event, 'id'), 'id')).toEqual(event);
});

test('items that are not ours are recognised', () => {
	expect(fromItem({ json: {} }, 'id')).toBeUndefined();
	expect(fromItem({ json: { _event: { type: 'exploded', resource: 'x', id: '1' } } }, 'id')).toBeUndefined();
	expect(fromItem({ json: { _event: null } }, 'id')).toBeUndefined();
});

test('ids of 19 digits survive even when they come as numbers', () => {
	expect(parseJson('{"contact_id":4600000000260491234,"n":5,"x":1.5}')).toEqual({
		contact_id: '4600000000260491234',
		n: 5,
		x: 1.5,
	});
});

test('what is not JSON is nothing, not an exception', () => {
	for (const broken of ['', '{', 'null,', '{"a":', '\u0000', '[[[['])
		expect(parseJson(broken)).toBeUndefined();
});

test('a Books payload is used as it is only when it is not older than a quarter of an hour and no newer one was seen', () => {
	const now = 1_700_000_000_000;
	expect(isFresh('a', now - 5_000, now)).toBe(true);
	expect(isFresh('a', now - 6_000, now)).toBe(false);
	expect(isFresh('a', now - 5_000, now)).toBe(false);
	expect(isFresh('a', now - 4_000, now)).toBe(true);
	expect(isFresh('d', now - 8 * 60_000, now)).toBe(true);
	expect(isFresh('b', now - 20 * 60_000, now)).toBe(false);
	expect(isFresh('c', now + 20 * 60_000, now)).toBe(false);
});

test('a channel is renewed a day after it was granted, and one that Zoho cut short before two thirds are over', () => {
	const life = { channelLife: week, renewEvery: 24 * hour };
	expect(renewalIsDue(week - 23 * hour, life)).toBe(false);
	expect(renewalIsDue(week - 25 * hour, life)).toBe(true);
	expect(renewalIsDue(0.7 * hour, { ...life, granted: hour })).toBe(false);
	expect(renewalIsDue(0.6 * hour, { ...life, granted: hour })).toBe(true);
	expect(renewalIsDue(0.9 * hour, life)).toBe(true);
});

test('a passing failure is reported when it lasts, once per quarter of an hour', () => {
	const budget = new FailureBudget();
	const minute = 60_000;
	expect([0, 5, 14, 15, 16, 31].map((at) => budget.isUsedUp('t', at * minute))).toEqual([
		false,
		false,
		false,
		true,
		false,
		true,
	]);
	budget.succeeded('t');
	expect(budget.isUsedUp('t', 60 * minute)).toBe(false);
});
