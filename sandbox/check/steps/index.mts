import type { Step } from '../step.mts';
import { booksToCrmCreate } from './booksToCrmCreate.mts';
import { channelLapsed, channelRenewed } from './channels.mts';
import { crmToBooksCreate } from './crmToBooksCreate.mts';
import { dealWonInvoiceOnce } from './dealWon.mts';
import { deliveredTwice, webhookLost } from './deliveries.mts';
import { echo } from './echo.mts';
import { forgedWebhook } from './forgedWebhook.mts';
import { invoiceCreated, invoiceEdited, invoiceVoided } from './invoices.mts';
import { itemToProduct, productToItem } from './items.mts';
import { linkedNotDoubled } from './linkedNotDoubled.mts';
import { conflictSameField, mergeDifferentFields } from './merges.mts';
import { n8nKilled } from './n8nKilled.mts';
import { newCustomerAndInvoice } from './newCustomerAndInvoice.mts';
import { noInvoicesModule } from './noInvoicesModule.mts';
import { otherRegion } from './otherRegion.mts';
import {
	paymentDeleted,
	paymentDeliveredTwice,
	paymentOverThreeInvoices,
	paymentPartial,
	paymentRefunded,
} from './payments.mts';
import { rateLimited } from './rateLimited.mts';
import { tokenExpires, tokenQuota } from './tokens.mts';
import { booksToCrmUpdate, crmToBooksUpdate } from './updates.mts';
import { vendorBothWays } from './vendors.mts';

/**
 * In the order they run. Money comes after the kill: an n8n that starts again reads anew what changed in the last half hour. The quota
 * comes last: it leaves a connection without tokens for ten minutes.
 */
export const steps: readonly Step[] = [
	booksToCrmCreate,
	crmToBooksCreate,
	booksToCrmUpdate,
	crmToBooksUpdate,
	echo,
	mergeDifferentFields,
	conflictSameField,
	linkedNotDoubled,
	webhookLost,
	deliveredTwice,
	channelLapsed,
	channelRenewed,
	tokenExpires,
	rateLimited,
	forgedWebhook,
	n8nKilled,
	itemToProduct,
	productToItem,
	vendorBothWays,
	invoiceCreated,
	invoiceEdited,
	invoiceVoided,
	paymentPartial,
	paymentOverThreeInvoices,
	paymentRefunded,
	paymentDeleted,
	paymentDeliveredTwice,
	newCustomerAndInvoice,
	dealWonInvoiceOnce,
	otherRegion,
	noInvoicesModule,
	tokenQuota,
];
