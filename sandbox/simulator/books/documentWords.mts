import { type Kind, kinds, type Status } from './documentKinds.mts';

export interface Words {
	created: string;
	updated: string;
	deleted: string;
	sent: string;
}

const titled = (text: string) => text.replace(/^./, (first) => first.toUpperCase());

/** Where a recorded answer says it in its own way. */
const recorded: Partial<Record<Kind, Partial<Words>>> = {
	invoice: { updated: 'Invoice information has been updated.' },
	estimate: { updated: 'Quote information has been updated.' },
	bill: { updated: 'Bill information has been updated.' },
	purchaseorder: {
		created: 'Purchase Order has been added.',
		updated: 'Purchase Order has been updated.',
	},
};

/** What answers say, as recorded; of what is not recorded, in the same way. */
export function wordsOf(kind: Kind): Words {
	const { name } = kinds[kind];
	return {
		created: `The ${name} has been created.`,
		updated: `The ${name} has been updated.`,
		deleted: `The ${name} has been deleted.`,
		sent: `Your ${name} has been sent.`,
		...recorded[kind],
	};
}

export const stateWords = (kind: Kind, status: Status): string =>
	`${titled(kinds[kind].name)} status has been changed to ${titled(status)}.`;
