import { isLocation, zohoHosts } from '../hosts.mts';
import type { Location } from './types.mts';

/** Which server of which data centre a URL goes to. */
export function hostOf(url: URL): { location: Location; server: 'accounts' | 'api' } | undefined {
	for (const [code, hosts] of Object.entries(zohoHosts)) {
		if (!isLocation(code)) continue;
		if (url.hostname === hosts.accounts) return { location: code, server: 'accounts' };
		if (url.hostname === hosts.api) return { location: code, server: 'api' };
	}
	return undefined;
}
