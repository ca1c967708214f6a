/** For tests that need something which is not part of the project: where it is absent they are skipped, and say so. */

function tell(what: string): void {
	process.stdout.write(`Skipped: ${what}\n`);
}

/** `describe`, or `describe.skip` with a line about what is missing. */
export function describeWhere(present: boolean, missing: string): jest.Describe {
	if (!present) tell(missing);
	return present ? describe : describe.skip;
}

/** `test`, or `test.skip`, likewise. */
export function testWhere(present: boolean, missing: string): jest.It {
	if (!present) tell(missing);
	return present ? test : test.skip;
}
