/** A reason not to go on, in one line that says what to do. It reaches the user as it is, without a stack. */
export class LaunchError extends Error {
	override readonly name = 'LaunchError';
}

/** What went wrong, in one line. */
export function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
