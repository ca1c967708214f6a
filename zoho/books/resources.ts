import { contact } from './contact';
import { contactPerson } from './contactPerson';
import { currency } from './currency';
import { customerPayment } from './customerPayment';
import { estimate } from './estimate';
import { invoice } from './invoice';
import { item } from './item';
import { organization } from './organization';
import type { BooksResource } from './resource';
import { tax } from './tax';

export type { BooksResource } from './resource';

/** Every Books resource the package knows, by name. A new one is a file of its own and a line here. */
export const booksResources: Record<string, BooksResource> = Object.fromEntries(
	[organization, contact, contactPerson, currency, customerPayment, estimate, invoice, item, tax].map((resource) => [
		resource.name,
		resource,
	]),
);
