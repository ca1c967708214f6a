import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateCACertificate } from 'mockttp';

/** Where the sandbox keeps its certificate authority unless told otherwise: ignored by git, made on first use. */
const caFolder = path.resolve(import.meta.dirname, '..', '.sandbox', 'ca');

const spareDays = 7;

function isUsable(certPath: string, keyPath: string): boolean {
	if (!existsSync(certPath) || !existsSync(keyPath)) return false;
	try {
		const certificate = new X509Certificate(readFileSync(certPath));
		const lasts = Date.parse(certificate.validTo) > Date.now() + spareDays * 86_400_000;
		return lasts && certificate.checkPrivateKey(createPrivateKey(readFileSync(keyPath)));
	} catch {
		return false; // Half written or foreign: made anew.
	}
}

function writeWhole(file: string, text: string): void {
	writeFileSync(`${file}.${process.pid}`, text, { mode: 0o600 });
	renameSync(`${file}.${process.pid}`, file);
}

/**
 * Makes sure that the folder holds a certificate authority (`ca.pem`, `ca.key`) that is valid for a week at least. Only the processes
 * that the sandbox starts trust it (NODE_EXTRA_CA_CERTS); it goes into no system store.
 */
export async function ensureCertificate(folder = caFolder): Promise<{ certPath: string; keyPath: string }> {
	const certPath = path.join(folder, 'ca.pem');
	const keyPath = path.join(folder, 'ca.key');
	if (!isUsable(certPath, keyPath)) {
		mkdirSync(folder, { recursive: true });
		const { cert, key } = await generateCACertificate({
			subject: { commonName: 'Zoho sandbox', organizationName: 'n8n-nodes-zoho-books-crm sandbox' },
		});
		writeWhole(keyPath, key);
		writeWhole(certPath, cert);
	}
	return { certPath, keyPath };
}

if (process.argv[1] === import.meta.filename) void ensureCertificate();
