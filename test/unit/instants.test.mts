import { instantOf } from '../../nodes/shared/instants';

const berlin = (value: unknown) => {
	const instant = instantOf(value, 'Europe/Berlin');
	return instant === undefined ? undefined : new Date(instant).toISOString();
};

test('a time with an offset is that instant, whatever the time zone', () => {
	expect(berlin('2026-07-01T10:00:00+05:30')).toBe('2026-07-01T04:30:00.000Z');
	expect(berlin('2026-07-01T10:00:00.123Z')).toBe('2026-07-01T10:00:00.123Z');
});

test('a time without an offset is on the clocks of the time zone, in summer and in winter', () => {
	expect(berlin('2026-07-01T10:00:00')).toBe('2026-07-01T08:00:00.000Z');
	expect(berlin('2026-01-01 10:00')).toBe('2026-01-01T09:00:00.000Z');
	expect(berlin('2026-01-01')).toBe('2025-12-31T23:00:00.000Z');
});

test('the hour after the clocks are put forward is not an hour off', () => {
	expect(berlin('2026-03-29T03:30:00')).toBe('2026-03-29T01:30:00.000Z');
	expect(berlin('2026-03-29T01:30:00')).toBe('2026-03-29T00:30:00.000Z');
});

test('times of expressions are taken, and nothing else is', () => {
	expect(berlin(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
	expect(berlin({ toMillis: () => 1_000 })).toBe('1970-01-01T00:00:01.000Z');
	for (const value of ['soon', '2026-13-45', '', 5, null, {}, undefined]) expect(berlin(value)).toBeUndefined();
});
