import type { Cast } from './cast.mts';
import type { Dice } from './dice.mts';
import type { Act, CompanyField, Edit, Line, PersonField, System } from './types.mts';

/** One kind of act: how often it is wanted, and how it is made. Undefined where nobody is there to do it with. */
export interface Wish {
	weight: number;
	acts: 1 | 2;
	/** Brings somebody new. */
	makes?: true;
	make(dice: Dice, cast: Cast): Act | undefined;
}

const systems: readonly [System, System] = ['books', 'crm'];
const personFields: readonly [PersonField, ...PersonField[]] = ['phone', 'mobile', 'department'];
const companyFields: readonly [CompanyField, ...CompanyField[]] = ['website', 'city', 'phone'];

/** A value that nobody has typed before, so that it can be told who typed what is found in the end. */
function freshValue(cast: Cast, who: string, field: string): string {
	const n = cast.count('value');
	const { seed } = cast;
	if (field === 'email') return `${who}.v${n}@seed-${seed}.example`;
	if (field === 'website') return `https://${who}-v${n}.seed-${seed}.example`;
	if (field === 'phone' || field === 'mobile') return `+49 30 ${seed} ${1000 + n}`;
	if (field === 'rate') return (10 + n + n / 100).toFixed(2);
	return `${field === 'name' ? 'Chaos' : 'Value'} ${seed} ${who} v${n}`;
}

function editOf(cast: Cast, system: System, who: string, field: string): Edit {
	return { system, who, field, value: freshValue(cast, who, field) };
}

/** Somebody to edit, and fields of theirs. */
function subject(
	dice: Dice,
	cast: Cast,
): { who: string; fields: readonly [string, ...string[]] } | undefined {
	const isPerson = dice.chance(0.65);
	const member = dice.one(cast.present(isPerson ? 'person' : 'company'));
	return member && { who: member.name, fields: isPerson ? personFields : companyFields };
}

function race(dice: Dice, cast: Cast, sameField: boolean): Act | undefined {
	const found = subject(dice, cast);
	if (!found) return undefined;
	const first = dice.pick(found.fields);
	const others = found.fields.filter((field) => field !== first);
	const second = sameField ? first : (dice.one(others) ?? first);
	const [one, two] = dice.chance(0.5) ? systems : ([...systems].reverse() as [System, System]);
	return {
		do: 'race',
		edits: [editOf(cast, one, found.who, first), editOf(cast, two, found.who, second)],
	};
}

function remove(dice: Dice, cast: Cast): Act | undefined {
	const system = dice.pick(systems);
	// A person in CRM; in Books a whole customer, as its own screen deletes it.
	const candidates =
		system === 'crm'
			? cast.present('person').filter(({ used }) => !used)
			: [
					...cast.present('company').filter(({ used }) => !used),
					...cast.present('person').filter(({ of }) => of === undefined),
				];
	const member = dice.one(candidates);
	if (!member) return undefined;
	cast.leave(member.name);
	return { do: 'delete', system, who: member.name };
}

function merge(dice: Dice, cast: Cast): Act | undefined {
	const system = dice.pick(systems);
	// In Books customers are merged: here those that are persons.
	const persons = cast
		.present('person')
		.filter(({ of, used }) => !used && (system === 'crm' || of === undefined));
	const survivor = dice.one(persons);
	const loser = dice.one(persons.filter((each) => each !== survivor));
	if (!survivor || !loser) return undefined;
	cast.leave(loser.name);
	return { do: 'merge', system, survivor: survivor.name, loser: loser.name };
}

