import type { Pair } from '../../sandbox/check/pair.mts';

/** A webhook that n8n had hardly answered when it was killed may be lost with it (docs/operations.md: polls do not see deletions in Books). */
const lostWithKill = 60_000;

/** A record that was deleted in Books. */
export interface Gone {
	id: string;
	/** Place in the delivery log from which on its webhook is found. */
	delivery: number;
	/** Epoch milliseconds of the machine. */
	at: number;
}

/** Did the webhook of a deletion in Books come through, to an n8n that lived on to handle it? */
export function wasTold(pair: Pair, { id, delivery, at }: Gone, kills: readonly number[]): boolean {
	if (kills.some((kill) => Math.abs(kill - at) < lostWithKill)) return false;
	return pair.simulator.world.deliveries.log
		.slice(delivery)
		.some(
			({ service, about, state }) =>
				service === 'books' && about.includes(id) && /delete/.test(about) && state === 'delivered',
		);
}
