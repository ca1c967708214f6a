import { ZohoClient } from './client';
import type { ZohoCall, ZohoReply } from './types';

/** A client that notes Zoho's clock at each answer. */
export class DatedClient extends ZohoClient {
	private readonly inner: ZohoClient;
	/** Of the last answer that told it, epoch milliseconds (whole seconds). */
	lastAnswer: number | undefined;

	constructor(inner: ZohoClient) {
		super(inner.connection, inner.surroundings);
		this.inner = inner;
	}

	override async request(call: ZohoCall): Promise<ZohoReply> {
		const reply = await this.inner.request(call);
		const date = Date.parse(reply.headers.date ?? '');
		if (!Number.isNaN(date)) this.lastAnswer = date;
		return reply;
	}
}