/** People and companies. */
export const peopleActs: readonly Wish[] = [
	{
		weight: 11,
		acts: 1,
		makes: true,
		make(dice, cast) {
			const system = dice.pick(systems);
			const company = cast.enter('company', system);
			return { do: 'company', system, company, person: cast.enter('person', system, company) };
		},
	},
	{
		weight: 6,
		acts: 1,
		makes: true,
		make(dice, cast) {
			const system = dice.pick(systems);
			return { do: 'person', system, person: cast.enter('person', system) };
		},
	},
	{
		weight: 8,
		acts: 1,
		make(dice, cast) {
			const system = dice.pick(systems);
			const company = dice.one(cast.present('company'))?.name;
			return company === undefined
				? undefined
				: { do: 'person', system, person: cast.enter('person', system, company), company };
		},
	},
	{
		weight: 26,
		acts: 1,
		make(dice, cast) {
			const found = subject(dice, cast);
			return found && { do: 'edit', ...editOf(cast, dice.pick(systems), found.who, dice.pick(found.fields)) };
		},
	},
	{
		weight: 6,
		acts: 1,
		make(dice, cast) {
			const isPerson = dice.chance(0.5);
			const who = dice.one(cast.present(isPerson ? 'person' : 'company'))?.name;
			return who === undefined
				? undefined
				: { do: 'edit', ...editOf(cast, dice.pick(systems), who, isPerson ? 'last_name' : 'name') };
		},
	},
	{
		weight: 5,
		acts: 1,
		make(dice, cast) {
			const who = dice.one(cast.present('person'))?.name;
			return who === undefined
				? undefined
				: { do: 'edit', ...editOf(cast, dice.pick(systems), who, 'email') };
		},
	},
	{ weight: 4, acts: 2, make: (dice, cast) => race(dice, cast, true) },
	{ weight: 5, acts: 2, make: (dice, cast) => race(dice, cast, false) },
	{ weight: 4, acts: 1, make: remove },
	{ weight: 2, acts: 1, make: merge },
];

function lines(dice: Dice, cast: Cast): Line[] {
	return Array.from({ length: dice.between(1, 3) }, (): Line => {
		const item = dice.chance(0.6) ? dice.one(cast.present('item'))?.name : undefined;
		return {
			...(item === undefined ? {} : { item }),
			quantity: dice.between(1, 5),
			rate: dice.between(100, 99_999) / 100,
			taxed: dice.chance(0.7),
		};
	});
}

/** Items, invoices, payments, won Deals. */
export const moneyActs: readonly Wish[] = [
	{
		weight: 3,
		acts: 1,
		make(dice, cast) {
			const system = dice.pick(systems);
			return { do: 'item', system, item: cast.enter('item', system), rate: dice.between(100, 9999) / 100 };
		},
	},
	{
		weight: 3,
		acts: 1,
		make(dice, cast) {
			const who = dice.one(cast.present('item'))?.name;
			return who === undefined ? undefined : { do: 'edit', ...editOf(cast, dice.pick(systems), who, 'rate') };
		},
	},
	{
		weight: 2,
		acts: 1,
		make(dice, cast) {
			const company = dice.one(cast.present('company'))?.name;
			return company === undefined
				? undefined
				: { do: 'deal', deal: cast.enter('deal', 'crm', company), company };
		},
	},
	{
		weight: 1.5,
		acts: 1,
		make(dice, cast) {
			const deal = dice.one(cast.present('deal').filter(({ used }) => !used));
			if (!deal) return undefined;
			cast.use(deal.name);
			cast.use(deal.of ?? '');
			return { do: 'winDeal', deal: deal.name, amount: dice.between(100, 99_999) / 100 };
		},
	},
	{
		weight: 5,
		acts: 1,
		make(dice, cast) {
			const deal = dice.chance(0.6) ? dice.one(cast.present('deal').filter(({ used }) => !used)) : undefined;
			const company = deal?.of ?? dice.one(cast.present('company'))?.name;
			if (company === undefined) return undefined;
			cast.use(company);
			return {
				do: 'invoice',
				invoice: cast.enter('invoice', 'books', company),
				company,
				...(deal && { deal: deal.name }),
				lines: lines(dice, cast),
			};
		},
	},
	{
		weight: 2,
		acts: 1,
		make(dice, cast) {
			const invoice = dice.one(cast.present('invoice').filter(({ used }) => !used))?.name;
			return invoice === undefined ? undefined : { do: 'invoiceLines', invoice, lines: lines(dice, cast) };
		},
	},
	{
		weight: 1,
		acts: 1,
		make(dice, cast) {
			const invoice = dice.one(cast.present('invoice').filter(({ used }) => !used))?.name;
			if (invoice === undefined) return undefined;
			cast.leave(invoice);
			return { do: 'void', invoice };
		},
	},
	{
		weight: 4,
		acts: 1,
		make(dice, cast) {
			const invoice = dice.one(cast.present('invoice'))?.name;
			if (invoice === undefined) return undefined;
			cast.use(invoice);
			const part = dice.pick([0.25, 0.5, 1]);
			return { do: 'pay', payment: cast.enter('payment', 'books', invoice), invoice, part };
		},
	},
	{
		weight: 1,
		acts: 1,
		make(dice, cast) {
			const payment = dice.one(cast.present('payment'))?.name;
			if (payment === undefined) return undefined;
			cast.leave(payment);
			return { do: 'unpay', payment };
		},
	},
];
