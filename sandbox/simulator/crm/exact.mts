/** Exact decimal arithmetic: a number is `units` × 10^-`scale`. */
export interface Exact {
	readonly units: bigint;
	readonly scale: number;
}

/** The number that a decimal text or a JSON number shows: 0.1 is a tenth, not its neighbour in binary. */
export function exact(value: number | string): Exact {
	const found = /^(-?)(\d+)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(String(value).trim());
	if (!found) throw new Error(`${value} is no decimal number.`);
	const [, sign = '', whole = '0', fraction = '', exponent = '0'] = found;
	const scale = fraction.length - Number(exponent);
	const units = BigInt(`${sign}${whole}${fraction}`);
	return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale };
}

const shifted = ({ units, scale }: Exact, to: number) => units * 10n ** BigInt(to - scale);

function joined(a: Exact, b: Exact, join: (a: bigint, b: bigint) => bigint): Exact {
	const scale = Math.max(a.scale, b.scale);
	return { units: join(shifted(a, scale), shifted(b, scale)), scale };
}

export const plus = (a: Exact, b: Exact): Exact => joined(a, b, (left, right) => left + right);
export const minus = (a: Exact, b: Exact): Exact => joined(a, b, (left, right) => left - right);
export const times = (a: Exact, b: Exact): Exact => ({ units: a.units * b.units, scale: a.scale + b.scale });
/** So many per cent of an amount. */
export const percent = (amount: Exact, rate: Exact): Exact => {
	const { units, scale } = times(amount, rate);
	return { units, scale: scale + 2 };
};
export const sum = (amounts: readonly Exact[]): Exact => amounts.reduce(plus, exact(0));

/** To so many decimals; a half goes away from zero. */
export function rounded(amount: Exact, places: number): Exact {
	if (amount.scale <= places) return amount;
	const factor = 10n ** BigInt(amount.scale - places);
	const size = amount.units < 0n ? -amount.units : amount.units;
	const units = (size * 2n + factor) / (factor * 2n);
	return { units: amount.units < 0n ? -units : units, scale: places };
}

/** As JSON shows it. */
export function toNumber({ units, scale }: Exact): number {
	const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
	const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
	return units < 0n ? -Number(text) : Number(text);
}
