import { holds, same } from '../scene.mts';
import type { Step } from '../step.mts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const inBooks = numbers(20).map((n) => `burst-books-${n}@hertz-radio.example`);
const inCrm = numbers(10).map((n) => `burst-crm-${n}@hertz-radio.example`);

export const rateLimited: Step = {
	name: 'rate_limited',
	proves: 'A burst of records while Zoho answers 429 again and again arrives whole and once.',
	async run(scene) {
		const { pair } = scene;
		const since = scene.log.length;
		const restore = scene.misbehave(
			{ on: 'call', service: 'books', what: 'status', status: 429, code: 44, times: 4 },
			{ on: 'call', service: 'books', what: 'status', status: 429, code: 1070, times: 4 },
			{ on: 'call', service: 'crm', what: 'status', status: 429, code: 'TOO_MANY_REQUESTS', times: 8 },
		);
		for (const [index, email] of inBooks.entries()) {
			pair.createCompanyInBooks(`Hertz Radio ${index + 1}`, {
				first_name: 'Heinrich',
				last_name: `Hertz ${index + 1}`,
				email,
			});
		}
		for (const [index, Email] of inCrm.entries()) {
			pair.createInCrm('Contacts', { First_Name: 'Gustav', Last_Name: `Hertz ${index + 1}`, Email });
		}
		const missing = () => ({
			inCrm: inBooks.filter((email) => pair.crmContactsWith(email).length === 0),
			inBooks: inCrm.filter((email) => pair.personsWith(email).length === 0),
		});
		await scene.eventually(
			'all of the burst on the other side',
			() => missing().inCrm.length + missing().inBooks.length === 0,
			missing,
			180_000,
		);
		await scene.quiet();
		restore();
		const limited = scene.calls(since).filter(({ status }) => status === 429);
		holds(
			'429 answers from both systems',
			new Set(limited.map(({ service }) => service)).size === 2,
			limited.length,
		);
		const doubled = [
			...inBooks.filter(
				(email) => pair.crmContactsWith(email).length !== 1 || pair.personsWith(email).length !== 1,
			),
			...inCrm.filter(
				(email) => pair.personsWith(email).length !== 1 || pair.crmContactsWith(email).length !== 1,
			),
		];
		same('persons that are not there exactly once', doubled, []);
	},
};
