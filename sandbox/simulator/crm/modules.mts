/**
 * Zoho CRM's standard modules and fields, as data. Field names, types and lengths follow a new account's
 * "Standard" layout (Setup > Developer Hub > API names; GET /crm/v8/settings/fields). `metadata.mts` turns these rows
 * into Zoho's JSON.
 */

export type FieldType =
	| 'text'
	| 'textarea'
	| 'email'
	| 'phone'
	| 'website'
	| 'picklist'
	| 'multiselectpicklist'
	| 'date'
	| 'datetime'
	| 'integer'
	| 'bigint'
	| 'double'
	| 'currency'
	| 'percent'
	| 'boolean'
	| 'lookup'
	/** A record of any module: Parent_Id of a note. */
	| 'parentlookup'
	| 'ownerlookup'
	| 'autonumber'
	| 'formula'
	| 'subform'
	/** The tags of a record, kept as their ids. */
	| 'tags'
	/** Columns of line items only: an amount or `10%`; taxes of the organization. */
	| 'discount'
	| 'linetax';

export type Edition = 'free' | 'standard' | 'professional' | 'enterprise' | 'ultimate';

export interface FieldSpec {
	name: string;
	label: string;
	type: FieldType;
	length: number;
	mandatory?: boolean;
	readOnly?: boolean;
	custom?: boolean;
	/** Set for fields with "do not allow duplicate values". */
	unique?: { caseSensitive: boolean };
	/** Module a lookup points to. */
	lookup?: string;
	values?: readonly string[];
	/** A picklist that takes no other values. */
	closed?: boolean;
	/** A number above zero. */
	positive?: boolean;
	/** Can be set when the record is made, and not later. */
	createOnly?: boolean;
	/** How an auto-number field counts; default 1, 2, 3. */
	numbering?: { prefix: string; start: number; suffix: string };
	/** Fields of a subform's rows. */
	rows?: readonly FieldSpec[];
	/** Kind of a textarea: `small` 2,000, `large` 32,000, `rich_text` 50,000 characters. */
	area?: 'small' | 'large' | 'rich_text';
	/** Edition from which the field exists. */
	from?: Edition;
}

export interface ModuleSpec {
	name: string;
	singular: string;
	plural: string;
	/** The field shown as the record's name; upsert's system duplicate check uses `duplicateCheck`. */
	nameField: string;
	duplicateCheck?: string;
	from: Edition;
	generated: 'default' | 'custom';
	fields: readonly FieldSpec[];
	/** Modules whose lists appear below a record: [api name of the list, module, lookup field in it]. */
	related: readonly (readonly [string, string, string])[];
	/** Lists of records that are put there one by one (many to many): [api name of the list, module]. */
	linked: readonly (readonly [string, string])[];
}

type Extra = Partial<FieldSpec>;

const labelOf = (name: string) => name.replace(/__s$/, '').replaceAll('_', ' ');
const field = (name: string, type: FieldType, length: number, extra: Extra = {}): FieldSpec => ({
	name,
	label: labelOf(name),
	type,
	length,
	...extra,
});
const text = (name: string, length = 255, extra?: Extra) => field(name, 'text', length, extra);
const email = (name: string) => field(name, 'email', 100);
const phone = (name: string) => field(name, 'phone', 30);
const money = (name: string, extra?: Extra) => field(name, 'currency', 16, extra);
const whole = (name: string, length = 9, extra?: Extra) => field(name, 'integer', length, extra);
const decimal = (name: string, extra?: Extra) => field(name, 'double', 16, extra);
const yesNo = (name: string, extra?: Extra) => field(name, 'boolean', 5, extra);
const day = (name: string, extra?: Extra) => field(name, 'date', 20, extra);
const moment = (name: string, extra?: Extra) => field(name, 'datetime', 20, extra);
const lookup = (name: string, module: string, extra?: Extra) =>
	field(name, 'lookup', 120, { lookup: module, ...extra });
const choice = (name: string, values: readonly string[], extra?: Extra) =>
	field(name, 'picklist', 120, { values, ...extra });
const area = (name: string, kind: 'small' | 'large' | 'rich_text' = 'large') =>
	field(name, 'textarea', { small: 2000, large: 32000, rich_text: 50000 }[kind], { area: kind });

const address = (prefix: string, state = 'State', zip = 'Code', extra?: Extra) => [
	text(`${prefix}Street`, 250, extra),
	text(`${prefix}City`, 100, extra),
	text(`${prefix}${state}`, 100, extra),
	text(`${prefix}${zip}`, 30, extra),
	text(`${prefix}Country`, 100, extra),
];

