/** An n8n as the sandbox sees it, whatever processes it is made of. */
export interface RunningN8n {
	/** Where people and Zoho reach it. */
	readonly url: string;
	readonly isRunning: boolean;
	/** Runs one of n8n's commands (`import:credentials`, …) while the server is down. */
	command(...args: string[]): Promise<void>;
	/** Starts it and waits until it is ready. */
	start(): Promise<void>;
	stop(): Promise<void>;
	/** kill -9 for all of it. Its database stays, and `start` goes on with that. */
	kill(): Promise<void>;
	/** Resolves when it, or a part of it, has ended by itself. */
	ended(): Promise<void>;
	/** Throws a LaunchError with the end of a log when not all of it is running that should. */
	demandRunning(): void;
	/** Takes away what the run leaves outside of its folder. Only after `stop`; safe to call twice. */
	discard(): Promise<void>;
}

/** The n8n of `npm start -- --queue`: its workers can be killed one by one. */
export interface RunningCluster extends RunningN8n {
	readonly workers: number;
	/** kill -9 for one worker, counted from 0. The others go on; what it was doing is lost, as n8n does not repeat it. */
	killWorker(worker?: number): Promise<void>;
	/** The worker that is running the newest of all executions under way, counted from 0; undefined when all are idle. */
	busyWorker(): number | undefined;
	/** Starts a killed worker again and waits until it is ready. */
	restartWorker(worker?: number): Promise<void>;
}

/** Does this n8n run in queue mode? */
export function isCluster(n8n: RunningN8n): n8n is RunningCluster {
	return 'killWorker' in n8n;
}
