import { markdownOf } from '../../scaling/table.mts';

test('the figures of one number of workers are one row of the table', () => {
	const burst = { seconds: 20, books_calls: 100, crm_calls: 9, http_429: 2, most_books_calls_a_minute: 90 };
	const lines = markdownOf([{ workers: 2, share: 31, books_to_crm: burst, crm_to_books: { ...burst, seconds: 75, http_429: 1 } }]);
	expect(lines).toHaveLength(3);
	expect(lines[2]).toBe('| 2 | 31 | 20 s | 75 s | 100 | 90 | 3 |');
});
