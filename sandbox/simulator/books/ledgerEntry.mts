import { type Exact, exact, minus } from '../crm/exact.mts';

/** An amount on an account: debits are more than nothing, credits less. */
export type Posting = readonly [accountId: string, amount: Exact];

/** What one record books. Its amounts add up to nothing. */
export interface Entry {
	recordId: string;
	type: string;
	name: string;
	date: string;
	reference: string;
	contactId: string;
	currencyId: string;
	/** Units of the base currency for one of the record's. */
	rate: number;
	postings: Posting[];
}

const zero = exact(0);
export const negative = (amount: Exact) => minus(zero, amount);

/** Money that comes in, or goes out where the amount is less than nothing, and what it is for. */
export const moved = (moneyId: string, otherId: string, amount: Exact): Posting[] => [
	[moneyId, amount],
	[otherId, negative(amount)],
];
