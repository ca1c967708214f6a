import { zohoHosts } from '../hosts.mts';
import type { Counts, Simulator } from './simulator.mts';
import type { Location, Switches } from './types.mts';

export interface SandboxState {
	now: number;
	/** Number of the latest line of the call log. */
	calls: number;
	counts: Counts;
	tenants: Array<{
		location: Location;
		accounts: string;
		api: string;
		books?: {
			organizationId: string;
			name: string;
			plan: string;
			timeZone: string;
			contacts: number;
			webhooks: number;
			rules: number;
		};
		crm?: { zgid: string; name: string; edition: string; channels: number };
	}>;
	switches: Switches;
}

/** What there is, for the page and for a launcher that waits until the simulator answers. */
export function stateOf(simulator: Simulator): SandboxState {
	const { world } = simulator;
	return {
		now: world.now(),
		calls: world.log.length,
		counts: simulator.counts(),
		tenants: world.tenants.map(({ location, books, crm }) => ({
			location,
			accounts: `https://${zohoHosts[location].accounts}`,
			api: `https://${zohoHosts[location].api}`,
			...(books
				? {
						books: {
							organizationId: books.organizationId,
							name: books.name,
							plan: books.plan,
							timeZone: books.timeZone,
							contacts: books.contacts.byId.size,
							webhooks: books.hooks.webhooks.size,
							rules: books.hooks.rules.size,
						},
					}
				: {}),
			...(crm
				? {
						crm: {
							zgid: crm.zgid,
							name: crm.name,
							edition: crm.edition,
							channels: crm.channels.live().length,
						},
					}
				: {}),
		})),
		switches: world.switches,
	};
}
