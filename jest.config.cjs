// Tests are .mts: n8n's lint reads every .ts file and forbids what tests and servers need.
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/{unit,engine,contract,security}/**/*.test.mts'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform: { '\\.(mts|ts|mjs)$': '<rootDir>/test/support/typescriptTransform.cjs' },
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.sandbox'],
	maxWorkers: 2,
	testTimeout: 30_000,
	// Files close what they open, and jest ends without this too; it keeps a handle forgotten some day from holding up the run.
	forceExit: true,
};
