import type { Fault } from '../../sandbox/simulator/types.mts';
import type { Dice } from './dice.mts';
import type { Trouble } from './types.mts';

interface Sort {
	weight: number;
	make(dice: Dice): Trouble;
}

type Service = 'books' | 'crm';
const services: readonly [Service, Service] = ['books', 'crm'];

const fault = (what: Fault): Trouble => ({ do: 'fault', fault: what });
const few = (dice: Dice) => dice.between(1, 3);

function delivery(what: 'drop' | 'double' | 'reorder'): Sort['make'] {
	return (dice) => fault({ on: 'delivery', service: dice.pick(services), what, times: few(dice) });
}

/** What Zoho says when it has had enough: Books by number, CRM in words. */
function tooMany(dice: Dice): Trouble {
	const service = dice.pick(services);
	const code = service === 'crm' ? 'TOO_MANY_REQUESTS' : dice.pick([44, 1070]);
	return fault({ on: 'call', service, what: 'status', status: 429, code, times: few(dice) });
}

function brokenServer(dice: Dice): Trouble {
	const status = dice.pick([500, 502, 503, 504]);
	return fault({ on: 'call', service: dice.pick(services), what: 'status', status, times: few(dice) });
}

function broken(what: 'cut' | 'lost-answer'): Sort['make'] {
	return (dice) => {
		// Mid-write is where it hurts; half of the time it is left to chance what is hit.
		const method = dice.chance(0.5) ? dice.pick(['POST', 'PUT']) : undefined;
		return fault({
			on: 'call',
			service: dice.pick(services),
			what,
			times: dice.between(1, 2),
			...(method && { method }),
		});
	};
}

const sorts: readonly Sort[] = [
	{ weight: 4, make: delivery('drop') },
	{ weight: 4, make: delivery('double') },
	{ weight: 3, make: delivery('reorder') },
	{
		weight: 4,
		make: (dice) =>
			fault({
				on: 'delivery',
				service: dice.pick(services),
				what: 'delay',
				delay: dice.between(500, 12_000),
				times: few(dice),
			}),
	},
	{ weight: 3, make: tooMany },
	{ weight: 3, make: brokenServer },
	{ weight: 2, make: broken('cut') },
	{ weight: 4, make: broken('lost-answer') },
	{
		weight: 1,
		make: (dice) =>
			fault({
				on: 'call',
				service: dice.pick(services),
				what: 'delay',
				delay: dice.between(200, 3000),
				times: few(dice),
			}),
	},
	{ weight: 0.6, make: (dice) => ({ do: 'expire', system: dice.pick(services) }) },
	{ weight: 0.6, make: () => ({ do: 'lapse' }) },
	{ weight: 0.6, make: (dice) => ({ do: 'skew', seconds: dice.between(1, 20) }) },
	{ weight: 1, make: (dice) => ({ do: 'indexLag', milliseconds: dice.between(500, 8000) }) },
];

export function nextTrouble(dice: Dice): Trouble {
	return dice.weighted(sorts).make(dice);
}
