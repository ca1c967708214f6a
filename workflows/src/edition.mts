/** What the templates do about CRM editions that lack a module: they ask CRM for its modules, once per execution. */

import type { NodeSpec } from './builder.mts';
import { listCrmModules } from './zoho.mts';

/** Stands above the main row, so that n8n runs it first. It goes on after a failure: then the modules count as there. */
export function crmModules({ at }: Pick<NodeSpec, 'at'>): NodeSpec {
	const node = listCrmModules({ name: 'CRM modules', at });
	return { ...node, goOnAfterError: true, alwaysOutput: true, once: true };
}

const names = "$('CRM modules').all().map(item => item.json.api_name)";

/** Expression: the modules are known, and this one is not among them. */
export function lacksModule(module: string): string {
	return `${names}.includes('Accounts') && !${names}.includes('${module}')`;
}
