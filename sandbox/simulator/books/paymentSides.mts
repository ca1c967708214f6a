/** Payments of customers for invoices and payments to vendors for bills, each told by what sets it apart: after Zoho's OpenAPI files and recorded answers. */

export interface PaymentSide {
	/** What its payments pay. */
	kind: 'invoice' | 'bill';
	entity: 'customerpayment' | 'vendorpayment';
	/** Path, list key, collection and scope. */
	list: 'customerpayments' | 'vendorpayments';
	/** Key of the single record. */
	key: 'payment' | 'vendorpayment';
	contactField: 'customer_id' | 'vendor_id';
	/** The id of what a payment pays of one document. */
	shareId: 'invoice_payment_id' | 'bill_payment_id';
	/** The account that the money comes to, or comes from. */
	account: 'account_id' | 'paid_through_account_id';
	/** The mode of a payment that names none; where there is none it has to be named. */
	mode?: string;
	/** Fields without which the API makes none, beside the contact and the amount. */
	needs: readonly string[];
	/** What says which ones are deleted at once. */
	ids: 'payment_ids' | 'vendorpayment_id';
	/** Path of its custom fields alone, where they can be changed so. */
	customFields?: string;
	/** Whether the email has to say everything; else there is none. */
	emails: boolean;
	refund: {
		listKey: string;
		/** The key of one refund: a list of one, as the files have it. */
		key: string;
		/** The account that the money leaves, or comes back to. */
		account: 'from_account_id' | 'to_account_id';
		/** Status of the answer to a new one. */
		answer: 200 | 201;
	};
	words: Record<'created' | 'updated' | 'deletedAll' | 'refunded' | 'refundSaved' | 'refundDeleted', string>;
}

export const customerSide: PaymentSide = {
	kind: 'invoice',
	entity: 'customerpayment',
	list: 'customerpayments',
	key: 'payment',
	contactField: 'customer_id',
	shareId: 'invoice_payment_id',
	account: 'account_id',
	needs: ['date', 'payment_mode'],
	ids: 'payment_ids',
	customFields: '/customerpayment',
	emails: false,
	refund: { listKey: 'payment_refunds', key: 'payment_refunds', account: 'from_account_id', answer: 200 },
	words: {
		created: 'The payment from the customer has been recorded',
		updated: 'The details of the payment received from the customer have been updated',
		deletedAll: 'The selected customer payments have been deleted.',
		refunded: 'The refund information for this payment has been saved.',
		refundSaved: 'The refund information for this payment has been saved.',
		refundDeleted: 'The refund has been successfully deleted.',
	},
};

export const vendorSide: PaymentSide = {
	kind: 'bill',
	entity: 'vendorpayment',
	list: 'vendorpayments',
	key: 'vendorpayment',
	contactField: 'vendor_id',
	shareId: 'bill_payment_id',
	account: 'paid_through_account_id',
	// As recorded.
	mode: 'Cash',
	needs: [],
	ids: 'vendorpayment_id',
	emails: true,
	refund: {
		listKey: 'vendorpayment_refunds',
		key: 'vendorpayment_refund',
		account: 'to_account_id',
		answer: 201,
	},
	words: {
		created: 'The payment made to the vendor has been recorded',
		updated: 'The details of the payment made to the vendor has been updated',
		deletedAll: 'The selected vendor payments have been deleted.',
		refunded: 'Vendor Payment Refunded successfully',
		refundSaved: 'The refund information has been saved.',
		refundDeleted: 'The refund has been deleted.',
	},
};
