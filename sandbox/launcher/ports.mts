import { createServer } from 'node:net';
import { LaunchError } from './failure.mts';

function listen(port: number, host?: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen({ port, host, exclusive: true }, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
		});
	});
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
	return listen(0, '127.0.0.1');
}

/** Throws a LaunchError that names the port and the option to choose another with, when the port cannot be had. */
export async function demandPort(port: number, what: string, option: string): Promise<void> {
	try {
		await listen(port, '127.0.0.1');
		await listen(port); // Any address: a server on all addresses does not always clash with one on 127.0.0.1.
	} catch (error) {
		const why = (error as NodeJS.ErrnoException).code === 'EACCES' ? 'may not be used' : 'is in use';
		throw new LaunchError(
			`Port ${port} for ${what} ${why}: stop what uses it, or choose another with ${option} N.`,
		);
	}
}
