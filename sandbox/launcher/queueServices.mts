import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { LaunchError, reasonOf } from './failure.mts';
import { places } from './places.mts';

/** The parts of n8n's own drivers (npm `pg` and `ioredis`) that are used here. */
interface PgClient {
	connect(): Promise<void>;
	query(sql: string): Promise<{ rows: Array<Record<string, unknown>> }>;
	end(): Promise<void>;
	on(event: 'error', listener: () => void): void;
}
interface Redis {
	connect(): Promise<void>;
	keys(pattern: string): Promise<string[]>;
	del(...keys: string[]): Promise<number>;
	disconnect(): void;
	on(event: 'error', listener: (error: unknown) => void): void;
}

/** A database and a key prefix of this run's own, and how n8n finds them. */
export interface QueueServices {
	/** Settings of n8n 2.41 (`database.config.js`, `scaling-mode.config.js`, `redis.config.js`). */
	settings: Record<string, string>;
	/** Drops the database and deletes the keys; safe to call twice. */
	discard(): Promise<void>;
}

const prefix = 'n8n_sandbox_';

/** Where the two services are: the variables that PostgreSQL's own programs read, and the same kind for Redis. */
function addresses(env: NodeJS.ProcessEnv) {
	return {
		postgres: {
			host: env.PGHOST ?? '127.0.0.1',
			port: Number(env.PGPORT ?? 5432),
			user: env.PGUSER ?? 'postgres',
			password: env.PGPASSWORD ?? '',
			/** Only to say CREATE DATABASE from. */
			database: env.PGDATABASE ?? 'postgres',
		},
		redis: {
			host: env.REDIS_HOST ?? '127.0.0.1',
			port: Number(env.REDIS_PORT ?? 6379),
			password: env.REDIS_PASSWORD ?? '',
		},
	};
}

function driver<T>(name: string): T {
	return createRequire(path.join(places.n8n, 'node_modules', 'n8n', 'package.json'))(name) as T;
}

/** Throws a LaunchError that says where it was looked for. */
async function connectPostgres(database?: string): Promise<PgClient> {
	const { postgres } = addresses(process.env);
	const { Client } = driver<{ Client: new (config: object) => PgClient }>('pg');
	const client = new Client({ ...postgres, ...(database && { database }), connectionTimeoutMillis: 5_000 });
	client.on('error', () => undefined); // The server going away is noticed by whoever asks next.
	try {
		await client.connect();
		return client;
	} catch (error) {
		throw new LaunchError(
			`Queue mode needs PostgreSQL, and there is none for "${postgres.user}" at ${postgres.host}:${postgres.port} (${whyNot(error)}). Start it, or say where it is with PGHOST, PGPORT, PGUSER and PGPASSWORD.`,
		);
	}
}

async function inPostgres<T>(work: (client: PgClient) => Promise<T>): Promise<T> {
	const client = await connectPostgres();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}

async function inRedis<T>(work: (client: Redis) => Promise<T>): Promise<T> {
	const { redis } = addresses(process.env);
	const { Redis: Client } = driver<{ Redis: new (config: object) => Redis }>('ioredis');
	const once = { lazyConnect: true, connectTimeout: 5_000, maxRetriesPerRequest: 0, retryStrategy: () => null };
	const client = new Client({ ...redis, password: redis.password || undefined, ...once });
	let why: unknown;
	client.on('error', (error) => (why = error));
	try {
		await client.connect();
	} catch (error) {
		client.disconnect();
		throw new LaunchError(
			`Queue mode needs Redis, and there is none at ${redis.host}:${redis.port} (${whyNot(why ?? error)}). Start it, or say where it is with REDIS_HOST, REDIS_PORT and REDIS_PASSWORD.`,
		);
	}
	try {
		return await work(client);
	} finally {
		client.disconnect();
	}
}

function whyNot(error: unknown): string {
	const { code } = error as { code?: unknown };
	return typeof code === 'string' && code.startsWith('E') ? code : reasonOf(error);
}

/** Databases of runs that were killed before they could clean up; one that somebody is connected to stays. */
async function dropLeftovers(client: PgClient): Promise<void> {
	const { rows } = await client.query(
		`SELECT datname FROM pg_database d WHERE datname ~ '^${prefix}[0-9a-f]{12}$'
		 AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)`,
	);
	for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${String(datname)}`);
}

async function deleteKeys(run: string): Promise<void> {
	await inRedis(async (client) => {
		const keys = await client.keys(`*${run}*`);
		if (keys.length > 0) await client.del(...keys);
	});
}

/** Makes a database for one run. Throws a LaunchError in one line when PostgreSQL or Redis cannot be reached. */
export async function openQueueServices(): Promise<QueueServices> {
	const run = prefix + randomBytes(6).toString('hex');
	await inRedis(async () => undefined);
	await inPostgres(async (client) => {
		await dropLeftovers(client);
		await client.query(`CREATE DATABASE ${run}`);
	});
	// Kept open while the run lasts: by it other runs see that this database is in use, even when n8n is down.
	const claim = await connectPostgres(run);
	const { postgres, redis } = addresses(process.env);
	let discarded = false;
	return {
		settings: {
			EXECUTIONS_MODE: 'queue',
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: postgres.host,
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_USER: postgres.user,
			DB_POSTGRESDB_PASSWORD: postgres.password,
			DB_POSTGRESDB_DATABASE: run,
			QUEUE_BULL_REDIS_HOST: redis.host,
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			QUEUE_BULL_REDIS_PASSWORD: redis.password,
			QUEUE_BULL_PREFIX: run,
			N8N_REDIS_KEY_PREFIX: run,
		},
		async discard() {
			if (discarded) return;
			discarded = true;
			await claim.end();
			await inPostgres((client) => client.query(`DROP DATABASE IF EXISTS ${run} WITH (FORCE)`));
			await deleteKeys(run);
		},
	};
}

/** Why queue mode cannot run here, in one line; undefined when it can. n8n must be installed. */
export async function whyNoQueue(): Promise<string | undefined> {
	try {
		await inRedis(async () => undefined);
		await inPostgres(async () => undefined);
		return undefined;
	} catch (error) {
		return reasonOf(error);
	}
}
