import type { Simulator } from '../../sandbox/simulator/simulator.mts';
import type { Location } from '../../sandbox/simulator/types.mts';
import { formOf } from '../../nodes/shared/files';
import { ZohoClient } from '../../zoho/client';
import type { JsonValue, ZohoProduct } from '../../zoho/types';

/** A client of the product on the simulator itself, to prepare what a test needs; no proxy, no n8n. */
export function directClient(
	simulator: Simulator,
	product: ZohoProduct,
	location: Location,
	organizationId?: string,
): ZohoClient {
	const token = simulator.grant({ location, product }).oauthTokenData;
	return new ZohoClient(
		{
			product,
			key: `direct/${product}/${location}/${token.access_token}`,
			apiDomain: token.api_domain,
			...(organizationId ? { organizationId } : {}),
			async send(sent) {
				const { method, url, headers, body } = sent;
				const form = formOf(sent);
				const answer = await simulator.handle({
					method,
					url: new URL(url),
					headers: {
						...Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
						authorization: `Zoho-oauthtoken ${token.access_token}`,
						'content-type': 'application/json',
						...(form.headers as Record<string, string> | undefined),
					},
					body: form.body ? (form.body as Buffer) : Buffer.from(body === undefined ? '' : JSON.stringify(body)),
				});
				if ('cut' in answer) throw new Error('The connection broke');
				const { bytes } = answer;
				return {
					...(bytes && { file: { name: '', mimeType: answer.headers?.['content-type'] ?? '', content: bytes } }),
					status: answer.status,
					headers: answer.headers ?? {},
					body: (answer.json ?? undefined) as JsonValue | undefined,
				};
			},
			refreshToken: async () => await Promise.reject(new Error('A direct client does not refresh its token')),
		},
		{ now: Date.now, sleep: async () => {}, random: () => 0 },
	);
}
