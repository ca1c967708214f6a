import type { IDataObject, INodeExecutionData, IPollFunctions, IRun } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { ZohoClient } from '../../../zoho/client';
import { toNodeError } from '../errors';
import { toItem, type TriggerEvent } from './events';
import { inTime, isRegistering, late } from './activation';
import { FailureBudget, isPassing, isRefusal, messageOf } from './failures';
import type { TriggerContext } from './keys';
import { keysOf, triggerName } from './keys';
import type { DeliveryMode } from './settings';
import { readSettings } from './settings';
import type { Scan, SweepState } from './sweep';
import { sweep } from './sweep';
import type { TriggerSystem } from './system';
import { taken } from './taken';
import { Unfinished } from './unfinished';

/** What this process knows of a trigger. Losing it costs a look back, never a record. */
interface Process {
	polls: number;
	running: boolean;
	/** Of a first poll that took too long for the activation: the next one puts it out. */
	found: TriggerEvent[];
	/** Put out, and not brought to an end. */
	unfinished: Unfinished;
	/** When the last poll began, epoch milliseconds. */
	polledAt: number;
	/** Scans that have succeeded once. */
	lookedAt: Set<string>;
	/** When the registration was last seen to be complete, epoch milliseconds; 0 when it may not be. */
	registeredAt: number;
	/** Until when a registration that failed for good is left alone, epoch milliseconds. */
	unregisteredUntil: number;
	/** The last poll brought what no delivery told of. */
	untold: boolean;
}

/** Polls that follow each other faster look at what happens seldom every third time, and at nothing else then. Milliseconds. */
const often = 10 * 60_000;

/** How long a registration that fails for good is left alone. */
const registrationPause = 60 * 60_000;

const processes = new Map<string, Process>();
const budget = new FailureBudget();

/**
 * One poll: keeps the registration alive and puts out what was modified since the cursor.
 *
 * Why no record gets lost over a restart (n8n 2.41.1). The cursor lives in the node's static data, which n8n
 * writes to its database (a) at the end of every activation — a start of n8n, a publication, a change of
 * leader — after the first poll has run (`WorkflowTriggerActivator.activateInternal` → `saveStaticData`), and
 * (b) whenever a poll puts something out (`TriggerExecutionContextFactory`, `__emit`), but not when it puts
 * out nothing. So after a kill the database holds the cursor of the last output or of the activation, which
 * is never newer than what was put out. It can be newer than what was *finished*: executions die with the
 * process. Therefore the first poll of a process starts `Look Back at Start` before the cursor, and forgets
 * which rows it has put out. What an execution did not bring to its end while the process lives comes again
 * (see unfinished.ts). Without any cursor (a first activation, a node that was renamed, an activation
 * that was killed) it starts as far before Zoho's present time. Other writers of the workflow's static data
 * can only put an older cursor back, which repeats records.
 */
export async function poll(
	context: IPollFunctions,
	system: TriggerSystem,
): Promise<INodeExecutionData[][] | null> {
	const state = processOf(triggerName(context));
	// n8n starts a poll while the last one still runs.
	if (state.running) return null;
	if (state.found.length > 0) return putOut(context, system, state, state.found.splice(0));
	state.running = true;
	state.polls++;
	const work = guardedPoll(context, system, state).finally(() => (state.running = false));
	return putOut(context, system, state, state.polls > 1 ? await work : await firstPoll(context, work, state));
}

/**
 * Starts the execution itself: only so does n8n tell how it has ended. A poll that n8n has given up on as too slow puts its records out all the same.
 * In a manual run n8n takes what is returned.
 */
function putOut(context: IPollFunctions, system: TriggerSystem, state: Process, events: TriggerEvent[]): INodeExecutionData[][] | null {
	if (events.length === 0) return null;
	const idField = system.idField(context);
	const items = [events.map((event) => toItem(event, idField))];
	if (context.getMode() === 'manual') return items;
	const end = context.helpers.createDeferredPromise<IRun | undefined>();
	state.unfinished.watch(events, end.promise);
	context.__emit(items, undefined, end);
	return null;
}

async function guardedPoll(context: IPollFunctions, system: TriggerSystem, state: Process): Promise<TriggerEvent[]> {
	try {
		return await pollOnce(context, system, state);
	} catch (error) {
		report(context, error, state);
		return [];
	}
}

/** n8n waits for it before it takes the trigger for active, and not for long. */
async function firstPoll(context: IPollFunctions, work: Promise<TriggerEvent[]>, state: Process): Promise<TriggerEvent[]> {
	const { name } = context.getNode();
	const events = await inTime(work, (error) => context.logger.warn(`${name}: ${messageOf(error)} The next poll tries again.`));
	if (events !== late) return events;
	context.logger.info(`${name}: the first poll takes its time. It goes on while the workflow runs.`);
	work.then((found) => state.found.push(...found)).catch(() => undefined);
	return [];
}

