import type { BooksNodeResource } from '../resource';
import { bankAccount } from './bankAccount';
import { bill } from './bill';
import { chartOfAccount } from './chartOfAccount';
import { contact } from './contact';
import { contactPerson } from './contactPerson';
import { creditNote } from './creditNote';
import { currency } from './currency';
import { customerPayment } from './customerPayment';
import { estimate } from './estimate';
import { expense } from './expense';
import { invoice } from './invoice';
import { item } from './item';
import { journal } from './journal';
import { organization } from './organization';
import { project } from './project';
import { purchaseOrder } from './purchaseOrder';
import { salesOrder } from './salesOrder';
import { tax } from './tax';
import { taxAuthority } from './taxAuthority';
import { taxExemption } from './taxExemption';
import { taxGroup } from './taxGroup';
import { user } from './user';
import { vendorCredit } from './vendorCredit';
import { vendorPayment } from './vendorPayment';
import { webhook } from './webhook';
import { workflowRule } from './workflowRule';

/** All resources of the node, by name. A new one is a file of its own and a line here: properties, operations and routing come from it. */
export const resources: BooksNodeResource[] = [
	bankAccount,
	bill,
	chartOfAccount,
	contact,
	contactPerson,
	creditNote,
	currency,
	customerPayment,
	estimate,
	expense,
	invoice,
	item,
	journal,
	organization,
	project,
	purchaseOrder,
	salesOrder,
	tax,
	taxAuthority,
	taxExemption,
	taxGroup,
	user,
	vendorCredit,
	vendorPayment,
	webhook,
	workflowRule,
];
