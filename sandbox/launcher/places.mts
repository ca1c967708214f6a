import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');
const sandbox = path.join(root, '.sandbox');

/** The n8n that the sandbox runs. A newer one is a deliberate step: its internals are what the check was made against. */
export const n8nVersion = '2.41.1';

/** Where things lie. `.sandbox` is ignored by git. */
export const places = {
	root,
	/** n8n itself; ZOHO_SANDBOX_HOME lets several clones share one. */
	n8n: path.join(process.env.ZOHO_SANDBOX_HOME ?? sandbox, `n8n-${n8nVersion}`),
	/** n8n's user folder of `npm start`, kept between runs. */
	run: path.join(sandbox, 'run'),
	/** The one of `npm start -- --queue`, new each time. */
	queue: path.join(sandbox, 'queue'),
	/** The one of `npm start -- --live`: real tokens stay apart from simulated ones. */
	live: path.join(sandbox, 'live'),
	/** The one of the check, new each time. */
	check: path.join(sandbox, 'check'),
	/** The packed tarball. */
	pack: path.join(sandbox, 'pack'),
	workflows: path.join(root, 'workflows'),
};