async function pollOnce(
	context: IPollFunctions,
	system: TriggerSystem,
	state: Process,
): Promise<TriggerEvent[]> {
	const { delivery } = readSettings(context);
	const client = await system.connect(context);
	try {
		return delivery === 'webhook' ? [] : await sweepOnce(context, system, client, state);
	} finally {
		// At an activation n8n registers the webhook and polls for the first time at the same moment: leave it to create() then.
		if (delivery !== 'polling' && state.polls > 1) await keepRegistered(context, system, client, state);
	}
}

/** Where deliveries tell at once, a poll is the safety net, and costs one call for each module. */
function inTurn(scans: readonly Scan[], state: Process, delivery: DeliveryMode, now: number): Scan[] {
	const isOften = now - state.polledAt < often;
	state.polledAt = now;
	if (delivery === 'polling' || !isOften || !scans.some(({ isSeldom }) => isSeldom)) return [...scans];
	const isTurnOfSeldom = state.polls % 3 === 0;
	return scans.filter(({ key, isSeldom = false }) => isSeldom === isTurnOfSeldom || !state.lookedAt.has(key));
}

async function sweepOnce(
	context: IPollFunctions,
	system: TriggerSystem,
	client: ZohoClient,
	state: Process,
): Promise<TriggerEvent[]> {
	const settings = readSettings(context);
	const staticData = context.getWorkflowStaticData('node');
	const scans = inTurn(system.scans(context, client), state, settings.delivery, Date.now());
	state.untold = false;
	const {
		batch,
		state: next,
		failures: failed,
	} = await sweep(stateOf(staticData, state.unfinished.take()), scans, {
		...settings,
		limit: settings.recordsPerPoll,
		lookedAt: state.lookedAt,
		sort: (found) => {
			const sorted = taken.sort(triggerName(context), found, Date.now());
			state.untold = sorted.untold > 0;
			return sorted;
		},
	});
	staticData.cursors = next.cursors as unknown as IDataObject;
	staticData.waiting = next.waiting as unknown as IDataObject[];
	for (const { key } of scans) {
		if (!failed.has(key)) state.lookedAt.add(key);
	}
	const [failure] = failed.values();
	if (failure === undefined) {
		budget.succeeded(triggerName(context));
	} else if (batch.length === 0) {
		throw failure;
	} else {
		// What was found goes out; the collection that failed keeps its cursor.
		context.logger.warn(`${context.getNode().name}: ${messageOf(failure)}`);
	}
	return batch;
}

function stateOf(staticData: IDataObject, again: TriggerEvent[]): SweepState {
	const { cursors, waiting } = staticData as unknown as Partial<SweepState>;
	return { cursors: { ...cursors }, waiting: [...again, ...(Array.isArray(waiting) ? waiting : [])] };
}

/** Registers what is missing or about to lapse. Whatever goes wrong, polling goes on. */
async function keepRegistered(
	context: IPollFunctions,
	system: TriggerSystem,
	client: ZohoClient,
	state: Process,
): Promise<void> {
	const now = Date.now();
	// The poll context does not know the webhook's URL; create() and checkExists() leave it here at every activation.
	const { url } = context.getWorkflowStaticData('node');
	if (now < state.unregisteredUntil || typeof url !== 'string' || isRegistering(triggerName(context))) return;
	if (now < state.registeredAt + system.registrationCheckEvery(context, url, state.untold)) return;
	try {
		const keys = await keysOf(context, system.credentialType(context), false);
		await system.registration(context, client, keys, url).complete();
		state.registeredAt = now;
	} catch (error) {
		state.registeredAt = 0;
		context.logger.warn(`${context.getNode().name}: no webhook is registered in Zoho. ${messageOf(error)}`);
		if (isPassing(error)) return;
		state.unregisteredUntil = now + registrationPause;
		const pollingSuffices = readSettings(context).delivery === 'webhookAndPolling' && isRefusal(error);
		// Shows as a failed execution and starts the error workflow, and leaves the poll alone.
		if (!pollingSuffices) context.__emitError(toNodeError(context.getNode(), error));
	}
}

/**
 * The first poll of a process decides whether n8n takes the trigger for active, so a passing failure never
 * fails that one.
 */
function report(context: IPollFunctions, error: unknown, state: Process): void {
	if (!isPassing(error)) throw toNodeError(context.getNode(), error);
	const usedUp = budget.isUsedUp(triggerName(context), Date.now());
	if (usedUp && state.polls > 1) {
		throw new NodeOperationError(context.getNode(), 'Zoho has not answered polls for some time', {
			description: `${messageOf(error)} Polling goes on, and will bring everything that changed meanwhile.`,
		});
	}
	context.logger.warn(`${context.getNode().name}: ${messageOf(error)} The next poll tries again.`);
}

function processOf(name: string): Process {
	const known = processes.get(name);
	if (known) return known;
	const state: Process = {
		polls: 0,
		running: false,
		found: [],
		unfinished: new Unfinished(),
		polledAt: 0,
		lookedAt: new Set(),
		registeredAt: 0,
		unregisteredUntil: 0,
		untold: false,
	};
	processes.set(name, state);
	return state;
}

/** After a trigger was switched off in this process, its next poll is the first one again. */
export function forget(context: TriggerContext): void {
	processes.delete(triggerName(context));
}
