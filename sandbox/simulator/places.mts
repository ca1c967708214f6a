import { isLocation, zohoHosts } from '../hosts.mts';
import type { Location } from './types.mts';

/** Which server of which data centre a URL goes to. */
export function hostOf(url: URL): { location: Location; server: keyof (typeof zohoHosts)[Location] } | undefined {
	for (const [code, hosts] of Object.entries(zohoHosts)) {
		if (!isLocation(code)) continue;
		for (const [server, name] of Object.entries(hosts))
			if (url.hostname === name) return { location: code, server: server as keyof typeof hosts };
	}
	return undefined;
}
