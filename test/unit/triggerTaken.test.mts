import type { TriggerEvent } from '../../nodes/shared/trigger/events';
import { Taken } from '../../nodes/shared/trigger/taken';

const at = Date.parse('2026-07-01T10:00:00Z');
const event = (id: string, more: Partial<TriggerEvent> = {}): TriggerEvent => ({ type: 'updated', resource: 'contact', id, delivery: 'polling', at, ...more });
const ids = (events: readonly TriggerEvent[]) => events.map(({ id }) => id);

const due = (taken: Taken, found: TriggerEvent[], trigger = 'trigger') => taken.sort(trigger, found, at).due;

function dealt(more: Partial<TriggerEvent> = {}, modified = at): Taken {
	const taken = new Taken();
	taken.take('e', 'trigger', event('1', more), modified);
	taken.ended('e');
	return taken;
}

test('a poll leaves out what an execution has dealt with in that version or a later one', () => {
	expect(ids(due(dealt(), [event('1'), event('2')]))).toEqual(['2']);
	expect(ids(due(dealt({}, at + 1000), [event('1')]))).toEqual([]);
});

test.each([
	['was modified since', dealt({}, at - 1000), 'trigger', event('1')],
	['was deleted', dealt(), 'trigger', event('1', { type: 'deleted' })],
	['tells no time', dealt(), 'trigger', event('1', { at: undefined } as Partial<TriggerEvent>)],
	['is of another kind', dealt(), 'trigger', event('1', { resource: 'item' })],
	['is for another trigger', dealt(), 'other', event('1')],
])('a poll puts out what %s', (_why, taken, trigger, found) => {
	expect(due(taken, [found], trigger)).toEqual([found]);
});

test('what an execution has failed at is put out, what one is still at is left to the next poll', () => {
	const taken = new Taken();
	taken.take('at work', 'trigger', event('1'), at);
	taken.take('failed', 'trigger', event('2'), at);
	taken.failed('failed');
	taken.ended('failed');
	const all = [event('1'), event('2')];
	expect(taken.sort('trigger', all, at)).toEqual({ due: [event('2')], later: [event('1')], untold: 1 });
	taken.ended('at work');
	expect(taken.sort('trigger', all, at)).toEqual({ due: [event('2')], later: [], untold: 1 });
});

test('what a delivery has told of is left to the next poll until an execution has had time to begin', () => {
	const taken = new Taken();
	taken.expect('trigger', [event('1', { delivery: 'webhook' })], at);
	const newer = event('1', { at: at + 1000 });
	expect(taken.sort('trigger', [event('1')], at + 60_000)).toEqual({ due: [], later: [event('1')], untold: 0 });
	expect(taken.sort('trigger', [newer], at)).toEqual({ due: [newer], later: [], untold: 1 });
	expect(taken.sort('trigger', [event('1')], at + 60_001).due).toEqual([event('1')]);
	taken.expect('trigger', [event('1')], at);
	taken.take('failed', 'trigger', event('1'), at);
	taken.failed('failed');
	expect(due(taken, [event('1')])).toEqual([event('1')]);
});

test('what no execution of this process begins with is forgotten, told of anew it counts from then on', () => {
	const taken = new Taken();
	taken.expect('trigger', [event('1'), event('2')], at);
	taken.expect('trigger', [event('1')], at + 30_000);
	taken.expect('trigger', [event('3')], at + 60_001);
	expect(ids(taken.sort('trigger', [event('1'), event('2'), event('3')], at + 60_001).later)).toEqual(['1', '3']);
});

test('an older version that is dealt with late takes nothing back', () => {
	const taken = dealt();
	taken.take('late', 'trigger', event('1'), at - 5000);
	taken.ended('late');
	expect(due(taken, [event('1')])).toEqual([]);
});

test.each([
	[20, 20, 0, 20],
	[20, 20, 1, 0],
	[50, 40, 0, 10],
	[50, 40, 10, 10],
	[50, 40, 11, 0],
	[50, 0, 0, 0],
])('of %d records that a delivery held, %d of them as CRM had just written them, a poll that finds %d more under way looks at %d all the same', (count, echoes, busy, looks) => {
	const taken = new Taken();
	const all = Array.from({ length: count }, (_, n) => event(String(n), { fromPayload: true }));
	for (const one of all) taken.take('e', 'trigger', one, at);
	taken.echoed('e', new Set(ids(all.slice(0, echoes))));
	taken.ended('e');
	const underWay = Array.from({ length: busy }, (_, n) => event(`busy ${n}`));
	taken.expect('trigger', underWay, at);
	expect(due(taken, [...all, ...underWay])).toHaveLength(looks);
});
