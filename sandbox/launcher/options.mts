import { parseArgs } from 'node:util';
import { isLocation, zohoHosts } from '../hosts.mts';
import type { Location } from '../simulator/types.mts';
import { LaunchError, reasonOf } from './failure.mts';

export const usage = `npm start -- [options]

  (none)                   simulated Zoho, a real n8n with the package and its templates, and a page to watch them
  --check                  run the whole acceptance scenario without a screen; exit 0 only if every step holds
  --steps a,b              with --check: only these steps
  --live                   no simulated Zoho: n8n with the package and its templates, for your own Zoho account
  --queue                  n8n in queue mode (main, webhook process, workers) over this machine's PostgreSQL and Redis
  --workers N              with --queue: number of workers (2)
  --port N                 port of n8n (5678; with --check a free one)
  --page-port N            port of the page and the control API of the simulated Zoho (4680; with --check a free one)
  --data-centres eu,in     data centre of Zoho Books, then of Zoho CRM (${Object.keys(zohoHosts).join(' ')})
  --reset                  forget n8n's database of earlier runs
  --help                   this text`;

export interface Options {
	mode: 'start' | 'check' | 'live' | 'help';
	/** Undefined: the mode's default. */
	port?: number;
	pagePort?: number;
	books: Location;
	crm: Location;
	reset: boolean;
	/** Undefined: n8n is one process. */
	queue?: { workers: number };
	steps?: string[];
}

/** Undefined for undefined. Throws a LaunchError that names the option. */
export function parsePort(text: string | undefined, option: string): number | undefined {
	if (text === undefined) return undefined;
	const port = Number(text);
	if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
	throw new LaunchError(`${option} takes a port from 1 to 65535, not "${text}".`);
}

/** `eu,in`, or one for both. Throws a LaunchError when one is unknown. */
export function parseDataCentres(text: string): { books: Location; crm: Location } {
	const [books, crm = books, ...more] = text.split(',').map((code) => code.trim());
	if (books && crm && more.length === 0 && isLocation(books) && isLocation(crm)) return { books, crm };
	const known = Object.keys(zohoHosts).join(', ');
	throw new LaunchError(`--data-centres takes one or two of ${known} (Books, CRM), not "${text}".`);
}

/** Undefined without --queue. Throws a LaunchError that names the option. */
function parseQueue(queue: boolean, workers?: string): { workers: number } | undefined {
	if (!queue && workers !== undefined) throw new LaunchError('--workers needs --queue.');
	if (!queue) return undefined;
	const count = Number(workers ?? 2);
	if (Number.isInteger(count) && count >= 1 && count <= 16) return { workers: count };
	throw new LaunchError(`--workers takes a number from 1 to 16, not "${workers}".`);
}

/** Reads the command line. Throws a LaunchError that names the option at fault. */
export function readOptions(args: string[]): Options {
	const text = { type: 'string' } as const;
	const flag = { type: 'boolean', default: false } as const;
	const options = {
		check: flag,
		live: flag,
		reset: flag,
		help: flag,
		queue: flag,
		workers: text,
		port: text,
		'page-port': text,
		'data-centres': text,
		steps: text,
	};
	let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
	try {
		({ values } = parseArgs({ args, options, allowPositionals: false }));
	} catch (error) {
		throw new LaunchError(`${reasonOf(error).split('. ')[0]}. "npm start -- --help" lists the options.`);
	}
	if (values.check && values.live) {
		throw new LaunchError('--check needs the simulated Zoho and --live leaves it out: choose one.');
	}
	if (values.queue && values.live) throw new LaunchError('--queue is for the simulated Zoho and --live leaves it out: choose one.');
	const mode = values.help ? 'help' : values.check ? 'check' : values.live ? 'live' : 'start';
	return {
		mode,
		port: parsePort(values.port, '--port'),
		pagePort: parsePort(values['page-port'], '--page-port'),
		...parseDataCentres(values['data-centres'] ?? 'eu,in'),
		reset: values.reset ?? false,
		queue: parseQueue(values.queue ?? false, values.workers),
		steps: values.steps?.split(',').map((name) => name.trim()),
	};
}
