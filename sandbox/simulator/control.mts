import express, { type Express, type Request, type Response } from 'express';
import type { DeliveryMeta } from './deliveries.mts';
import { stateOf } from './controlState.mts';
import type { Simulator, SimulatorOptions } from './simulator.mts';
import type { DeskAction, Fault, Location, Switches } from './types.mts';

type Answer = unknown;
type Handler = (request: Request) => Answer | Promise<Answer>;

/**
 * The control API of the sandbox, under `/sim`. Every route is one call of the simulator, so tests in the same process need none of
 * this. Bodies and answers are JSON; a mistake is answered 400 with `{error}`.
 */
export function control(simulator: Simulator): Express {
	const { world } = simulator;
	const app = express();
	app.use('/sim', express.json({ limit: '10mb' }));

	const on = (method: 'get' | 'post' | 'delete', path: string, handler: Handler) => {
		app[method](`/sim${path}`, (request: Request, response: Response) => {
			Promise.resolve()
				.then(() => handler(request))
				.then(
					(answer) => response.json(answer ?? { ok: true }),
					(error: unknown) =>
						response.status(400).json({ error: error instanceof Error ? error.message : String(error) }),
				);
		});
	};

	on('post', '/reset', ({ body }) => {
		simulator.reset((body ?? {}) as SimulatorOptions);
		return stateOf(simulator);
	});
	on('get', '/calls', (request) => simulator.calls(after(request)));
	on('get', '/counts', (request) => simulator.counts(after(request)));
	on('post', '/faults', ({ body }) => {
		world.faults.push(...((Array.isArray(body) ? body : [body]) as Fault[]));
		return world.faults;
	});
	on('get', '/faults', () => world.faults);
	on('delete', '/faults', () => {
		world.faults = [];
		return world.faults;
	});
	on('post', '/switches', ({ body }) => Object.assign(world.switches, body as Partial<Switches>));
	on('get', '/switches', () => world.switches);
	on('post', '/clock', ({ body }) => {
		const { advance = 0, skew } = (body ?? {}) as { advance?: number; skew?: number };
		world.clock.advance(advance);
		if (skew !== undefined) world.clock.skew = skew;
		return { now: world.now() };
	});
	on('post', '/desk', ({ body }) => simulator.desk(body as DeskAction));
	on('get', '/records/:system/:location/:collection', ({ params, query }) => {
		const { system, location, collection } = params as {
			system: string;
			location: string;
			collection: string;
		};
		if (system !== 'books' && system !== 'crm') throw new Error(`There is no system ${system}.`);
		return simulator.records(system, location as Location, collection, text(query['organization']));
	});
	on('get', '/deliveries', (request) => world.deliveries.log.slice(after(request)));
	on('post', '/tokens/expire', () => ({ expired: world.tokens.expireAll() }));
	on('post', '/tokens/revoke', ({ body }) => ({
		revoked: world.tokens.revoke(String((body as { token?: string }).token ?? '')),
	}));
	on('post', '/channels/lapse', ({ body }) => ({
		lapsed: simulator.lapseChannels((body as { id?: string } | undefined)?.id),
	}));
	on('get', '/channels', () => simulator.channels());
	on('get', '/hooks', () => simulator.hooks());
	on('get', '/state', () => stateOf(simulator));
	on('post', '/grant', ({ body }) => simulator.grant(body as Parameters<Simulator['grant']>[0]));
	on('post', '/clients', ({ body }) =>
		world.tokens.register(body as Parameters<typeof world.tokens.register>[0]),
	);
	app.get('/sim/events', (request, response) => streamEvents(simulator, request, response));
	return app;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

function after(request: Request): number {
	const value = Number(request.query['after'] ?? 0);
	return Number.isInteger(value) && value >= 0 ? value : 0;
}

/** Server-sent events: `call`, `delivery`, `record`, `reset`, each with its entry as JSON. */
function streamEvents(simulator: Simulator, request: Request, response: Response): void {
	response.set({
		'content-type': 'text/event-stream',
		'cache-control': 'no-cache',
		connection: 'keep-alive',
	});
	response.flushHeaders();
	const send = (name: string) => (entry?: unknown) => {
		response.write(`event: ${name}\ndata: ${JSON.stringify(entry ?? {})}\n\n`);
	};
	const { events } = simulator.world;
	const call = send('call');
	const delivery = send('delivery') as (entry: DeliveryMeta) => void;
	const record = send('record');
	const reset = () => send('reset')();
	events.on('call', call).on('delivery', delivery).on('record', record).on('reset', reset);
	request.on('close', () =>
		events.off('call', call).off('delivery', delivery).off('record', record).off('reset', reset),
	);
	send('hello')(stateOf(simulator));
}
