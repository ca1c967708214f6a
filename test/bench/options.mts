import { parseArgs } from 'node:util';
import { LaunchError, reasonOf } from '../../sandbox/launcher/failure.mts';
import type { Sizes } from './bench.mts';
import { measures } from './measures/index.mts';

const names = measures.map(({ name }) => name);
/** What takes longest, and only on demand. */
const onDemand = 'scale';

export const usage = `npm run bench -- [options]

Calls and times of the templates in a real n8n with a simulated Zoho. The last line of standard output is the result as JSON.

  --only a,b            only these measures: ${names.join(', ')}
  --records N           records in a burst (1000). Books takes 100 calls a minute: 1000 from CRM to Books last eleven minutes
  --customers N         customers of a first sync (10000)
  --scale               a first sync of ten times as many customers, too
  --write               bring docs/benchmarks.md and docs/images/bench-*.svg up to date with these measures
  --calls FILE          a line of JSON for each call, for those who look for the reason of a figure
  --json                nothing but the result on standard output
  --help                this text`;

export interface BenchOptions {
	only: readonly string[];
	sizes: Sizes;
	write: boolean;
	/** File for the call log. */
	calls: string | undefined;
	json: boolean;
	help: boolean;
}

function readCount(name: string, text: string, most: number): number {
	const number = Number(text);
	if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
	throw new LaunchError(`--${name} takes a whole number from 1 to ${most}, not "${text}".`);
}

function readNames(text: string | undefined, scale: boolean): readonly string[] {
	if (text === undefined) return names.filter((name) => scale || name !== onDemand);
	const wanted = [...text.split(',').map((name) => name.trim()), ...(scale ? [onDemand] : [])];
	const unknown = wanted.filter((name) => !names.includes(name));
	if (unknown.length === 0) return wanted;
	throw new LaunchError(`--only takes ${names.join(', ')}, not "${unknown.join(', ')}".`);
}

/** Reads the command line. Throws a LaunchError that names the option at fault. */
export function readBenchOptions(args: string[]): BenchOptions {
	const flag = { type: 'boolean', default: false } as const;
	const options = {
		only: { type: 'string' },
		records: { type: 'string', default: '1000' },
		customers: { type: 'string', default: '10000' },
		scale: flag,
		write: flag,
		calls: { type: 'string' },
		json: flag,
		help: flag,
	} as const;
	let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
	try {
		({ values } = parseArgs({ args, options, allowPositionals: false }));
	} catch (error) {
		throw new LaunchError(`${reasonOf(error).split('. ')[0]}. "npm run bench -- --help" lists the options.`);
	}
	const customers = readCount('customers', values.customers, 20_000);
	return {
		only: readNames(values.only, values.scale),
		sizes: { records: readCount('records', values.records, 4_000), customers, many: 10 * customers, edits: 30 },
		write: values.write,
		calls: values.calls,
		json: values.json,
		help: values.help,
	};
}
