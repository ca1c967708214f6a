import type { CallEntry, Location } from '../../sandbox/simulator/types.mts';
import type { Finding } from './findings.mts';
import type { Stage } from './stage.mts';

const minute = 60_000;
const tenMinutes = 10 * minute;
/** Zoho: ten access tokens per refresh token in ten minutes. */
const tokensAllowed = 10;

const broken = (says: string): Finding => ({ figure: 'rule_breaks', says });

const inWords = ({ n, service, location, method, path, status, code }: CallEntry) =>
	`call ${n}, ${service} ${location} ${method} ${path} → ${status}${code ? ` ${code}` : ''}`;

/**
 * Zoho itself says when one of its limits is exceeded; where it was told to say so, nobody is to blame. A process that has just been
 * killed cannot tell the next one how many calls it made: within a minute after a kill Books may be asked for too much once.
 */
function refusals(log: readonly CallEntry[], starts: readonly number[]): Finding[] {
	const excused = (at: number) => starts.some((start) => at >= start && at < start + minute);
	return log
		.filter(({ status, fault, at, service }) => {
			return status === 429 && fault === undefined && !(service === 'books' && excused(at));
		})
		.map((call) => broken(`Zoho found a limit exceeded: ${inWords(call)}`));
}

/** Refusals of the accounts server, and more tokens asked for than Zoho grants. */
function tokens(log: readonly CallEntry[]): Finding[] {
	const calls = log.filter(({ service, fault }) => service === 'accounts' && fault === undefined);
	const refused = calls.filter(({ status, code }) => status !== 200 || code !== undefined);
	const places = [...new Set(calls.map(({ location }) => location))];
	const most = (location: Location) => {
		const times = calls.filter((call) => call.location === location).map(({ at }) => at);
		return Math.max(
			0,
			...times.map((at) => times.filter((other) => other <= at && other > at - tenMinutes).length),
		);
	};
	return [
		...refused.map((call) => broken(`a token was refused: ${inWords(call)}`)),
		...places
			.filter((location) => most(location) > tokensAllowed)
			.map((location) => broken(`${most(location)} tokens in ten minutes were asked for in ${location}`)),
	];
}

/** Secrets have no business in an address. */
function secrets(log: readonly CallEntry[]): Finding[] {
	return log
		.filter(
			({ service, query }) =>
				service !== 'accounts' && /(^|&)(access_token|authtoken|refresh_token)=/i.test(query),
		)
		.map((call) => broken(`a token stands in an address: ${inWords(call)}`));
}

/** Zoho's rules about calls and tokens, by its own log. */
export function judgeRules({ scene, starts }: Pick<Stage, 'scene' | 'starts'>): Finding[] {
	return [...refusals(scene.log, starts), ...tokens(scene.log), ...secrets(scene.log)];
}
