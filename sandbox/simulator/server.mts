import express from 'express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { control } from './control.mts';
import type { Simulator } from './simulator.mts';

export interface ControlServer {
	/** `http://localhost:PORT` */
	url: string;
	port: number;
	stop(): Promise<void>;
}

export interface ControlServerOptions {
	simulator: Simulator;
	/** 0 or absent: any free port. Rejects with the system's error (EADDRINUSE, EACCES) when it cannot be had. */
	port?: number;
	/** What the page should know beside the simulator (where n8n is), served as `/sandbox.json`. */
	about?: object;
}

/** Serves the control API under `/sim` and the sandbox's page at `/`, to this computer only. */
export async function startControlServer({
	simulator,
	port = 0,
	about,
}: ControlServerOptions): Promise<ControlServer> {
	const app = express();
	app.use(control(simulator));
	if (about) app.get('/sandbox.json', (_request, response) => void response.json(about));
	app.use(express.static(path.resolve(import.meta.dirname, '..', 'page')));
	const server = await listen(app, port);
	const { port: bound } = server.address() as AddressInfo;
	return {
		port: bound,
		url: `http://localhost:${bound}`,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				// Streams of the live view would keep the server open.
				server.closeAllConnections();
			}),
	};
}

function listen(app: express.Express, port: number): Promise<Server> {
	return new Promise((resolve, reject) => {
		const server = app.listen(port, '127.0.0.1');
		server.once('listening', () => resolve(server));
		server.once('error', reject);
	});
}
