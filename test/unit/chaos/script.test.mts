import { scriptOf } from '../../chaos/script.mts';
import { actsIn, isTrouble } from '../../chaos/types.mts';

const actsOf = (steps: ReturnType<typeof scriptOf>['steps']) => steps.reduce((sum, step) => sum + actsIn(step), 0);

describe('a chaos script', () => {
	it.each([1, 2, 40, 300])('has as many acts as are asked for: %d', (ops) => {
		expect(actsOf(scriptOf(3, ops).steps)).toBe(ops);
	});

	it('is the same for the same seed, and another one for another', () => {
		expect(scriptOf(5, 60)).toEqual(scriptOf(5, 60));
		expect(scriptOf(5, 60).steps).not.toEqual(scriptOf(6, 60).steps);
	});

	it('leaves out what is to be left out', () => {
		const people = scriptOf(1, 200, []).steps.filter((step) => step.do !== 'wait');
		expect(people.filter(isTrouble)).toEqual([]);
		expect(people.filter(({ do: act }) => act === 'invoice' || act === 'pay' || act === 'item')).toEqual([]);
	});

	it('starts n8n again after each kill', () => {
		const { steps } = scriptOf(2, 400);
		const ups = steps.map(({ do: act }) => act).filter((act) => act === 'kill' || act === 'start');
		expect(ups.filter((act) => act === 'kill')).toHaveLength(4);
		expect(ups.some((act, index) => act === 'kill' && ups[index - 1] === 'kill')).toBe(false);
	});

	it('knows every kind of act and of trouble in a long one', () => {
		const kinds = new Set(scriptOf(1, 2000).steps.map(({ do: act }) => act));
		const all = ['company', 'person', 'edit', 'race', 'delete', 'merge', 'item', 'deal', 'winDeal', 'invoice', 'invoiceLines', 'void'];
		const troubles = ['pay', 'unpay', 'fault', 'expire', 'lapse', 'skew', 'indexLag', 'kill', 'start', 'wait'];
		expect([...kinds].sort()).toEqual([...all, ...troubles].sort());
	});
});
