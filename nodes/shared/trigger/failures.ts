/**
 * Which failures of background work a person has to hear of, and when. n8n never retries a failed activation,
 * and one that fails because Zoho was away for a minute leaves a workflow that looks published and does
 * nothing. So a passing failure (network, 5xx, rate limits) is only logged, until it has lasted for the
 * budget; from then on it is reported once per budget.
 */

import { ZohoError } from '../../../zoho/errors';

const budget = 15 * 60_000;

/** Does waiting help? */
export function isPassing(error: unknown): boolean {
	return error instanceof ZohoError && (error.intent === 'retry' || error.intent === 'quota');
}

/**
 * Did Zoho refuse? Where polling does the work as well, a webhook that Zoho refuses is no reason to stop:
 * which code says "your plan has no workflow rules" is not documented.
 */
export function isRefusal(error: unknown): boolean {
	return error instanceof ZohoError;
}

export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

export class FailureBudget {
	/** By trigger: since when it has been failing, or when that was reported last. */
	private readonly failingSince = new Map<string, number>();

	/** Notes a passing failure; true when it has lasted so long that it should be reported as an error. */
	isUsedUp(trigger: string, now: number): boolean {
		const since = this.failingSince.get(trigger);
		if (since === undefined) {
			this.failingSince.set(trigger, now);
			return false;
		}
		if (now - since < budget) return false;
		this.failingSince.set(trigger, now);
		return true;
	}

	succeeded(trigger: string): void {
		this.failingSince.delete(trigger);
	}
}
