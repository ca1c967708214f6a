import { type Exact, toNumber } from '../crm/exact.mts';

/** `$1,234.50`, as Books shows an amount to people. */
export const moneyText = ({ symbol, places }: { symbol: string; places: number }, amount: Exact): string =>
	`${symbol}${toNumber(amount).toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places })}`;