const leadSources = [
	'-None-',
	'Advertisement',
	'Cold Call',
	'Employee Referral',
	'External Referral',
	'Online Store',
	'Partner',
	'Public Relations',
	'Sales Email Alias',
	'Seminar Partner',
	'Internal Seminar',
	'Trade Show',
	'Web Download',
	'Web Research',
	'Chat',
	'X (Twitter)',
	'Facebook',
];
const industries = [
	'-None-',
	'ASP (Application Service Provider)',
	'Data/Telecom OEM',
	'ERP (Enterprise Resource Planning)',
	'Government/Military',
	'Large Enterprise',
	'ManagementISV',
	'MSP (Management Service Provider)',
	'Network Equipment Enterprise',
	'Non-management ISV',
	'Optical Networking',
	'Service Provider',
	'Small/Medium Enterprise',
	'Storage Equipment',
	'Storage Service Provider',
	'Systems Integrator',
	'Wireless Industry',
	'ERP',
	'Management ISV',
];
const ratings = ['-None-', 'Acquired', 'Active', 'Market Failed', 'Project Cancelled', 'Shut Down'];
const salutations = ['-None-', 'Mr.', 'Mrs.', 'Ms.', 'Dr.', 'Prof.'];
/** Stages of a Deal with the probability that each brings along. */
export const stageProbability: ReadonlyMap<string, number> = new Map([
	['Qualification', 10],
	['Needs Analysis', 20],
	['Value Proposition', 40],
	['Identify Decision Makers', 60],
	['Proposal/Price Quote', 75],
	['Negotiation/Review', 90],
	['Closed Won', 100],
	['Closed Lost', 0],
	['Closed Lost to Competition', 0],
]);
const stages = [...stageProbability.keys()];

/** Fields that every module has. */
export const systemFields: readonly FieldSpec[] = [
	field('id', 'bigint', 20, { label: 'Record Id', readOnly: true }),
	field('Owner', 'ownerlookup', 120),
	field('Created_By', 'ownerlookup', 120, { readOnly: true }),
	field('Modified_By', 'ownerlookup', 120, { readOnly: true }),
	moment('Created_Time', { readOnly: true }),
	moment('Modified_Time', { readOnly: true }),
];

/** Of every module but Notes; written by the actions of tags only. */
export const tagField: FieldSpec = field('Tag', 'tags', 2000, { readOnly: true });

const person = [
	choice('Salutation', salutations),
	text('First_Name', 40),
	text('Last_Name', 80, { mandatory: true }),
	field('Full_Name', 'formula', 120, { readOnly: true }),
	email('Email'),
	email('Secondary_Email'),
	phone('Phone'),
	phone('Mobile'),
	phone('Fax'),
	choice('Lead_Source', leadSources),
	yesNo('Email_Opt_Out'),
	text('Skype_ID', 50),
	text('Twitter', 50),
];

/** Line items since v3: `Invoiced_Items`, `Quoted_Items`, `Ordered_Items`, `Purchase_Items`. A row needs a product. */
const lines = (name: string) =>
	field(name, 'subform', 200, {
		rows: [
			lookup('Product_Name', 'Products', { mandatory: true }),
			decimal('Quantity'),
			money('List_Price'),
			field('Discount', 'discount', 16),
			area('Description', 'small'),
			field('Line_Tax', 'linetax', 200),
			money('Tax', { readOnly: true }),
			money('Total', { readOnly: true }),
			money('Total_After_Discount', { readOnly: true }),
			money('Net_Total', { readOnly: true }),
		],
	});
const totals = [
	money('Sub_Total', { readOnly: true }),
	money('Discount'),
	// A tax on the whole record is not simulated; those of the lines are.
	money('Tax', { readOnly: true }),
	money('Adjustment'),
	money('Grand_Total', { readOnly: true }),
	area('Terms_and_Conditions'),
	area('Description'),
	...address('Billing_'),
	...address('Shipping_'),
];

/** Fields that a module with money has where the organization has several currencies. */
export const currencyFields = (codes: readonly string[]): readonly FieldSpec[] => [
	choice('Currency', codes, { closed: true }),
	decimal('Exchange_Rate', { positive: true }),
];

/** Every record has its notes. */
const notes = ['Notes', 'Notes', 'Parent_Id'] as const;
/** Products and what they can be put on: https://www.zoho.com/crm/developer/docs/api/v2.1/update-related-records.html */
const withProducts = ['Leads', 'Accounts', 'Contacts', 'Deals'] as const;

