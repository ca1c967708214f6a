/** Keeps work on one thing in order of arrival, while work on different things goes on side by side. */
export class Lanes {
	private readonly last = new Map<string, Promise<unknown>>();

	/** Runs the task when all earlier ones of this key are done, whatever became of them. */
	async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
		const before = this.last.get(key);
		const own = before ? before.then(task, task) : task();
		this.last.set(key, own);
		try {
			return await own;
		} finally {
			if (this.last.get(key) === own) this.last.delete(key);
		}
	}
}
