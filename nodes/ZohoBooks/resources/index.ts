import type { BooksNodeResource } from '../resource';
import { contact } from './contact';
import { contactPerson } from './contactPerson';
import { currency } from './currency';
import { customerPayment } from './customerPayment';
import { estimate } from './estimate';
import { invoice } from './invoice';
import { item } from './item';
import { organization } from './organization';
import { tax } from './tax';

/** All resources of the node, by name. A new one is a file of its own and a line here: properties, operations and routing come from it. */
export const resources: BooksNodeResource[] = [
	contact,
	contactPerson,
	currency,
	customerPayment,
	estimate,
	invoice,
	item,
	organization,
	tax,
];
