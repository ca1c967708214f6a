import { ZohoClient } from '../../../zoho/client';
import type { ZohoCall, ZohoReply } from '../../../zoho/types';

/**
 * A client that notes Zoho's clock when it is answered for the first time: cursors must not depend on the
 * clock of this machine.
 */
export class ClockedClient extends ZohoClient {
	private readonly inner: ZohoClient;
	private noted: number | undefined;

	constructor(inner: ZohoClient) {
		super(inner.connection, inner.surroundings);
		this.inner = inner;
	}

	/** Epoch milliseconds; this machine's time where Zoho told none. */
	get serverTime(): number {
		return this.noted ?? this.surroundings.now();
	}

	override async request(call: ZohoCall): Promise<ZohoReply> {
		const reply = await this.inner.request(call);
		const date = Date.parse(reply.headers.date ?? '');
		if (this.noted === undefined && !Number.isNaN(date)) this.noted = date;
		return reply;
	}
}
