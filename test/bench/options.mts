import { parseArgs } from 'node:util';
import { LaunchError, reasonOf } from '../../sandbox/launcher/failure.mts';
import { measures } from './measures/index.mts';

const names = measures.map(({ name }) => name);

export const usage = `npm run bench -- [options]

Counts and times of the templates in a real n8n with a simulated Zoho. The last line is the result as JSON; docs/benchmarks.json,
docs/benchmarks.md and docs/images/bench-*.svg are written from it.

  --only a,b            only these measures: ${names.join(', ')}
  --records N           records in a burst (1000); with fewer the documents are left as they are
  --json                nothing but the result on standard output
  --help                this text`;

/** The number of records that the documents tell of. */
export const fullRecords = 1_000;

export interface BenchOptions {
	only: readonly string[];
	records: number;
	json: boolean;
	help: boolean;
}

function readRecords(text: string): number {
	const number = Number(text);
	if (/^\d+$/.test(text) && number >= 1 && number <= 4_000) return number;
	throw new LaunchError(`--records takes a whole number from 1 to 4000, not "${text}".`);
}

function readNames(text: string | undefined): readonly string[] {
	if (text === undefined) return names;
	const wanted = text.split(',').map((name) => name.trim());
	const unknown = wanted.filter((name) => !names.includes(name));
	if (unknown.length === 0) return wanted;
	throw new LaunchError(`--only takes ${names.join(', ')}, not "${unknown.join(', ')}".`);
}

/** Reads the command line. Throws a LaunchError that names the option at fault. */
export function readBenchOptions(args: string[]): BenchOptions {
	const flag = { type: 'boolean', default: false } as const;
	const options = {
		only: { type: 'string' },
		records: { type: 'string', default: String(fullRecords) },
		json: flag,
		help: flag,
	} as const;
	let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
	try {
		({ values } = parseArgs({ args, options, allowPositionals: false }));
	} catch (error) {
		throw new LaunchError(`${reasonOf(error).split('. ')[0]}. "npm run bench -- --help" lists the options.`);
	}
	return {
		only: readNames(values.only),
		records: readRecords(values.records),
		json: values.json,
		help: values.help,
	};
}
