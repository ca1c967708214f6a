import { proxyEnvironment, startProxy, type RunningProxy } from '../../sandbox/proxy.mts';
import { Simulator } from '../../sandbox/simulator/simulator.mts';

type SimulatorOptions = NonNullable<ConstructorParameters<typeof Simulator>[0]>;

export interface Zoho {
	simulator: Simulator;
	proxy: RunningProxy;
	/** Closes proxy and simulator and gives the process its environment back. */
	stop(): Promise<void>;
}

/**
 * A simulated Zoho for a test file, behind Zoho's own host names: whatever this process sends to `https://www.zohoapis.eu` and
 * the like reaches the simulator, over real TLS and HTTP.
 */
export async function startZoho(options: SimulatorOptions = {}): Promise<Zoho> {
	const simulator = new Simulator(options);
	const proxy = await startProxy({ simulator });
	if (process.env.NODE_EXTRA_CA_CERTS !== proxy.caPath) {
		await proxy.stop();
		throw new Error(
			`Node trusts the sandbox's certificate only when it starts with NODE_EXTRA_CA_CERTS=${proxy.caPath}: run "npm run jest".`,
		);
	}
	const environment = proxyEnvironment(proxy);
	const before = Object.keys(environment).map((name) => [name, process.env[name]] as const);
	Object.assign(process.env, environment);

	return {
		simulator,
		proxy,
		async stop() {
			for (const [name, value] of before) {
				if (value === undefined) delete process.env[name];
				else process.env[name] = value;
			}
			await proxy.stop();
			await simulator.close();
		},
	};
}
