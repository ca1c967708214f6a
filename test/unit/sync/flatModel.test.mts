import fc from 'fast-check';

import type { ConflictPolicy, Json, JsonObject } from '../../../sync/types';
import { fields, FlatModel, type FlatModelOptions } from './flatModel.mts';

const mostRounds = 12;
const deciding: ConflictPolicy[] = ['eventSide', 'newest', 'books', 'crm'];

/** No halves of a cent: what CRM makes of those is its own affair. */
const price = fc.constantFrom<Json>(0, 5, 33.33, 33.333333, 0.006, 12.5, 0.1 + 0.2, 1999.996);
const note = fc.constantFrom<Json>('a', 'b', 'Cc', '7', '');
const edit = fc.oneof(
	fc.record({ path: fc.constant('rate' as const), to: price }),
	fc.record({ path: fc.constant('description' as const), to: note }),
);

type Step =
	| { do: 'createItem' | 'createProduct'; rate: Json; code: boolean }
	| { do: 'editItem' | 'editProduct'; at: number; edit: { path: 'rate' | 'description'; to: Json } }
	| { do: 'deliver'; at: number[]; twice: boolean }
	| { do: 'drop' | 'repeat'; at: number }
	| { do: 'poll' };

const at = fc.nat(30);
const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ do: fc.constantFrom('createItem' as const, 'createProduct' as const), rate: price, code: fc.boolean() }),
	{ weight: 5, arbitrary: fc.record({ do: fc.constantFrom('editItem' as const, 'editProduct' as const), at, edit }) },
	{
		weight: 5,
		arbitrary: fc.record({
			do: fc.constant('deliver' as const),
			at: fc.array(at, { minLength: 1, maxLength: 4 }),
			twice: fc.boolean(),
		}),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constantFrom('drop' as const, 'repeat' as const), at }) },
	fc.record({ do: fc.constant('poll' as const) }),
);
const timed = fc.tuple(fc.nat(2), step);
const options: fc.Arbitrary<FlatModelOptions> = fc.record({
	toCrm: fc.constantFrom(...deciding),
	toBooks: fc.constantFrom(...deciding),
	overwriteBlank: fc.boolean(),
});

const pick = <T,>(list: T[], place: number): T | undefined => list[place % Math.max(1, list.length)];
let names = 0;

function take(model: FlatModel, one: Step): void {
	switch (one.do) {
		case 'createItem':
		case 'createProduct': {
			const name = `Article ${++names}`;
			const sku = one.code ? `A-${names}` : '';
			if (one.do === 'createItem') model.saveItem({ name, sku, rate: one.rate, description: '' });
			else model.saveProduct({ Product_Name: name, Product_Code: sku, Unit_Price: one.rate });
			return;
		}
		case 'editItem': {
			const item = pick([...model.items.values()], one.at);
			if (item) model.saveItem({ item_id: item.item_id, [one.edit.path]: one.edit.to });
			return;
		}
		case 'editProduct': {
			const product = pick([...model.products.values()], one.at);
			if (product) model.saveProduct({ id: product.id, [fields[one.edit.path]]: one.edit.to });
			return;
		}
		case 'deliver': {
			const events = [...new Set(one.at.map((place) => pick(model.pending, place)))].filter((event) => event !== undefined);
			model.pending = model.pending.filter((event) => !events.includes(event));
			model.deliver(one.twice ? [...events, ...events] : events);
			return;
		}
		case 'drop':
		case 'repeat': {
			const event = pick(model.pending, one.at);
			if (event && one.do === 'repeat') model.pending.push(structuredClone(event));
			else model.pending = model.pending.filter((other) => other !== event);
			return;
		}
		case 'poll':
			model.poll();
	}
}

function comeToRest(model: FlatModel): void {
	expect(model.settle(mostRounds)).toBeLessThan(mostRounds);
	model.tick(5);
	model.poll();
	expect(model.settle(mostRounds)).toBeLessThan(mostRounds);
}

function anotherPoll(model: FlatModel): { books: number; crm: number } {
	const before = { ...model.writes };
	model.poll();
	model.settle(mostRounds);
	return { books: model.writes.books - before.books, crm: model.writes.crm - before.crm };
}

describe('items and Products, with deliveries lost, doubled, late and out of order', () => {
	test('both sides agree in the end to the cent, each stands once on each side, and then nothing is written any more', () => {
		fc.assert(
			fc.property(options, fc.array(timed, { minLength: 1, maxLength: 40, size: 'max' }), (setting, steps) => {
				const model = new FlatModel(setting);
				for (const [seconds, one] of steps) {
					model.tick(seconds);
					take(model, one);
				}
				comeToRest(model);
				expect(model.differences()).toEqual([]);
				expect(model.reviews).toBe(0);
				expect(anotherPoll(model)).toEqual({ books: 0, crm: 0 });
			}),
			{ numRuns: 1000 },
		);
	});

	test('a price of Books keeps all its decimals when CRM, which has two, reports other edits', () => {
		const model = new FlatModel({ toCrm: 'eventSide', toBooks: 'eventSide', overwriteBlank: false });
		const { item_id } = model.saveItem({ name: 'Wire', sku: 'W', rate: 33.333333, description: '' });
		comeToRest(model);
		expect(model.writes.books + model.reads).toBe(0);
		const [product] = model.products.values();
		model.saveProduct({ id: product?.id, Description: 'per metre' });
		comeToRest(model);
		const item = () => model.items.get(String(item_id)) as JsonObject;
		expect(item()).toMatchObject({ rate: 33.333333, description: 'per metre' });
		expect(model.writes.books).toBe(1);

		model.saveProduct({ id: product?.id, Unit_Price: 33.3 });
		comeToRest(model);
		expect(item().rate).toBe(33.3);
		model.saveItem({ item_id, rate: 33.304 });
		comeToRest(model);
		expect([...model.products.values()][0]?.Unit_Price).toBe(33.3);
		expect(item().rate).toBe(33.304);
	});

	test('records that stood on both sides before are linked and not doubled, and the finer price stays', () => {
		const model = new FlatModel({ toCrm: 'books', toBooks: 'eventSide', overwriteBlank: false });
		model.saveItem({ name: 'Wire', sku: 'W', rate: 1.005, description: 'x' });
		model.saveProduct({ Product_Name: 'Wire', Product_Code: 'W', Unit_Price: 1.01 });
		comeToRest(model);
		expect([model.items.size, model.products.size]).toEqual([1, 1]);
		expect([...model.items.values()][0]?.rate).toBe(1.005);
		expect(model.differences().filter((one) => !one.startsWith('rate'))).toEqual([]);
	});
});
