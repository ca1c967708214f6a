import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { LaunchError, reasonOf } from '../../sandbox/launcher/failure.mts';
import { allParts } from './script.mts';
import type { Part } from './types.mts';

export const usage = `npm run chaos -- [options]

Random edits in both systems through a real n8n, while Zoho misbehaves and n8n is killed; then quiet, and a look from outside. The last
line is the result as JSON; exit 0 only when nothing was lost, doubled, unequal, late or against Zoho's rules.

  --seeds N             how many scripts (3)
  --ops N               how many things people do, over all scripts (300)
  --seed S              the first seed (1)
  --leave-out a,b       parts of the scripts to leave out: ${allParts.join(', ')}
  --queue               n8n in queue mode, with two workers
  --at-once N           how many sandboxes run side by side (one for each processor; one in queue mode)
  --replay FILE         play a script from .sandbox/chaos instead
  --no-shrink           leave a failing script as long as it is
  --json                nothing but the result on standard output
  --help                this text`;

export interface ChaosOptions {
	seeds: number;
	ops: number;
	first: number;
	parts: readonly Part[];
	queue: boolean;
	shrink: boolean;
	json: boolean;
	help: boolean;
	replay?: string;
	/** How many sandboxes run side by side. */
	atOnce: number;
	/** Of these: which one this process is, from 0; undefined: it starts them. */
	part: number | undefined;
}

function readNumber(text: string, option: string): number {
	const number = Number(text);
	if (/^\d+$/.test(text) && number >= 1) return number;
	throw new LaunchError(`${option} takes a whole number from 1 on, not "${text}".`);
}

function readParts(text: string): Part[] {
	const names = text.split(',').filter((name) => name !== '');
	const unknown = names.filter((name) => !allParts.some((part) => part === name));
	if (unknown.length > 0) {
		throw new LaunchError(`--leave-out takes ${allParts.join(', ')}, not "${unknown.join(', ')}".`);
	}
	return allParts.filter((part) => !names.includes(part));
}

/** Reads the command line. Throws a LaunchError that names the option at fault. */
export function readChaosOptions(args: string[]): ChaosOptions {
	const flag = { type: 'boolean', default: false } as const;
	const text = (value: string) => ({ type: 'string', default: value }) as const;
	const options = {
		seeds: text('3'),
		ops: text('300'),
		seed: text('1'),
		'leave-out': text(''),
		replay: { type: 'string' },
		'at-once': { type: 'string' },
		// For the processes that are started for several sandboxes.
		part: { type: 'string' },
		queue: flag,
		'no-shrink': flag,
		json: flag,
		help: flag,
	} as const;
	let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
	try {
		({ values } = parseArgs({ args, options, allowPositionals: false }));
	} catch (error) {
		throw new LaunchError(`${reasonOf(error).split('. ')[0]}. "npm run chaos -- --help" lists the options.`);
	}
	const seeds = readNumber(values.seeds, '--seeds');
	const most = values.queue || values.replay !== undefined ? 1 : Math.min(seeds, availableParallelism());
	return {
		seeds,
		ops: readNumber(values.ops, '--ops'),
		first: readNumber(values.seed, '--seed'),
		parts: readParts(values['leave-out']),
		queue: values.queue,
		shrink: !values['no-shrink'],
		json: values.json,
		help: values.help,
		...(values.replay !== undefined && { replay: values.replay }),
		atOnce: values['at-once'] === undefined ? most : readNumber(values['at-once'], '--at-once'),
		part: values.part === undefined ? undefined : Number(values.part),
	};
}
