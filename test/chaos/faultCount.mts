import type { Fault } from '../../sandbox/simulator/types.mts';
import type { World } from '../../sandbox/simulator/world.mts';

/** What went wrong, by kind, and how often it really happened: a fault that waits for traffic that never comes is not counted. */
export class FaultCount {
	readonly counts: Record<string, number> = {};

	constructor(world: Pick<World, 'events'>) {
		world.events.on('fault', (fault) => this.add(kindOf(fault)));
	}

	add(kind: string, count = 1): void {
		if (count > 0) this.counts[kind] = (this.counts[kind] ?? 0) + count;
	}
}

function kindOf({ what, status = 503, on }: Fault): string {
	if (what === 'status') return status >= 500 ? '5xx' : String(status);
	return what === 'delay' && on === 'call' ? 'slow-call' : what;
}
