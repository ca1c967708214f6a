import { ZohoClient } from './client';
import type { ZohoCall, ZohoReply } from './types';

/** A client that notes Zoho's clock when it is answered: cursors, and times of writes, must not depend on the clock of this machine. */
export class ClockedClient extends ZohoClient {
	private readonly inner: ZohoClient;
	private first: number | undefined;
	/** Of the last answer that told it, epoch milliseconds (whole seconds). */
	lastAnswer: number | undefined;

	constructor(inner: ZohoClient) {
		super(inner.connection, inner.surroundings);
		this.inner = inner;
	}

	/** At the first answer, epoch milliseconds; this machine's time where Zoho told none. */
	get serverTime(): number {
		return this.first ?? this.surroundings.now();
	}

	override async request(call: ZohoCall): Promise<ZohoReply> {
		const reply = await this.inner.request(call);
		const date = Date.parse(reply.headers.date ?? '');
		if (Number.isNaN(date)) return reply;
		this.first ??= date;
		this.lastAnswer = date;
		return reply;
	}
}
