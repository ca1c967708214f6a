/** Which of Zoho's operations the nodes reach, and why not the others. Pure. */

import type { Exchange } from './exchanges.mts';
import { operationOf, type ZohoOperation } from './files.mts';

/** Operations that no operation of the nodes calls, on purpose. */
export interface LeftOut {
	/** Of `invoices POST /invoices/email`: the file, the method and the address as the file has it. */
	operations: RegExp;
	why: string;
	/** How to get there all the same. What stands in `code marks` is an operation of a node: `Invoice: Email`. */
	instead?: string;
}

export interface Reach {
	/** Each of Zoho's operations that is reached, with the operations of the node that call it. */
	reached: Map<ZohoOperation, string[]>;
	leftOut: Map<ZohoOperation, LeftOut>;
	/** Neither reached nor left out for a reason. */
	unexplained: ZohoOperation[];
	/** Of named resources: not reached, and nothing says what to do instead. */
	missingNamed: ZohoOperation[];
	/** Reasons that excuse nothing (any more). */
	idle: LeftOut[];
	/** Calls that are in no file. */
	elsewhere: string[];
}

/** `invoices POST /invoices/email`, as the reasons name it. */
export const nameOf = ({ file, method, path }: ZohoOperation): string => `${file} ${method} ${path}`;

/** @param named files of the resources that have to be reached, or to have another way */
export function judge(operations: readonly ZohoOperation[], exchanges: readonly Exchange[], reasons: readonly LeftOut[], named: readonly string[]): Reach {
	const reached = new Map<ZohoOperation, string[]>();
	const elsewhere = new Set<string>();
	for (const { resource, operation, method, path } of exchanges) {
		const found = operationOf(operations, method, path);
		if (!found) {
			elsewhere.add(`${method} ${path.replace(/\d{5,}/g, '{}')}`);
			continue;
		}
		const by = `${resource} ${operation}`;
		const known = reached.get(found) ?? [];
		reached.set(found, known.includes(by) ? known : [...known, by]);
	}
	const others = operations.filter((one) => !reached.has(one));
	const reasonOf = (one: ZohoOperation) => reasons.find((reason) => reason.operations.test(nameOf(one)));
	const leftOut = new Map(
		others.flatMap((one) => {
			const reason = reasonOf(one);
			return reason ? [[one, reason] as const] : [];
		}),
	);
	const used = new Set(leftOut.values());
	return {
		reached,
		leftOut,
		unexplained: others.filter((one) => !leftOut.has(one)),
		missingNamed: others.filter((one) => named.includes(one.file) && !leftOut.get(one)?.instead),
		idle: reasons.filter((reason) => !used.has(reason)),
		elsewhere: [...elsewhere].sort(),
	};
}
