/** Says on standard output what a test has counted, for the page docs/security.md. */
export function figure(what: string): void {
	process.stdout.write(`Security: ${what}\n`);
}
