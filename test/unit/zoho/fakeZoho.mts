/** Surroundings without real time, and a connection that answers from a function. */

import { createLimits, type LimitOptions } from '../../../zoho/exchange';
import { ZohoClient } from '../../../zoho/client';
import type { Connection, JsonValue, Surroundings, ZohoCall, ZohoReply } from '../../../zoho/types';

interface Timer {
	at: number;
	wake(): void;
}

/** A clock that jumps to the next sleeper as soon as nothing else is left to do. */
export class FakeTime implements Surroundings {
	time: number;
	chance: () => number = () => 0.5;
	readonly slept: number[] = [];
	readonly logged: string[] = [];
	private timers: Timer[] = [];

	constructor(start = Date.UTC(2026, 6, 1)) {
		this.time = start;
	}

	now = () => this.time;
	random = () => this.chance();
	log = (level: string, message: string) => void this.logged.push(`${level}: ${message}`);
	sleep = (milliseconds: number) => {
		this.slept.push(milliseconds);
		return new Promise<void>((wake) => this.timers.push({ at: this.time + milliseconds, wake }));
	};

	/** Lets time pass until the work is done. */
	async run<T>(work: Promise<T>): Promise<T> {
		let done = false;
		const settled = work.finally(() => (done = true));
		settled.catch(() => undefined);
		while (!done) {
			await new Promise((resume) => setImmediate(resume));
			if (done) break;
			const next = this.timers.reduce<Timer | undefined>(
				(first, one) => (!first || one.at < first.at ? one : first),
				undefined,
			);
			if (!next) continue;
			this.timers = this.timers.filter((one) => one !== next);
			this.time = Math.max(this.time, next.at);
			next.wake();
		}
		return await settled;
	}
}

export type SentCall = ZohoCall & { url: string };
export type Answer = Partial<ZohoReply> | Error;

export function answer(status: number, body?: JsonValue, headers: Record<string, string> = {}): ZohoReply {
	return { status, headers, body };
}

export interface FakeConnection extends Connection {
	sent: SentCall[];
	refreshes: number;
}

export function connect(
	product: 'books' | 'crm',
	handle: (call: SentCall, n: number) => Answer | Promise<Answer>,
	overrides: Partial<Connection> = {},
): FakeConnection {
	const connection: FakeConnection = {
		product,
		key: 'credential-1',
		apiDomain: 'https://www.zohoapis.eu',
		organizationId: product === 'books' ? '20001' : undefined,
		sent: [],
		refreshes: 0,
		async send(call) {
			connection.sent.push(call);
			const given = await handle(call, connection.sent.length);
			if (given instanceof Error) throw given;
			return { status: 200, headers: {}, body: undefined, ...given };
		},
		async refreshToken() {
			connection.refreshes++;
			return { expiresAt: Date.UTC(2030, 0, 1) };
		},
		...overrides,
	};
	return connection;
}

export function clientFor(connection: Connection, time = new FakeTime(), options?: LimitOptions): ZohoClient {
	return new ZohoClient(connection, time, createLimits(options));
}

/** The query of a call as Zoho sees it. */
export function queryOf(call: SentCall): Record<string, string> {
	return Object.fromEntries(new URL(call.url).searchParams);
}

export async function all<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
	const rows: T[] = [];
	for await (const page of pages) rows.push(...page);
	return rows;
}
