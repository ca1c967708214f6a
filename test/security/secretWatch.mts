/** A simulated Zoho that fails as told, and what of the secrets around it becomes visible. */

import type { IDataObject } from 'n8n-workflow';

import type { Zoho } from '../support/zoho.mts';
import { allOf, watchLogs } from './watching.mts';
import type { Outcome } from './ways.mts';
import { accountsOrigins, apiOrigins, textOf, watchWire, type Wire } from './wire.mts';

const limits = require('../../zoho/limits') as typeof import('../../zoho/limits');
const { processLimits } = limits;

export class SecretWatch {
	readonly #zoho: Zoho;
	#wire: Wire | undefined;
	#logs: unknown[] = [];
	#seed = 0;
	/** Outcomes that were looked at. */
	runs = 0;

	constructor(zoho: Zoho) {
		this.#zoho = zoho;
	}

	get wire(): Wire {
		if (!this.#wire) throw new Error('begin() comes first');
		return this.#wire;
	}

	/** A new Zoho with new secrets: what one test leaves in the memory of the process does not pass for another's. */
	begin(): void {
		this.#zoho.simulator.reset({ seed: ++this.#seed });
		this.#wire = watchWire(this.#zoho);
		this.#logs = watchLogs();
		this.beImpatient(0);
	}

	/** For how long a failed call is tried again, in milliseconds. */
	beImpatient(faultBudgetMs: number): void {
		jest
			.spyOn(limits, 'processLimits')
			.mockImplementation(() => processLimits({ rateBudgetMs: 0, faultBudgetMs }));
	}

	expectNoneIn({ kept, words }: Outcome, credential: IDataObject): void {
		this.runs++;
		const secrets = this.#secrets(credential);
		expect(secrets.length).toBeGreaterThan(2);
		expect(leaks(`${words}\n${allOf(kept)}`, secrets)).toEqual([]);
		expect(leaks(allOf(this.#logs), secrets)).toEqual([]);
		const addresses = this.wire.requests.map(({ url }) => decodeURIComponent(url.href));
		expect(leaks(addresses.join('\n'), secrets)).toEqual([]);
		for (const request of this.wire.requests) {
			if (accountsOrigins.has(request.url.origin)) expect(request.method).toBe('POST');
			if (apiOrigins.has(request.url.origin))
				expect(textOf(request)).not.toContain(String(credential.clientSecret));
		}
	}

	/** All that Zoho or the credential holds, and all that the package made up and sent. */
	#secrets(credential: IDataObject): string[] {
		const { tokens } = this.#zoho.simulator.world;
		const sent = this.wire.requests.map(({ body }) => body.toString('utf8')).join('\n');
		const made = [...sent.matchAll(/"(?:token|secret)":"([^"]+)"|[?&]key=(\w+)/g)];
		return [
			...new Set([
				...tokens.accessTokens.keys(),
				...tokens.refreshTokens.keys(),
				...[...tokens.clients.values()].map(({ clientSecret }) => clientSecret),
				String(credential.clientSecret),
				...made.map(([, named, key]) => named ?? key ?? ''),
			]),
		];
	}
}

/** Parts count too: enough of a secret to know it again. */
function leaks(text: string, secrets: string[]): string[] {
	return secrets.filter((secret) =>
		[secret.slice(0, 16), secret.slice(-16)].some(
			(part) => text.includes(part) || text.includes(Buffer.from(part).toString('base64').slice(0, 20)),
		),
	);
}
