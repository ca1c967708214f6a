import { booksResources } from '../../../zoho/books/resources';
import { dataCentres } from '../../../zoho/dataCentres';
import { accountsAddress, apiAddress, booksScopes, crmScopes, dataCentreOptions } from '../../../zoho/oauth';

/** What n8n makes of `={{ … }}`, with the names that it knows there. */
function evaluate(expression: string, names: Record<string, unknown>): unknown {
	const code = /^=\{\{ (.*) \}\}$/s.exec(expression)?.[1];
	return new Function(...Object.keys(names), `return ${code}`)(...Object.values(names)) as unknown;
}

test.each(dataCentres)('the addresses for $code are those of the table', ({ code, accounts, api }) => {
	expect(evaluate(accountsAddress('/oauth/v2/token'), { $self: { dataCentre: code } })).toBe(`${accounts}/oauth/v2/token`);
	expect(evaluate(apiAddress(), { $credentials: { dataCentre: code } })).toBe(api);
});

test('an unknown data centre leads to no host', () => {
	expect(evaluate(apiAddress(), { $credentials: { dataCentre: 'evil.example' } })).toBeUndefined();
	expect(URL.canParse(String(evaluate(accountsAddress('/oauth/v2/auth'), { $self: {} })))).toBe(false);
});

test('every data centre can be chosen, by a name that says its ending', () => {
	expect(dataCentreOptions.map(({ value }) => value)).toEqual(dataCentres.map(({ code }) => code));
	for (const { name } of dataCentreOptions) expect(name).toMatch(/\(zoho[a-z.]*\)$/);
});

test('scopes are spelled as Zoho reads them, each once, and none is for the whole product', () => {
	for (const scope of [...booksScopes, ...crmScopes]) expect(scope).toMatch(/^Zoho(Books|CRM|Files|Search)(\.[a-z_]+)+\.(ALL|READ|CREATE|UPDATE|DELETE|CUSTOM)$/);
	for (const scopes of [booksScopes, crmScopes]) expect(new Set(scopes).size).toBe(scopes.length);
	expect([...booksScopes, ...crmScopes].join()).not.toMatch(/fullaccess/i);
});

test('the Books scopes cover every access to every resource', () => {
	for (const { scope } of Object.values(booksResources)) {
		for (const access of ['READ', 'CREATE', 'UPDATE', 'DELETE']) {
			const covering = [`ZohoBooks.${scope}.ALL`, `ZohoBooks.${scope}.${access}`];
			expect([scope, access, booksScopes.some((one) => covering.includes(one))]).toEqual([scope, access, true]);
		}
	}
});
