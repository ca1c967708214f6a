/** What Zoho's OpenAPI files say about a resource of Books. `scripts/generateBooks.mts` writes such descriptions to `generated/`. */

export interface DescribedField {
	/** Zoho's name. */
	name: string;
	/** `day` is a date without a time, `moment` one with it, `texts` a list of texts, `object` and `list` have `fields`, `json` is anything else. */
	type: 'text' | 'number' | 'yesNo' | 'day' | 'moment' | 'choice' | 'texts' | 'object' | 'list' | 'json';
	/** Of a choice: the values that Zoho takes. */
	values?: readonly string[];
	fields?: readonly DescribedField[];
	/** Of a filter: what Zoho takes beside it, such as `date_start` and `bill_number_contains`. */
	variants?: readonly string[];
	/** Of a body: the one call that takes it; both take the others. */
	only?: 'create' | 'update';
}

export interface DescribedResource {
	/** Body fields of create and update, by name. */
	fields: readonly DescribedField[];
	/** Those without which Zoho creates nothing. */
	required: readonly string[];
	/** Query parameters of the list, without those for pages and sorting. */
	filters: readonly DescribedField[];
	/** Columns by which the list can be sorted. */
	sortColumns: readonly string[];
}
