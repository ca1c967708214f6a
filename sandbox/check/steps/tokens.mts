import { planPair } from '../../launcher/credentials.mts';
import type { Location } from '../../simulator/types.mts';
import { otherPair } from '../otherPair.mts';
import { describe, holds, same, type Scene } from '../scene.mts';
import type { Step } from '../step.mts';
import { workbench } from './workbench.mts';

const tenMinutes = 600_000;
const quota = 10;

function expire(scene: Scene, location: Location): void {
	const { accessTokens } = scene.simulator.world.tokens;
	for (const [value, token] of accessTokens) if (token.location === location) accessTokens.delete(value);
}

function tokenCalls(scene: Scene, since: number, location: Location) {
	return scene.calls(since, 'accounts').filter((call) => call.location === location);
}

export const tokenExpires: Step = {
	name: 'token_expires',
	proves: '20 executions at once that find the access token expired refresh it once, and all succeed.',
	async run(scene) {
		const { booksAt, crmAt } = scene.pair;
		const bench = await workbench(scene, planPair(booksAt, crmAt), 'check token expires');
		same('a first call', await bench.call(), 200);
		await scene.quiet();
		const since = scene.log.length;
		const last = await scene.lastExecution();
		scene.switches.latency = 200; // So that they overlap.
		expire(scene, booksAt);
		const statuses = await Promise.all(Array.from({ length: 20 }, () => bench.call()));
		scene.switches.latency = 0;
		await scene.quiet();
		await bench.remove();
		same(
			'answers that were not 200',
			statuses.filter((status) => status !== 200),
			[],
		);
		const runs = await scene.executionsAfter(last, 'checktokenexpires');
		same('executions', runs.length, 20);
		same('tokens asked for', tokenCalls(scene, since, booksAt).map(describe).length, 1);
	},
};

export const tokenQuota: Step = {
	name: 'token_quota',
	proves:
		'Never more than 10 tokens in 10 minutes are asked for, even when every token dies at once; the error says so.',
	async run(scene) {
		const location = scene.other.booksAt;
		const bench = await workbench(
			scene,
			otherPair(scene.pair.booksAt, scene.pair.crmAt).credentials,
			'check token quota',
		);
		const last = await scene.lastExecution();
		const statuses: number[] = [];
		for (let round = 0; round < quota + 4; round++) {
			expire(scene, location);
			statuses.push(await bench.call());
		}
		await bench.remove();
		holds(
			'calls that worked while the quota lasted',
			statuses.slice(0, 5).every((status) => status === 200),
			statuses,
		);
		holds('a call that failed when it was used up', statuses.at(-1) !== 200, statuses);
		const failed = (await scene.executionsAfter(last, 'checktokenquota')).filter(
			({ status }) => status === 'error',
		);
		const story = await scene.sandbox.api.failure(failed.at(-1)?.id ?? '');
		holds(
			'an error that explains the quota',
			/Zoho allows 10|too many (access )?tokens/i.test(story),
			story,
		);

		for (const code of ['eu', 'in', location, scene.other.crmAt] as Location[]) {
			const calls = tokenCalls(scene, 0, code);
			same(
				`refusals of the accounts server in ${code}`,
				calls.filter(({ status, code: error }) => status !== 200 || error).map(describe),
				[],
			);
			const most = Math.max(
				0,
				...calls.map(
					({ at }) => calls.filter((other) => other.at <= at && other.at > at - tenMinutes).length,
				),
			);
			holds(`at most ${quota} tokens in ten minutes in ${code}`, most <= quota, most);
		}
	},
};
