import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Simulator } from '../simulator/simulator.mts';
import type { Location, TenantOptions } from '../simulator/types.mts';
import type { RunningN8n } from './runningN8n.mts';
import type { CredentialLinks } from './templates.mts';

/** One connection of n8n to one product in one data centre. */
export interface CredentialPlan {
	/** Stays the same from run to run: importing again replaces the tokens. */
	id: string;
	name: string;
	product: 'books' | 'crm';
	location: Location;
	/** Of Books: the share of each process of n8n. Default: the credential's own. */
	callsPerMinute?: number;
}

type CrmEdition = NonNullable<NonNullable<TenantOptions['crm']>['edition']>;

const types = { books: 'zohoBooksOAuth2Api', crm: 'zohoCrmOAuth2Api' } as const;
const titles = { books: 'Zoho Books', crm: 'Zoho CRM' } as const;

/** A Books and a CRM credential for a pair of data centres. `edition` tells pairs apart. */
export function planPair(books: Location, crm: Location, edition = ''): CredentialPlan[] {
	const plan = (product: 'books' | 'crm', location: Location) => ({
		id: `sandbox-${product}${edition && `-${edition}`}`.replace(/[^a-z-]/gi, ''),
		name: `${titles[product]} ${location.toUpperCase()} (sandbox)`,
		product,
		location,
	});
	return [plan('books', books), plan('crm', crm)];
}

/** Home currency on both sides: a price is an amount in the home currency of its system, so with two of them it could not be copied. */
const currency = 'EUR';

/** The organizations of a pair: one tenant where both are in the same data centre. Without `edition` CRM has all modules. */
export function tenantsOf(
	books: Location,
	crm: Location,
	edition: CrmEdition = 'enterprise',
): TenantOptions[] {
	const sides = { books: { currency }, crm: { currency, edition } };
	if (books === crm) return [{ location: books, ...sides }];
	return [
		{ location: books, books: sides.books },
		{ location: crm, crm: sides.crm },
	];
}

export function linksOf(plans: CredentialPlan[]): CredentialLinks {
	return Object.fromEntries(plans.map(({ product, id, name }) => [types[product], { id, name }]));
}

/**
 * Has the simulated Zoho grant each credential, as if a person had pressed "Accept", and imports them into n8n (which must be down) with the
 * tokens where n8n keeps them. The simulator grants the same clients and refresh tokens at each start, so an n8n that has them already
 * is left alone: it gets new access tokens by itself.
 */
export async function importCredentials(
	n8n: RunningN8n,
	simulator: Simulator,
	plans: CredentialPlan[],
	folder: string,
): Promise<void> {
	const credentials = plans.map(({ id, name, product, location, callsPerMinute }) => {
		const { clientId, clientSecret, oauthTokenData } = simulator.grant({ location, product });
		const data = { dataCentre: location, clientId, clientSecret, oauthTokenData, ...(callsPerMinute && { callsPerMinute }) };
		return { id, name, type: types[product], data };
	});
	const lasting = credentials.map(({ data, ...rest }) => ({
		...rest,
		data: { ...data, oauthTokenData: data.oauthTokenData.refresh_token },
	}));
	const hash = createHash('sha256').update(JSON.stringify(lasting)).digest('hex');
	const memory = path.join(folder, 'credentials.sha256');
	if (existsSync(memory) && readFileSync(memory, 'utf8') === hash) return;

	const file = path.join(folder, 'credentials.json');
	try {
		writeFileSync(file, JSON.stringify(credentials), { mode: 0o600 });
		await n8n.command('import:credentials', `--input=${file}`);
	} finally {
		rmSync(file, { force: true });
	}
	writeFileSync(memory, hash);
}
