import { ZohoError } from './errors';
import { exchange, processLimits } from './exchange';
import type { Limits } from './exchange';
import type { Connection, Surroundings, ZohoCall, ZohoReply } from './types';

/** What became of a call: an answer, or the error that tells why not. */
export type Attempted = { reply: ZohoReply; error?: undefined } | { reply?: undefined; error: ZohoError };

/** Sends calls of one connection through the one request path. */
export class ZohoClient {
	readonly connection: Connection;
	readonly surroundings: Surroundings;
	private readonly limits: Limits;

	constructor(connection: Connection, surroundings: Surroundings, limits: Limits = processLimits()) {
		this.connection = connection;
		this.surroundings = surroundings;
		this.limits = limits;
	}

	/** Rejects with a ZohoError; see `exchange`. */
	async request(call: ZohoCall): Promise<ZohoReply> {
		return await exchange(call, this.connection, this.surroundings, this.limits);
	}

	/** For callers that act on the error instead of passing it on. */
	async attempt(call: ZohoCall): Promise<Attempted> {
		return await this.request(call).then(
			(reply) => ({ reply }),
			(reason: unknown) => {
				if (reason instanceof ZohoError) return { error: reason };
				throw reason;
			},
		);
	}

	/** Undefined when what the call is about does not exist (any more); rejects with every other ZohoError. */
	async requestIfThere(call: ZohoCall): Promise<ZohoReply | undefined> {
		const { reply, error } = await this.attempt(call);
		if (error && error.intent !== 'gone') throw error;
		return reply;
	}
}
