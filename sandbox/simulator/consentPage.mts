import { zohoHosts } from '../hosts.mts';
import type { Location } from './types.mts';

const escapes: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};
const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

const frame = (title: string, content: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
	body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f4f5f7; color: #1d2430; }
	main { max-width: 34rem; margin: 8vh auto; padding: 2rem; background: #fff; border: 1px solid #d7dbe2; border-radius: 8px; }
	h1 { font-size: 1.25rem; margin-top: 0; }
	li { font-family: ui-monospace, monospace; font-size: .9rem; }
	button { font: inherit; padding: .5rem 1.5rem; margin-right: .5rem; border: 1px solid #b9c0cc; border-radius: 6px; background: #fff; }
	button[value=accept] { background: #1a56db; border-color: #1a56db; color: #fff; }
	select { font: inherit; padding: .25rem; }
	small { color: #5b6472; }
</style>
</head>
<body><main>${content}</main></body>
</html>`;

export interface Consent {
	location: Location;
	/** Data centres in which this person has an account; the first one is where the page is. */
	accounts: readonly Location[];
	scopes: readonly string[];
	/** The request's parameters, carried along to the answer. */
	fields: ReadonlyArray<readonly [name: string, value: string]>;
}

/** The page that asks a person whether the application may have what it wants. */
export function consentPage(consent: Consent): string {
	const options = consent.accounts.map(
		(code) => `<option value="${code}">${code} (${zohoHosts[code].accounts})</option>`,
	);
	const hidden = consent.fields.map(
		([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`,
	);
	return frame(
		'Zoho Accounts (simulated)',
		`
<h1>An application would like to access this information</h1>
<ul>${consent.scopes.map((scope) => `<li>${escape(scope)}</li>`).join('')}</ul>
<form method="post" action="/oauth/v2/auth">
${hidden.join('\n')}
<p><label>Account in data centre <select name="account">${options.join('')}</select></label></p>
<p><button name="decision" value="accept">Accept</button><button name="decision" value="reject">Reject</button></p>
</form>
<small>This is the sandbox's stand-in for ${escape(zohoHosts[consent.location].accounts)}. Nothing leaves this computer.</small>`,
	);
}

/** The page that says why there is nothing to consent to. */
export function refusalPage(reason: string): string {
	return frame('Zoho Accounts (simulated)', `<h1>Error occurred</h1><p>${escape(reason)}</p>`);
}
