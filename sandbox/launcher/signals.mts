/** So that nothing stays behind: a signal, or a parent that has gone, ends this process in a way in which it ends what it has started. */

const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** On a signal: `undo`, then the end. A second signal does not wait. */
export function stopOnSignal(undo: () => Promise<void> = async () => undefined): void {
	let stopping = false;
	for (const [signal, code] of Object.entries(codes)) {
		process.on(signal, () => {
			if (stopping) process.exit(code);
			stopping = true;
			void undo().finally(() => process.exit(code));
		});
	}
}

/** Whoever started us has gone without a word (kill -9 of npm, say): then nobody could stop n8n any more. */
export function stopWhenOrphaned(): void {
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
	}, 1_000).unref();
}
