/** Installs n8n by itself, for the tests that need n8n's own nodes; every other command that needs n8n does so when it starts. */
import { reasonOf } from './launcher/failure.mts';
import { ensureN8n } from './launcher/install.mts';

await ensureN8n((line) => console.log(line)).catch((error: unknown) => {
	console.error(reasonOf(error));
	process.exitCode = 1;
});
