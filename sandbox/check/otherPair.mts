import { planPair, type CredentialPlan } from '../launcher/credentials.mts';
import type { Location } from '../simulator/types.mts';

export interface OtherPair {
	books: Location;
	crm: Location;
	credentials: CredentialPlan[];
	/** Tells copies of the templates apart; data centres in capitals. */
	edition: string;
}

function pairOf(books: Location, crm: Location, name: string): OtherPair {
	return {
		books,
		crm,
		credentials: planPair(books, crm, name),
		edition: `${books} ${crm}`.toUpperCase(),
	};
}

/** A second pair of data centres, far from the first: Canada and Saudi Arabia, or where one of these is taken, the EU and India. */
export function otherPair(books: Location, crm: Location): OtherPair {
	const taken: Location[] = [books, crm];
	const [otherBooks, otherCrm] =
		taken.includes('ca') || taken.includes('sa') ? (['eu', 'in'] as const) : (['ca', 'sa'] as const);
	return pairOf(otherBooks, otherCrm, 'other');
}

/** A third pair, apart from both: its CRM is of an edition without Invoices. */
export function smallPair(books: Location, crm: Location): OtherPair {
	const other = otherPair(books, crm);
	const taken: Location[] = [books, crm, other.books, other.crm];
	const free = (['au', 'jp', 'us', 'uk', 'ae', 'cn'] as const).filter(
		(location) => !taken.includes(location),
	);
	const [smallBooks = 'au', smallCrm = 'jp'] = free;
	return pairOf(smallBooks, smallCrm, 'small');
}
