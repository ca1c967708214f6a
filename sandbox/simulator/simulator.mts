import { zohoHosts } from '../hosts.mts';
import { createAccountsService } from './accounts.mts';
import { BooksOrg } from './books/org.mts';
import { createBooksService } from './books/service.mts';
import { describeCall } from './callLog.mts';
import { CrmOrg } from './crm/org.mts';
import { createCrmService } from './crm/service.mts';
import { faultAnswer } from './faults.mts';
import { hostOf } from './places.mts';
import type {
	CallEntry,
	CallNote,
	DeskAction,
	Fault,
	Location,
	Service,
	SimRequest,
	SimResponse,
	Switches,
	TenantOptions,
} from './types.mts';
import { sleep, World, type Tenant } from './world.mts';

export interface SimulatorOptions {
	/** Default: Books in the EU and CRM in India. */
	tenants?: TenantOptions[];
	switches?: Partial<Switches>;
	seed?: number;
}

export interface GrantOptions {
	location: Location;
	product: 'books' | 'crm';
	/** Default: what the product's nodes need. */
	scopes?: string[];
	/** Reuses a registered client, as one user's second connection would. */
	clientId?: string;
	redirectUris?: string[];
	/** CRM org of the token's user; default the first one of the data centre. */
	zgid?: string;
}

/** What the consent dance would have left in n8n's credential. */
export interface Grant {
	clientId: string;
	clientSecret: string;
	oauthTokenData: {
		access_token: string;
		refresh_token: string;
		scope: string;
		api_domain: string;
		token_type: 'Bearer';
		expires_in: number;
	};
}

export interface Counts {
	books: { read: number; write: number };
	crm: { read: number; write: number };
	token: number;
	http429: number;
}

/** What a channel watches of one module. */
export interface ChannelLine {
	location: Location;
	organization: string;
	id: string;
	module: string;
	events: string[];
	notifyUrl: string;
	/** Epoch milliseconds. */
	expiry: number;
}

const defaultTenants: readonly TenantOptions[] = [
	{ location: 'eu', books: { name: 'Aurora Trading' } },
	{ location: 'in', crm: { name: 'Aurora Trading' } },
];

const defaultScopes = {
	books: [
		'ZohoBooks.accountants.ALL',
		'ZohoBooks.banking.ALL',
		'ZohoBooks.bills.ALL',
		'ZohoBooks.contacts.ALL',
		'ZohoBooks.creditnotes.ALL',
		'ZohoBooks.customerpayments.ALL',
		'ZohoBooks.debitnotes.ALL',
		'ZohoBooks.estimates.ALL',
		'ZohoBooks.expenses.ALL',
		'ZohoBooks.invoices.ALL',
		'ZohoBooks.projects.ALL',
		'ZohoBooks.purchaseorders.ALL',
		'ZohoBooks.salesorders.ALL',
		'ZohoBooks.settings.ALL',
		'ZohoBooks.vendorpayments.ALL',
	],
	crm: [
		'ZohoCRM.modules.ALL',
		'ZohoCRM.settings.ALL',
		'ZohoCRM.org.READ',
		'ZohoCRM.users.READ',
		'ZohoCRM.coql.READ',
		'ZohoCRM.bulk.ALL',
		'ZohoFiles.files.ALL',
		'ZohoCRM.composite_requests.CUSTOM',
		'ZohoCRM.notifications.ALL',
		'ZohoSearch.securesearch.READ',
	],
} as const;

/** Zoho, simulated: one function from request to answer, and what the control API and tests steer it with. */
export class Simulator {
	readonly world: World;
	readonly #services: readonly Service[];

