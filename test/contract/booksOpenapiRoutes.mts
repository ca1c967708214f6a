import type { BooksRoute } from '../../sandbox/simulator/books/route.mts';
import type { KnownError, OpenapiChecker } from './booksOpenapiChecker.mts';

const shape = (path: string) => path.replaceAll(/\{[^}]+\}/g, '{}');

/** Tests that routes are those of Zoho's OpenAPI files and were compared with them. Call it inside `describe`, after what makes the calls. */
export function answersAgainst(
	checkerOf: () => OpenapiChecker,
	routes: readonly BooksRoute[],
	knownErrors: readonly KnownError[],
	undocumented: readonly string[] = [],
): void {
	test('every answer has the documented form', () => {
		expect([...checkerOf().failures]).toEqual([]);
	});

	test('every route is an operation of the files, and is compared', () => {
		const { operations, checked } = checkerOf();
		const compared = new Set(
			operations
				.filter(({ file, id }) => checked.has(`${file} ${id}`))
				.map(({ method, path }) => `${method} ${shape(path)}`),
		);
		expect(routes.map(({ method, path }) => `${method} ${path}`).filter((one) => !compared.has(one))).toEqual(
			[],
		);
	});

	test('every route asks for the scope of the files', () => {
		const checker = checkerOf();
		const wrong = routes.flatMap(({ method, path, scope }) => {
			const found = checker.operations.find((one) => one.method === method && shape(one.path) === path);
			return found && checker.scopesOf(found).includes(`ZohoBooks.${scope}`)
				? []
				: [`${method} ${path}: ${scope}`];
		});
		expect(wrong).toEqual([]);
	});

	test('every body field that is sent is documented for its operation, or known from elsewhere', () => {
		expect([...checkerOf().undocumented].sort()).toEqual([...undocumented].sort());
	});

	test('every known error of the files is still one', () => {
		expect(knownErrors.filter((known) => !checkerOf().usedErrors.has(known)).map(({ why }) => why)).toEqual(
			[],
		);
	});
}

/** The same, and that routes know every body field of the files. */
export function routesAgainst(...given: Parameters<typeof answersAgainst>): void {
	const [checkerOf, routes] = given;
	answersAgainst(...given);

	test('every body field that the files give an operation is known to its route', () => {
		const checker = checkerOf();
		const lacking = routes.flatMap(({ method, path, fields }) => {
			const found = checker.operations.find((one) => one.method === method && shape(one.path) === path);
			if (!found?.body || !fields) return [];
			return checker
				.bodyFieldsOf(found)
				.filter((name) => !fields.includes(name))
				.map((name) => `${method} ${path}: ${name}`);
		});
		expect(lacking).toEqual([]);
	});
}
