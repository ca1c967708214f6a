import { seededRandom } from '../../sandbox/simulator/world.mts';
import { Dice } from './dice.mts';
import { Cast } from './cast.mts';
import { moneyActs, peopleActs, type Wish } from './acts.mts';
import { nextTrouble } from './troubles.mts';
import { actsIn, type ChaosScript, type Part, type Step } from './types.mts';

export const allParts: readonly Part[] = ['faults', 'kills', 'money'];

/** Acts while n8n is down. */
const whileDown = 4;

/** Whose turn it is: the first wish that can be fulfilled, drawn by weight. */
function nextAct(dice: Dice, cast: Cast, wishes: readonly Wish[]): Step {
	for (;;) {
		const step = dice.weighted(wishes).make(dice, cast);
		if (step) return step;
	}
}

/**
 * The script of a seed: `ops` things that people do, and what goes wrong meanwhile. The same seed is the same script. n8n is killed
 * once in a hundred acts, in the second half of them, so that there is something to lose.
 */
export function scriptOf(seed: number, ops: number, parts: readonly Part[] = allParts): ChaosScript {
	const dice = new Dice(seededRandom(seed * 7919 + 17));
	const cast = new Cast(seed);
	const wishes = parts.includes('money') ? [...peopleActs, ...moneyActs] : peopleActs;
	const kills = killsAt(dice, ops, parts.includes('kills'));
	const steps: Step[] = [];
	let done = 0;
	let startAfter = Infinity;
	while (done < ops) {
		if (kills[0] !== undefined && done >= kills[0]) {
			kills.shift();
			steps.push({ do: 'kill' });
			startAfter = done + whileDown;
		}
		const step = nextAct(dice, cast, wishesAt(wishes, done, ops));
		steps.push(step);
		done += actsIn(step);
		if (done >= startAfter) {
			steps.push({ do: 'start' });
			startAfter = Infinity;
		}
		if (parts.includes('faults') && dice.chance(0.4)) steps.push(nextTrouble(dice));
		if (dice.chance(0.6)) steps.push({ do: 'wait', milliseconds: pause(dice) });
	}
	return { seed, steps };
}

/** Somebody must be there before anything can happen to them; and a race takes two. */
function wishesAt(wishes: readonly Wish[], done: number, ops: number): readonly Wish[] {
	if (done < Math.min(6, ops / 5)) return wishes.filter(({ makes }) => makes);
	return ops - done > 1 ? wishes : wishes.filter(({ acts }) => acts === 1);
}

/** Mostly shorter than a change takes to the other side, now and then long enough for that. */
const pause = (dice: Dice) => (dice.chance(0.12) ? dice.between(2000, 6000) : dice.between(20, 900));

function killsAt(dice: Dice, ops: number, wanted: boolean): number[] {
	const count = wanted ? Math.max(1, Math.round(ops / 100)) : 0;
	const share = ops / Math.max(1, count);
	return Array.from({ length: count }, (_, index) =>
		Math.floor(index * share + share * (0.4 + 0.5 * dice.next())),
	);
}
