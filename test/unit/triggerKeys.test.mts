import { recentKeys, type TriggerContext } from '../../nodes/shared/trigger/keys';

/** A trigger whose credential is read when `read` lets it. */
function trigger(id: string, read: () => Promise<{ clientSecret: string }>) {
	const count = { reads: 0 };
	const context = {
		getCredentials: async () => {
			count.reads++;
			return await read();
		},
		getInstanceId: () => 'instance',
		getNode: () => ({ id, name: 'Trigger', webhookId: id, credentials: { type: { id: 'credential' } } }),
		getWorkflow: () => ({ id: 'workflow' }),
	} as unknown as TriggerContext;
	return { context, count };
}

test('deliveries that come while the credential is being read wait for that reading', async () => {
	const { context, count } = trigger('burst', async () => await new Promise((done) => setImmediate(() => done({ clientSecret: 'a secret' }))));
	const keys = await Promise.all(Array.from({ length: 100 }, async () => await recentKeys(context, 'type', false)));
	expect(count.reads).toBe(1);
	expect(new Set(keys).size).toBe(1);
	await recentKeys(context, 'type', false, 0);
	expect(count.reads).toBe(2);
});

test('a credential that could not be read is read again for the next delivery', async () => {
	const { context, count } = trigger('unreadable', async () => await (count.reads === 1 ? Promise.reject(new Error('locked')) : Promise.resolve({ clientSecret: 'a secret' })));
	await expect(recentKeys(context, 'type', false)).rejects.toThrow('locked');
	await expect(recentKeys(context, 'type', false)).resolves.toBeDefined();
	expect(count.reads).toBe(2);
});