	constructor(options: SimulatorOptions = {}) {
		this.world = new World(options.switches, options.seed);
		this.#services = [
			createAccountsService(this.world),
			createBooksService(this.world),
			createCrmService(this.world),
		];
		this.#settle(options.tenants);
	}

	/** Starts anew with other tenants; clients, tokens, records, faults and the log are gone. */
	reset(options: SimulatorOptions = {}): void {
		this.world.restart(options.switches, options.seed);
		this.#settle(options.tenants);
	}

	async close(): Promise<void> {
		this.world.deliveries.clear();
		await this.world.deliveries.settled();
		this.world.events.removeAllListeners();
	}

	#settle(tenants: readonly TenantOptions[] = defaultTenants): void {
		for (const { location, books, crm } of tenants) {
			const tenant: Tenant = { location };
			if (books) tenant.books = new BooksOrg(this.world, location, books);
			if (crm) tenant.crm = new CrmOrg(this.world, location, crm);
			this.world.tenants.push(tenant);
		}
	}

	/** Answers one request to a host of Zoho's, and writes it into the call log. */
	async handle(request: SimRequest): Promise<SimResponse> {
		const place = hostOf(request.url);
		const service = this.#services.find((candidate) => candidate.owns(request.url));
		if (!place || !service)
			return { status: 404, text: `The simulated Zoho has no ${request.url.host}${request.url.pathname}` };
		const traffic = { service: service.name, path: request.url.pathname, method: request.method };
		const fault = this.world.takeFault('call', traffic);
		const note: CallNote = {};
		const answer = await this.#answer(service, request, fault, note);
		// By Zoho's clock, not this machine's: clients take it for "now".
		const response =
			'cut' in answer
				? answer
				: { ...answer, headers: { date: new Date(this.world.now()).toUTCString(), ...answer.headers } };
		this.world.record({
			...describeCall(this.world, service.name, place.location, request, response, note),
			...(fault && { fault: fault.what }),
		});
		return response;
	}

	async #answer(
		service: Service,
		request: SimRequest,
		fault: Fault | undefined,
		note: CallNote,
	): Promise<SimResponse> {
		if (fault?.what === 'cut') return { cut: true };
		if (fault?.what === 'status') return faultAnswer(service.name, fault);
		if (fault?.what === 'delay') await sleep(fault.delay ?? 0);
		const response = await service.handle(request, note);
		if (fault?.what !== 'lost-answer') return response;
		note.code = 'lost-answer';
		return { cut: true };
	}

	/** An authorised connection, without the consent page: client, refresh token and a live access token. */
	grant(options: GrantOptions): Grant {
		const { location, product, zgid } = options;
		const { tokens } = this.world;
		const known = options.clientId === undefined ? undefined : tokens.clients.get(options.clientId);
		const client =
			known ?? tokens.register({ location, clientId: options.clientId, redirectUris: options.redirectUris });
		const scopes = options.scopes ?? [...defaultScopes[product]];
		const permission = { clientId: client.clientId, location, scopes, zgid };
		const refresh = tokens.issueRefreshToken(permission);
		const access = tokens.issueAccessToken(permission, refresh);
		if (!access) throw new Error('A new refresh token has its whole quota of access tokens.');
		return {
			clientId: client.clientId,
			clientSecret: client.clientSecret,
			oauthTokenData: {
				access_token: access.value,
				refresh_token: refresh.value,
				scope: scopes.join(' '),
				api_domain: `https://${zohoHosts[location].api}`,
				token_type: 'Bearer',
				expires_in: this.world.switches.tokenLifetime,
			},
		};
	}

	/** Calls counted from entry `after` (exclusive) on. */
	counts(after = 0): Counts {
		const counts: Counts = { books: { read: 0, write: 0 }, crm: { read: 0, write: 0 }, token: 0, http429: 0 };
		for (const entry of this.calls(after)) {
			if (entry.status === 429) counts.http429++;
			if (entry.kind === 'token') counts.token++;
			else if (entry.service !== 'accounts') counts[entry.service][entry.kind]++;
		}
		return counts;
	}

	calls(after = 0): CallEntry[] {
		return this.world.log.slice(after);
	}

	/** Does what a person does in Zoho's own screens; throws an Error with Zoho's complaint when Zoho would refuse it. */
	desk(action: DeskAction): Record<string, unknown> {
		const { system, location, organization } = action;
		const tenant =
			system === 'books'
				? this.world.tenantOf('books', location, organization)
				: this.world.tenantOf('crm', location, organization);
		const org = system === 'books' ? tenant?.books : tenant?.crm;
		if (!tenant || !org) throw new Error(`There is no ${system} organization in data centre ${location}.`);
		return org.desk(action);
	}

	/** The live notification channels of all CRM orgs, one line per channel and module. */
	channels(): ChannelLine[] {
		return this.world.tenants.flatMap(({ location, crm }) =>
			(crm?.channels.live() ?? []).flatMap((channel) =>
				[...channel.subscriptions.values()].map(({ module, events, notifyUrl, expiry }) => ({
					location,
					organization: crm?.zgid ?? '',
					id: channel.id,
					module,
					events: [...events],
					notifyUrl,
					expiry,
				})),
			),
		);
	}

	/** Ends channels before their time and in silence; all of them, or those with the id. Answers how many. */
	lapseChannels(id?: string): number {
		return this.world.tenants.reduce((count, { crm }) => count + (crm?.channels.lapse(id) ?? 0), 0);
	}

	/** The webhooks and workflow rules of all Books organizations. Secrets are left out. */
	hooks(): Array<{ location: Location; organization: string; webhooks: unknown[]; rules: unknown[] }> {
		return this.world.tenants.flatMap(({ location, books }) =>
			books
				? [
						{
							location,
							organization: books.organizationId,
							webhooks: [...books.hooks.webhooks.values()].map(({ secret: _secret, ...webhook }) => webhook),
							rules: [...books.hooks.rules.values()],
						},
					]
				: [],
		);
	}

	/** All records of a collection as Zoho's single-record GET shows them. */
	records(
		system: 'books' | 'crm',
		location: Location,
		collection: string,
		organization?: string,
	): Array<Record<string, unknown>> {
		const org =
			system === 'books'
				? this.world.tenantOf('books', location, organization)?.books
				: this.world.tenantOf('crm', location, organization)?.crm;
		if (!org) throw new Error(`There is no ${system} organization in data centre ${location}.`);
		return org.records(collection);
	}
}
