import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { inTime, isRegistering, late, registerInTime } from '../../nodes/shared/trigger/activation';
import { poll } from '../../nodes/shared/trigger/poll';
import type { Scan, ScanResult } from '../../nodes/shared/trigger/sweep';
import type { TriggerSystem } from '../../nodes/shared/trigger/system';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Work that ends when the test says so. */
function pending<Result>() {
	let done: (result: Result) => void = () => {};
	let fail: (error: unknown) => void = () => {};
	const work = new Promise<Result>((resolve, reject) => ([done, fail] = [resolve, reject]));
	return { work, done, fail };
}

const anHour = 3_600_000;
/** All that n8n's deadline leaves: two steps one after the other, each of them late. */
const n8nDeadline = 84_000;

async function settled<Result>(promise: Promise<Result>): Promise<{ result: Result } | 'pending'> {
	return await Promise.race([promise.then((result) => ({ result })), jest.advanceTimersByTimeAsync(0).then(() => 'pending' as const)]);
}

describe('work that n8n waits for at an activation', () => {
	test('is waited for where it ends soon', async () => {
		const failed = jest.fn();
		expect(await inTime(Promise.resolve(7), failed)).toBe(7);
		await expect(inTime(Promise.reject(new Error('no')), failed)).rejects.toThrow('no');
		expect(failed).not.toHaveBeenCalled();
	});

	test('is answered well before n8n gives the publication up, even when two steps are late', async () => {
		const answer = inTime(pending().work, () => {}).then(() => inTime(pending().work, () => {}));
		await jest.advanceTimersByTimeAsync(n8nDeadline / 2);
		expect(await settled(answer)).toEqual({ result: late });
	});

	test('goes on, and a failure that comes late is told', async () => {
		const { work, fail } = pending<number>();
		const failed = jest.fn();
		const answer = inTime(work, failed);
		await jest.advanceTimersByTimeAsync(n8nDeadline);
		expect(await answer).toBe(late);
		const error = new Error('too late');
		fail(error);
		await jest.advanceTimersByTimeAsync(0);
		expect(failed.mock.calls).toEqual([[error]]);
	});

	test('of a registration is under way until it ends', async () => {
		const { work, done } = pending<boolean>();
		const answer = registerInTime('wf/1', work, () => {});
		await jest.advanceTimersByTimeAsync(n8nDeadline);
		expect([await answer, isRegistering('wf/1')]).toEqual([late, true]);
		done(true);
		await jest.advanceTimersByTimeAsync(0);
		expect(isRegistering('wf/1')).toBe(false);
	});
});

describe('a first poll that takes long', () => {
	let looks: Array<ReturnType<typeof pending<ScanResult>>>;
	let node = 0;
	let putOut: INodeExecutionData[];

	function trigger(): IPollFunctions {
		const staticData: IDataObject = {};
		const id = `node ${++node}`;
		return {
			getWorkflow: () => ({ id: 'wf' }),
			getNode: () => ({ id, name: 'Trigger' }),
			getMode: () => 'trigger',
			getNodeParameter: (name: string, fallback: unknown) => (name === 'delivery' ? 'polling' : name === 'events' ? ['created', 'updated'] : fallback),
			getWorkflowStaticData: () => staticData,
			logger: { warn: () => {}, info: () => {} },
			helpers: { createDeferredPromise: () => ({ promise: new Promise(() => {}) }) },
			__emit: ([items = []]: INodeExecutionData[][]) => putOut.push(...items),
		} as unknown as IPollFunctions;
	}

	const scan: Scan = {
		key: 'contact',
		resource: 'contact',
		serverTime: async () => anHour,
		read: async () => {
			const look = pending<ScanResult>();
			looks.push(look);
			return await look.work;
		},
	};
	const system = { connect: async () => ({}), idField: () => 'contact_id', scans: () => [scan] } as unknown as TriggerSystem;
	const found: ScanResult = { rows: [{ id: '7', modified: anHour }], serverTime: anHour + 5_000 };

	beforeEach(() => {
		looks = [];
		putOut = [];
	});

	test('lets n8n go on, and the next poll puts out what it has found', async () => {
		const context = trigger();
		const first = poll(context, system);
		await jest.advanceTimersByTimeAsync(n8nDeadline);
		expect(await settled(first)).toEqual({ result: null });
		expect(await poll(context, system)).toBeNull();
		expect(looks).toHaveLength(1);

		looks[0]?.done(found);
		await jest.advanceTimersByTimeAsync(0);
		expect(putOut).toEqual([]);
		expect(await poll(context, system)).toBeNull();
		expect(putOut.map(({ json }) => json.contact_id)).toEqual(['7']);
		expect(looks).toHaveLength(1);

		const third = poll(context, system);
		await jest.advanceTimersByTimeAsync(0);
		looks[1]?.done({ rows: [], serverTime: anHour + 9_000 });
		expect([await third, looks.length]).toEqual([null, 2]);
	});

	test('that fails late is logged, and the next poll looks again', async () => {
		const context = trigger();
		const first = poll(context, system);
		await jest.advanceTimersByTimeAsync(n8nDeadline);
		expect(await first).toBeNull();
		looks[0]?.fail(new Error('the credential has no client secret'));
		await jest.advanceTimersByTimeAsync(0);
		const second = poll(context, system);
		const failure = expect(second).rejects.toThrow('client secret');
		await jest.advanceTimersByTimeAsync(0);
		looks[1]?.fail(new Error('the credential has no client secret'));
		await failure;
	});
});
