import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { planPair } from '../../sandbox/launcher/credentials.mts';
import { owner } from '../../sandbox/launcher/n8nApi.mts';
import { places } from '../../sandbox/launcher/places.mts';
import { freePort } from '../../sandbox/launcher/ports.mts';
import { startSandbox, type Sandbox } from '../../sandbox/launcher/sandbox.mts';
import { templateList } from '../../sandbox/launcher/templateList.mts';
import type { Outcome } from './run.mts';

const images = path.resolve(import.meta.dirname, '../../docs/images');
const browsers = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

interface Visit {
	page: Page;
	sandbox: Sandbox;
	browser: Browser;
}

type Check = [name: string, run: (visit: Visit) => Promise<void>];

function demand(condition: boolean, otherwise: string): asserts condition {
	if (!condition) throw new Error(otherwise);
}

async function signIn({ page, sandbox }: Visit): Promise<void> {
	await page.goto(`${sandbox.n8n.url}/signin`);
	await page.locator('input[name="emailOrLdapLoginId"]').fill(owner.email);
	await page.locator('input[name="password"]').fill(owner.password);
	await page.locator('[data-test-id="form-submit-button"]').click();
	await page.waitForURL(/home|workflow/);
}

/** What n8n marks on a canvas node that it does not know, and on one that lacks a parameter or credential. */
const marks = { unknown: '[data-test-id="node-not-installed"]', red: '[data-test-id="node-issues"]' };

async function showCanvas({ page, sandbox }: Visit, workflowId: string, nodes: string[]): Promise<Record<keyof typeof marks, number>> {
	await page.goto(`${sandbox.n8n.url}/workflow/${workflowId}`);
	for (const name of nodes) await page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).waitFor();
	await page.keyboard.press('1'); // n8n: zoom to fit
	// n8n puts it over the canvas of a published workflow, some time after that.
	const checklist = page.getByText('Production Checklist');
	const isThere = await checklist.waitFor({ timeout: 3000 }).then(
		() => true,
		() => false,
	);
	if (isThere) await checklist.locator('xpath=following-sibling::*').first().click();
	await page.waitForTimeout(1000); // until the zoom has come to rest, for the picture and for late marks
	return { unknown: await page.locator(marks.unknown).count(), red: await page.locator(marks.red).count() };
}

/** Every node of the template stands on the canvas, known to n8n and without an issue mark. */
async function openTemplate(visit: Visit, file: string): Promise<void> {
	const template = visit.sandbox.templates.find((each) => each.file === file);
	demand(template !== undefined, `There is no template ${file}.json`);
	const names = template.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote').map(({ name }) => name);
	const { unknown, red } = await showCanvas(visit, template.id, names);
	await visit.page.screenshot({ path: path.join(images, `${file}.png`) });
	demand(unknown === 0, `${unknown} nodes are unknown to n8n`);
	demand(red === 0, `${red} nodes carry an issue mark`);
}

/** The marks looked for above do appear where they should: otherwise that check could not fail. */
async function seeBrokenNodes(visit: Visit): Promise<void> {
	const node = { typeVersion: 1, parameters: {} };
	const { id } = await visit.sandbox.api.request<{ id: string }>('POST', '/workflows', {
		name: 'Broken on purpose',
		nodes: [
			{ ...node, id: 'a', name: 'Unknown node', type: 'n8n-nodes-nowhere.nothing', position: [0, 0] },
			{ ...node, id: 'b', name: 'No credential', type: 'n8n-nodes-zoho-books-crm.zohoCrm', position: [300, 0] },
		],
		connections: {},
		settings: {},
	});
	const { unknown, red } = await showCanvas(visit, id, ['Unknown node', 'No credential']);
	demand(unknown === 1 && red === 1, `${unknown} unknown and ${red} red nodes were seen instead of one each`);
}