function linkedOf(name: string): ModuleSpec['linked'] {
	if (name === 'Products') return withProducts.map((module) => [module, module] as const);
	return withProducts.some((module) => module === name) ? [['Products', 'Products']] : [];
}

export const module_ = (
	name: string,
	singular: string,
	nameField: string,
	from: Edition,
	fields: FieldSpec[],
	extra: Partial<ModuleSpec> = {},
): ModuleSpec => ({
	name,
	singular,
	plural: labelOf(name),
	nameField,
	duplicateCheck: nameField,
	from,
	generated: 'default',
	fields,
	linked: linkedOf(name),
	...extra,
	related: name === 'Notes' ? [] : [...(extra.related ?? []), notes],
});

/**
 * Quotes, Sales Orders, Purchase Orders, Invoices, Vendors and Price Books belong to inventory management, which starts at
 * Professional; custom modules start at Standard.
 */
export const modules: readonly ModuleSpec[] = [
	module_(
		'Leads',
		'Lead',
		'Full_Name',
		'free',
		[
			...person,
			text('Company', 200),
			text('Designation', 100),
			field('Website', 'website', 450),
			choice('Lead_Status', [
				'-None-',
				'Attempted to Contact',
				'Contact in Future',
				'Contacted',
				'Junk Lead',
				'Lost Lead',
				'Not Contacted',
				'Pre-Qualified',
				'Not Qualified',
			]),
			choice('Industry', industries),
			whole('No_of_Employees'),
			money('Annual_Revenue'),
			choice('Rating', ratings),
			...address('', 'State', 'Zip_Code'),
			area('Description'),
		],
		{ duplicateCheck: 'Email' },
	),
	module_(
		'Contacts',
		'Contact',
		'Full_Name',
		'free',
		[
			...person,
			lookup('Account_Name', 'Accounts'),
			lookup('Vendor_Name', 'Vendors', { from: 'professional' }),
			text('Title', 100),
			text('Department', 50),
			day('Date_of_Birth'),
			phone('Home_Phone'),
			phone('Other_Phone'),
			phone('Asst_Phone'),
			text('Assistant', 50),
			lookup('Reporting_To', 'Contacts'),
			...address('Mailing_', 'State', 'Zip'),
			...address('Other_', 'State', 'Zip'),
			area('Description'),
		],
		{
			duplicateCheck: 'Email',
			related: [
				['Deals', 'Deals', 'Contact_Name'],
				['Quotes', 'Quotes', 'Contact_Name'],
				['Invoices', 'Invoices', 'Contact_Name'],
			],
		},
	),
	module_(
		'Accounts',
		'Account',
		'Account_Name',
		'free',
		[
			text('Account_Name', 200, { mandatory: true }),
			field('Account_Number', 'bigint', 18),
			text('Account_Site', 80),
			choice('Account_Type', [
				'-None-',
				'Analyst',
				'Competitor',
				'Customer',
				'Distributor',
				'Integrator',
				'Investor',
				'Other',
				'Partner',
				'Press',
				'Prospect',
				'Reseller',
				'Supplier',
				'Vendor',
			]),
			phone('Phone'),
			phone('Fax'),
			field('Website', 'website', 450),
			text('Ticker_Symbol', 30),
			lookup('Parent_Account', 'Accounts'),
			choice('Industry', industries),
			choice('Ownership', [
				'-None-',
				'Other',
				'Private',
				'Public',
				'Subsidiary',
				'Partnership',
				'Government',
				'Privately Held',
				'Public Company',
			]),
			choice('Rating', ratings),
			whole('Employees'),
			money('Annual_Revenue'),
			whole('SIC_Code'),
			...address('Billing_'),
			...address('Shipping_'),
			area('Description'),
		],
		{
			related: [
				['Contacts', 'Contacts', 'Account_Name'],
				['Deals', 'Deals', 'Account_Name'],
				['Quotes', 'Quotes', 'Account_Name'],
				['Invoices', 'Invoices', 'Account_Name'],
			],
		},
	),
	module_(
		'Deals',
		'Deal',
		'Deal_Name',
		'free',
		[
			text('Deal_Name', 120, { mandatory: true }),
			choice('Stage', stages, { mandatory: true }),
			day('Closing_Date'),
			money('Amount'),
			lookup('Account_Name', 'Accounts'),
			lookup('Contact_Name', 'Contacts'),
			choice('Pipeline', ['Standard (Standard)']),
			choice('Type', ['-None-', 'Existing Business', 'New Business']),
			text('Next_Step', 100),
			choice('Lead_Source', leadSources),
			whole('Probability', 3),
			money('Expected_Revenue', { readOnly: true }),
			area('Description'),
		],
		{
			related: [
				['Quotes', 'Quotes', 'Deal_Name'],
				['Sales_Orders', 'Sales_Orders', 'Deal_Name'],
				['Invoices', 'Invoices', 'Deal_Name__s'],
			],
		},
	),
	module_('Tasks', 'Task', 'Subject', 'free', [
		text('Subject', 255, { mandatory: true }),
		day('Due_Date'),
		lookup('Who_Id', 'Contacts'),
		choice('Status', ['Not Started', 'Deferred', 'In Progress', 'Completed', 'Waiting for input']),
		choice('Priority', ['High', 'Highest', 'Low', 'Lowest', 'Normal']),
		area('Description'),
	]),
	module_(
		'Events',
		'Event',
		'Event_Title',
		'free',
		[
			text('Event_Title', 255, { mandatory: true }),
			moment('Start_DateTime', { mandatory: true }),
			moment('End_DateTime', { mandatory: true }),
			text('Venue', 255),
			yesNo('All_day'),
			lookup('Who_Id', 'Contacts'),
			area('Description'),
		],
		{ plural: 'Meetings', singular: 'Meeting' },
	),
	module_('Calls', 'Call', 'Subject', 'free', [
		text('Subject', 255, { mandatory: true }),
		choice('Call_Type', ['Outbound', 'Inbound', 'Missed'], { mandatory: true }),
		moment('Call_Start_Time', { mandatory: true }),
		text('Call_Duration', 50),
		lookup('Who_Id', 'Contacts'),
		area('Description'),
	]),
	module_('Campaigns', 'Campaign', 'Campaign_Name', 'standard', [
		text('Campaign_Name', 200, { mandatory: true }),
		choice('Status', ['-None-', 'Planning', 'Active', 'Inactive', 'Complete']),
		day('Start_Date'),
		day('End_Date'),
		money('Budgeted_Cost'),
		money('Actual_Cost'),
		money('Expected_Revenue'),
		area('Description'),
	]),
	module_('Products', 'Product', 'Product_Name', 'standard', [
		text('Product_Name', 200, { mandatory: true }),
		text('Product_Code', 40),
		yesNo('Product_Active'),
		money('Unit_Price'),
		choice('Product_Category', ['-None-', 'Hardware', 'Software', 'CRM Applications']),
		choice('Manufacturer', ['-None-', 'AltvetPet Inc.', 'LexPon Inc.', 'MetBeat Corp.']),
		choice('Usage_Unit', [
			'Box',
			'Carton',
			'Dozen',
			'Each',
			'Hours',
			'Impressions',
			'Lb',
			'M',
			'Pack',
			'Pages',
			'Pieces',
			'Quantity',
			'Reams',
			'Sheet',
			'Spiral Binder',
			'Sq Ft',
		]),
		yesNo('Taxable'),
		money('Commission_Rate'),
		day('Sales_Start_Date'),
		day('Sales_End_Date'),
		lookup('Vendor_Name', 'Vendors', { from: 'professional' }),
		decimal('Qty_in_Stock', { from: 'professional' }),
		decimal('Qty_Ordered', { from: 'professional' }),
		decimal('Qty_in_Demand', { from: 'professional' }),
		decimal('Reorder_Level', { from: 'professional' }),
		area('Description'),
	]),
	module_(
		'Vendors',
		'Vendor',
		'Vendor_Name',
		'professional',
		[
			text('Vendor_Name', 120, { mandatory: true }),
			phone('Phone'),
			email('Email'),
			field('Website', 'website', 450),
			choice('GL_Account', [
				'-None-',
				'Sales-Software',
				'Sales-Hardware',
				'Rental Income',
				'Interest Income',
				'Sales Software Support',
				'Sales Other',
				'Internet Sales',
				'Service-Hardware Labor',
				'Sales Books',
			]),
			text('Category', 50),
			...address('', 'State', 'Zip_Code'),
			area('Description'),
		],
		{
			related: [
				['Contacts', 'Contacts', 'Vendor_Name'],
				['Products', 'Products', 'Vendor_Name'],
			],
		},
	),
	module_('Price_Books', 'Price Book', 'Price_Book_Name', 'professional', [
		text('Price_Book_Name', 120, { mandatory: true }),
		yesNo('Active'),
		choice('Pricing_Model', ['-None-', 'Flat', 'Differential']),
		area('Description'),
	]),
	module_('Quotes', 'Quote', 'Subject', 'professional', [
		text('Subject', 120, { mandatory: true }),
		choice('Quote_Stage', [
			'Draft',
			'Negotiation',
			'Delivered',
			'On Hold',
			'Confirmed',
			'Closed Won',
			'Closed Lost',
		]),
		day('Valid_Till'),
		lookup('Deal_Name', 'Deals'),
		lookup('Account_Name', 'Accounts'),
		lookup('Contact_Name', 'Contacts'),
		text('Carrier', 120),
		field('Quote_Number', 'autonumber', 18, { readOnly: true }),
		{ ...lines('Quoted_Items'), mandatory: true },
		...totals,
	]),
	module_('Sales_Orders', 'Sales Order', 'Subject', 'professional', [
		text('Subject', 120, { mandatory: true }),
		choice('Status', ['Created', 'Approved', 'Delivered', 'Cancelled']),
		day('Due_Date'),
		text('Purchase_Order', 120),
		text('Customer_No', 120),
		lookup('Quote_Name', 'Quotes'),
		lookup('Deal_Name', 'Deals'),
		lookup('Account_Name', 'Accounts'),
		lookup('Contact_Name', 'Contacts'),
		money('Excise_Duty'),
		money('Sales_Commission'),
		field('SO_Number', 'autonumber', 18, { readOnly: true }),
		{ ...lines('Ordered_Items'), mandatory: true },
		...totals,
	]),
	module_('Purchase_Orders', 'Purchase Order', 'Subject', 'professional', [
		text('Subject', 120, { mandatory: true }),
		lookup('Vendor_Name', 'Vendors', { mandatory: true }),
		choice('Status', ['Created', 'Approved', 'Delivered', 'Cancelled']),
		day('PO_Date'),
		day('Due_Date'),
		text('PO_Number', 120),
		text('Tracking_Number', 120),
		lookup('Deal_Name__s', 'Deals'),
		lookup('Contact_Name', 'Contacts'),
		{ ...lines('Purchase_Items'), mandatory: true },
		...totals,
	]),
	module_('Invoices', 'Invoice', 'Subject', 'professional', [
		text('Subject', 120, { mandatory: true }),
		choice('Status', ['Created', 'Approved', 'Delivered', 'Cancelled', 'Sent', 'Paid']),
		day('Invoice_Date'),
		day('Due_Date'),
		text('Purchase_Order', 120),
		lookup('Sales_Order', 'Sales_Orders'),
		lookup('Deal_Name__s', 'Deals'),
		lookup('Account_Name', 'Accounts'),
		lookup('Contact_Name', 'Contacts'),
		money('Excise_Duty'),
		money('Sales_Commission'),
		field('Invoice_Number', 'autonumber', 18, { readOnly: true }),
		{ ...lines('Invoiced_Items'), mandatory: true },
		...totals,
	]),
	module_('Cases', 'Case', 'Subject', 'professional', [
		text('Subject', 255, { mandatory: true }),
		choice('Status', ['New', 'On Hold', 'Escalated', 'Closed'], { mandatory: true }),
		choice('Case_Origin', ['Email', 'Phone', 'Web', 'X (Twitter)', 'Facebook'], { mandatory: true }),
		lookup('Account_Name', 'Accounts'),
		lookup('Related_To', 'Contacts'),
		lookup('Deal_Name', 'Deals'),
		email('Email'),
		phone('Phone'),
		area('Description'),
	]),
	module_('Solutions', 'Solution', 'Solution_Title', 'professional', [
		text('Solution_Title', 255, { mandatory: true }),
		choice('Status', ['Draft', 'Reviewed', 'Duplicate']),
		lookup('Product_Name', 'Products'),
		area('Question'),
		area('Answer'),
	]),
	module_('Notes', 'Note', 'Note_Title', 'free', [
		text('Note_Title', 120),
		area('Note_Content'),
		field('Parent_Id', 'parentlookup', 120, { createOnly: true }),
	]),
	module_(
		'Customer_Payments',
		'Customer Payment',
		'Name',
		'standard',
		[
			text('Name', 120, { mandatory: true }),
			lookup('Account', 'Accounts', { custom: true }),
			money('Amount', { custom: true }),
			day('Payment_Date', { custom: true }),
			text('Reference', 100, { custom: true }),
			area('Remarks', 'small'),
		],
		{ generated: 'custom' },
	),
];

const editions: readonly Edition[] = ['free', 'standard', 'professional', 'enterprise', 'ultimate'];

/** Does an edition include what starts at `from`? */
export function includes(edition: Edition, from: Edition): boolean {
	return editions.indexOf(edition) >= editions.indexOf(from);
}
