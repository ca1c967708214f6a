import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readOptions } from '../../../sandbox/launcher/options.mts';
import { demandPort, freePort } from '../../../sandbox/launcher/ports.mts';
import { hasEnded, run, start, stop } from '../../../sandbox/launcher/processes.mts';
import { waitFor } from '../../../sandbox/launcher/wait.mts';
import { ensureCertificate } from '../../../sandbox/certificate.mts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'sandbox-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('options', () => {
	test('without any, Books is in the EU and CRM in India', () => {
		expect(readOptions([])).toMatchObject({ mode: 'start', books: 'eu', crm: 'in', reset: false });
	});

	test('all of them are read', () => {
		const args = [
			'--check',
			'--port',
			'6000',
			'--page-port',
			'6001',
			'--data-centres',
			'ca, sa',
			'--reset',
			'--steps',
			'a,b',
		];
		expect(readOptions(args)).toEqual({
			mode: 'check',
			port: 6000,
			pagePort: 6001,
			books: 'ca',
			crm: 'sa',
			reset: true,
			steps: ['a', 'b'],
		});
	});

	test('one data centre serves both products', () => {
		expect(readOptions(['--data-centres', 'us'])).toMatchObject({ books: 'us', crm: 'us' });
	});

	test.each([
		[['--port', 'many'], '--port takes a port from 1 to 65535, not "many".'],
		[['--port', '70000'], '--port takes a port from 1 to 65535, not "70000".'],
		[['--page-port', '0'], '--page-port takes a port'],
		[['--data-centres', 'mars'], '--data-centres takes one or two of us, eu'],
		[['--data-centres', 'eu,in,us'], '--data-centres takes one or two of us, eu'],
		[['--chekc'], 'npm start -- --help'],
		[['--check', '--live'], 'choose one'],
	])('%j is refused with a line that names the option', (args, line) => {
		expect(() => readOptions(args)).toThrow(line);
	});
});

describe('ports', () => {
	test('a busy port is refused with a line that names the port and the option', async () => {
		const server = createServer();
		const port = await new Promise<number>((resolve) => {
			server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
		});
		await expect(demandPort(port, 'n8n', '--port')).rejects.toThrow(`Port ${port} for n8n is in use`);
		await expect(demandPort(port, 'n8n', '--port')).rejects.toThrow('--port N');
		await new Promise((resolve) => server.close(resolve));
		await expect(demandPort(await freePort(), 'n8n', '--port')).resolves.toBeUndefined();
	});
});

describe('processes', () => {
	function isAlive(pid: number): boolean {
		try {
			process.kill(pid, 0);
			const stat = `/proc/${pid}/stat`; // On Linux an ended process may wait there for its parent.
			return !existsSync(stat) || !readFileSync(stat, 'utf8').includes(') Z ');
		} catch {
			return false;
		}
	}

	test('stopping a process stops what it started, even what ignores the polite request', async () => {
		const log = path.join(folder, 'log');
		const pidFile = path.join(folder, 'pid');
		const grandchild = `process.on('SIGTERM', () => {}); require('fs').writeFileSync('${pidFile}', String(process.pid)); setInterval(() => {}, 1000)`;
		const parent = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}]); setInterval(() => {}, 1000)`;
		const child = start({ command: process.execPath, args: ['-e', parent], log });
		await waitFor('the grandchild', () => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '');
		const pid = Number(readFileSync(pidFile, 'utf8'));
		expect(isAlive(pid)).toBe(true);
		await stop(child);
		expect(hasEnded(child)).toBe(true);
		await waitFor('the grandchild to end', () => !isAlive(pid));
	});

	test('a command that fails is told with its last lines', async () => {
		const log = path.join(folder, 'log');
		const args = ['-e', 'console.error("the disk is full"); process.exit(3)'];
		await expect(run({ command: process.execPath, args, log }, 'npm pack')).rejects.toThrow(
			/npm pack failed \(3\)[^]*the disk is full/,
		);
	});

	test('a command that does not exist is told', async () => {
		const log = path.join(folder, 'log');
		await expect(run({ command: 'no-such-command-here', args: [], log }, 'npm pack')).rejects.toThrow(
			'npm pack failed',
		);
	});
});

test('waiting in vain says what was waited for and what was missing', async () => {
	const wait = waitFor('the contact', () => false, {
		timeout: 20,
		interval: 5,
		missing: () => '0 of 1 there',
	});
	await expect(wait).rejects.toThrow('for the contact, in vain. Now: 0 of 1 there');
});

describe('the certificate authority', () => {
	test('stays the same while it is usable, and is made anew when key and certificate do not belong together', async () => {
		const { certPath, keyPath } = await ensureCertificate(folder);
		const first = readFileSync(certPath, 'utf8');
		await ensureCertificate(folder);
		expect(readFileSync(certPath, 'utf8')).toBe(first);

		const other = await ensureCertificate(path.join(folder, 'other'));
		writeFileSync(keyPath, readFileSync(other.keyPath));
		await ensureCertificate(folder);
		expect(readFileSync(certPath, 'utf8')).not.toBe(first);
	});
});