/** The whole consent dance, as a user does it: new credential, client id and secret, data centre, Connect, Accept. */
async function connect({ page, sandbox }: Visit, product: 'books' | 'crm', location: 'sa' | 'ca'): Promise<void> {
	const type = { books: 'zohoBooksOAuth2Api', crm: 'zohoCrmOAuth2Api' }[product];
	const { clientId, clientSecret } = sandbox.simulator.grant({ location, product });
	const name = `Consent ${product} ${location}`;
	const credential = await sandbox.api.request<{ id: string }>('POST', '/credentials', {
		name,
		type,
		data: { dataCentre: location, clientId, clientSecret },
	});
	await page.goto(`${sandbox.n8n.url}/home/credentials/${credential.id}`);
	const [consent] = await Promise.all([
		page.waitForEvent('popup'),
		page.locator('[data-test-id="oauth-not-connected-banner"]').getByRole('button').click(),
	]);
	await consent.waitForURL(({ host }) => host.startsWith('accounts.')); // n8n opens the popup empty first
	await consent.screenshot({ path: path.join(images, `consent-${product}.png`) });
	await consent.getByRole('button', { name: 'Accept' }).click();
	await page.locator('[data-test-id="oauth-connect-success-banner"]').waitFor();
	await page.screenshot({ path: path.join(images, `connected-${product}.png`) });
}

/** A person types a customer into Books on the sandbox page and sees the contact in CRM. */
async function watchTheSync({ page, sandbox }: Visit): Promise<void> {
	await page.goto(sandbox.page.url);
	await page.locator('.books .add').click();
	const fields = { contact_name: 'Northwind Trading', company_name: 'Northwind Trading', first_name: 'Ada', last_name: 'Osei', email: 'ada@northwind.example', phone: '+49 30 1234', city: 'Berlin' };
	for (const [name, value] of Object.entries(fields)) await page.locator(`#form input[name="${name}"]`).fill(value);
	await page.locator('#form .save').click();
	const card = page.locator('.crm .card', { hasText: 'Ada Osei' });
	await card.waitFor({ timeout: 20_000 });
	await card.click();
	await page.locator('#form input[name="Phone"]').fill('+49 30 9999');
	await page.locator('#form .save').click();
	await page.locator('.books .card', { hasText: '+49 30 9999' }).waitFor({ timeout: 20_000 });
	await page.screenshot({ path: path.join(images, 'sandbox.png') });
}

const checks: Check[] = [
	['the owner signs in to the editor', signIn],
	...templateList.map(
		(file): Check => [`the editor opens ${file} with no unknown node and no red node`, (visit) => openTemplate(visit, file)],
	),
	['the editor marks a node that is unknown and one that lacks its credential', seeBrokenNodes],
	['the consent dance connects a Books credential in Saudi Arabia', (visit) => connect(visit, 'books', 'sa')],
	['the consent dance connects a CRM credential in Canada', (visit) => connect(visit, 'crm', 'ca')],
	['a customer typed into Books appears in CRM, and a phone edited in CRM in Books', watchTheSync],
];

/** Runs the sandbox and drives Chromium through it. Pictures land in docs/images. */
export async function browserChecks(): Promise<Outcome[]> {
	const executablePath = browsers.find((candidate) => candidate && existsSync(candidate));
	if (!executablePath) return [{ name: 'Chromium', ok: false, why: 'not found: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH' }];
	mkdirSync(images, { recursive: true });
	const sandbox = await startSandbox({
		folder: places.check,
		port: await freePort(),
		pagePort: await freePort(),
		tenants: [
			{ location: 'eu', books: { name: 'Northwind GmbH' } },
			{ location: 'in', crm: { name: 'Northwind Sales' } },
			{ location: 'sa', books: {} },
			{ location: 'ca', crm: {} },
		],
		credentials: planPair('eu', 'in'),
		reset: true,
		say: console.log,
	});
	const browser = await chromium.launch({
		executablePath,
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
		proxy: { server: sandbox.proxy.url, bypass: 'localhost,127.0.0.1' },
	});
	const outcomes: Outcome[] = [];
	try {
		const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1600, height: 900 } });
		const visit = { page: await context.newPage(), sandbox, browser };
		for (const [name, run] of checks) {
			try {
				await run(visit);
				outcomes.push({ name, ok: true });
				console.log(`ok      ${name}`);
			} catch (error) {
				const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
				outcomes.push({ name, ok: false, why });
				console.log(`failed  ${name}: ${why}`);
				await visit.page.screenshot({ path: path.join(places.check, `failed-${outcomes.length}.png`) });
			}
		}
	} finally {
		await browser.close();
		await sandbox.stop();
	}
	return outcomes;
}
