import type { Location } from './types.mts';

/** What the accounts servers need of the world around them. */
interface Surroundings {
	now(): number;
	newToken(length: number): string;
	readonly switches: { tokenLifetime: number; liveTokens: number };
}

/** An OAuth client as registered in Zoho's API console. */
export interface OAuthClient {
	clientId: string;
	clientSecret: string;
	redirectUris: string[];
	/** Data centre of the account that registered it; multi-DC is on for all of them. */
	location: Location;
}

interface Permission {
	clientId: string;
	location: Location;
	scopes: string[];
	/** CRM org that the token's user works in; default the first one of the data centre. */
	zgid?: string;
}

export interface AuthorizationCode extends Permission {
	value: string;
	redirectUri: string;
	expiresAt: number;
	used: boolean;
	offline: boolean;
}

export interface RefreshToken extends Permission {
	value: string;
	/** When access tokens were asked for, within the quota's window. */
	asked: number[];
	live: string[];
}

export interface AccessToken extends Permission {
	value: string;
	expiresAt: number;
	refreshToken?: string;
}

/** Whether an API call may proceed. `absent`: no or garbage header; `invalid`: unknown, expired, or of another data centre. */
export type TokenCheck = { state: 'valid'; token: AccessToken } | { state: 'absent' } | { state: 'invalid' };

const quotaWindow = 10 * 60_000;
const tokensPerWindow = 10;
const codeLife = 2 * 60_000;
const refreshTokensPerUser = 20;

/**
 * Clients, codes and tokens of all data centres.
 * Limits: https://www.zoho.com/accounts/protocol/oauth/token-limits.html — a code lives two minutes and works once; ten access
 * tokens per refresh token in ten minutes; ten live access tokens per refresh token; twenty refresh tokens per user and client.
 */
export class TokenOffice {
	readonly clients = new Map<string, OAuthClient>();
	readonly codes = new Map<string, AuthorizationCode>();
	readonly refreshTokens = new Map<string, RefreshToken>();
	readonly accessTokens = new Map<string, AccessToken>();
	readonly #world: Surroundings;

	constructor(world: Surroundings) {
		this.#world = world;
	}

	clear(): void {
		for (const kept of [this.clients, this.codes, this.refreshTokens, this.accessTokens]) kept.clear();
	}

	register(client: Partial<OAuthClient> & { location: Location }): OAuthClient {
		const registered: OAuthClient = {
			clientId: client.clientId ?? `1000.${this.#world.newToken(30).toUpperCase()}`,
			clientSecret: client.clientSecret ?? this.#world.newToken(42),
			redirectUris: client.redirectUris ?? [],
			location: client.location,
		};
		this.clients.set(registered.clientId, registered);
		return registered;
	}

	issueCode(permission: Permission & { redirectUri: string; offline: boolean }): AuthorizationCode {
		const value = `1000.${this.#world.newToken(32)}.${this.#world.newToken(32)}`;
		const code = { ...permission, value, expiresAt: this.#world.now() + codeLife, used: false };
		this.codes.set(value, code);
		return code;
	}

	/** True when this user has already let this client work offline: without `prompt=consent` Zoho then gives no refresh token. */
	hasConsented(clientId: string, location: Location): boolean {
		return [...this.refreshTokens.values()].some(
			(token) => token.clientId === clientId && token.location === location,
		);
	}

	issueRefreshToken(permission: Permission): RefreshToken {
		const value = `1000.${this.#world.newToken(32)}.${this.#world.newToken(32)}`;
		const token: RefreshToken = { ...permission, value, asked: [], live: [] };
		const earlier = [...this.refreshTokens.values()].filter(
			(other) => other.clientId === permission.clientId && other.location === permission.location,
		);
		for (const old of earlier.slice(0, Math.max(0, earlier.length - refreshTokensPerUser + 1)))
			this.revoke(old.value);
		this.refreshTokens.set(value, token);
		return token;
	}

	/** Undefined when the refresh token has had its ten access tokens of the last ten minutes. */
	issueAccessToken(permission: Permission, refresh?: RefreshToken): AccessToken | undefined {
		const now = this.#world.now();
		if (refresh) {
			refresh.asked = refresh.asked.filter((at) => at > now - quotaWindow);
			if (refresh.asked.length >= tokensPerWindow) return undefined;
			refresh.asked.push(now);
		}
		const { clientId, location, scopes, zgid } = permission;
		const token: AccessToken = {
			clientId,
			location,
			scopes,
			zgid,
			refreshToken: refresh?.value,
			value: `1000.${this.#world.newToken(32)}.${this.#world.newToken(32)}`,
			expiresAt: now + this.#world.switches.tokenLifetime * 1000,
		};
		this.accessTokens.set(token.value, token);
		if (refresh) this.#limitLive(refresh, token.value, now);
		return token;
	}

	#limitLive(refresh: RefreshToken, added: string, now: number): void {
		const alive = refresh.live.filter((value) => (this.accessTokens.get(value)?.expiresAt ?? 0) > now);
		refresh.live = [...alive, added];
		while (refresh.live.length > this.#world.switches.liveTokens) {
			this.accessTokens.delete(refresh.live.shift() ?? '');
		}
	}

	/** Ends a refresh token with its access tokens, or one access token. False when it is neither. */
	revoke(value: string): boolean {
		if (this.accessTokens.delete(value)) return true;
		if (!this.refreshTokens.delete(value)) return false;
		for (const token of this.accessTokens.values()) {
			if (token.refreshToken === value) this.accessTokens.delete(token.value);
		}
		return true;
	}

	/** Ends all access tokens, as time would. Refresh tokens stay. */
	expireAll(): number {
		const count = this.accessTokens.size;
		this.accessTokens.clear();
		return count;
	}

	/** Looks at an `Authorization` header for a call to the API server of `location`. */
	check(header: string | undefined, location: Location): TokenCheck {
		const value = /^(?:Zoho-oauthtoken|Bearer)\s+(\S+)$/i.exec(header ?? '')?.[1];
		if (!value || !/^1000\.[0-9a-f]+\.[0-9a-f]+$/.test(value)) return { state: 'absent' };
		const token = this.accessTokens.get(value);
		if (!token || token.location !== location || token.expiresAt <= this.#world.now())
			return { state: 'invalid' };
		return { state: 'valid', token };
	}
}

/**
 * Whether a token may do what `needed` (`ZohoBooks.contacts.READ`, `ZohoCRM.modules.contacts.CREATE`) stands for. A scope covers the
 * ones below it; ALL stands for every operation; `fullaccess.all` for the whole product.
 */
export function hasScope(token: Pick<AccessToken, 'scopes'>, needed: string): boolean {
	const [product, ...wanted] = needed.toLowerCase().split('.');
	const operation = wanted.at(-1);
	const area = wanted.slice(0, -1);
	return token.scopes.some((scope) => {
		const [grantedProduct, ...granted] = scope.toLowerCase().split('.');
		if (grantedProduct !== product) return false;
		if (granted[0] === 'fullaccess') return true;
		const last = granted.at(-1);
		return (
			(last === 'all' || last === operation) &&
			granted.slice(0, -1).every((part, index) => area[index] === part)
		);
	});
}
