import { readdirSync } from 'node:fs';
import { otherPair, smallPair } from '../../../sandbox/check/otherPair.mts';
import { isContactPoll, isHousekeeping, setPolls } from '../../../sandbox/check/polls.mts';
import { steps } from '../../../sandbox/check/steps/index.mts';
import { places } from '../../../sandbox/launcher/places.mts';
import { contactTemplates, moneyTemplates, templateList } from '../../../sandbox/launcher/templateList.mts';
import { readTemplates } from '../../../sandbox/launcher/templates.mts';
import type { CallEntry, Location } from '../../../sandbox/simulator/types.mts';

describe('templates of the sandbox', () => {
	test('all that the package ships are run, each in its turn', () => {
		const shipped = readdirSync(places.workflows).filter((name) => name.endsWith('.json'));
		expect([...templateList].sort()).toEqual(shipped.map((name) => name.replace(/\.json$/, '')).sort());
		expect(readTemplates().map(({ file }) => file)).toEqual(templateList);
		expect(templateList[0]).toBe('set-up-the-sync');
	});

	test('one that is not there is named', () => {
		expect(() => readTemplates(['no-such-template'])).toThrow('There is no template no-such-template.json');
	});
});

describe('polls in the check', () => {
	const trigger = {
		name: 'Trigger',
		type: 'x',
		parameters: { resource: 'contact', pollTimes: { item: [] } },
	};
	const pollOf = (file: string) => setPolls(trigger, file).parameters?.pollTimes;

	test('contacts are polled each minute, vendors of Books not, the others as they are shipped', () => {
		for (const file of Object.values(contactTemplates)) {
			expect(pollOf(file)).toEqual({ item: [{ mode: 'everyMinute' }] });
		}
		expect(pollOf(moneyTemplates.vendorsOfBooks)).toMatchObject({ item: [{ mode: 'custom' }] });
		expect(pollOf(moneyTemplates.invoices)).toEqual({ item: [] });
		expect(setPolls({ name: 'If', type: 'y' }, contactTemplates.books)).toEqual({ name: 'If', type: 'y' });
	});

	test.each([
		['GET', 'contacts', 'last_modified_time=x', 'poll'],
		['GET', 'contacts', 'email=x', 'neither'],
		['GET', 'contacts/1', '', 'neither'],
		['GET', 'invoices', 'sort_column=created_time', 'housekeeping'],
		['GET', 'invoices', 'reference_number=1', 'neither'],
		['GET', 'invoices/1', '', 'neither'],
		['PUT', 'items/1', '', 'neither'],
		['GET', 'items', 'last_modified_time=x', 'housekeeping'],
		['GET', 'customerpayments', 'page=1', 'housekeeping'],
		['GET', 'settings/webhooks', '', 'housekeeping'],
		['POST', 'settings/webhooks', '', 'neither'],
	] as const)('%s %s?%s: %s', (method, path, query, expected) => {
		const call = { service: 'books', method, path: `/books/v3/${path}`, query } as CallEntry;
		const found = isContactPoll(call) ? 'poll' : isHousekeeping(call) ? 'housekeeping' : 'neither';
		expect(found).toBe(expected);
	});
});

describe('steps of the check', () => {
	test('no two have the same name, and the quota comes last', () => {
		const names = steps.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(names.at(-1)).toBe('token_quota');
	});

	test.each([
		['eu', 'in'],
		['ca', 'sa'],
		['au', 'jp'],
		['us', 'us'],
		['cn', 'uk'],
	] as Array<[Location, Location]>)('three pairs of data centres share none: %s and %s', (books, crm) => {
		const others = [otherPair(books, crm), smallPair(books, crm)].flatMap((pair) => [pair.books, pair.crm]);
		const all = [...new Set([books, crm]), ...others];
		expect(new Set(all).size).toBe(all.length);
		const ids = [otherPair(books, crm), smallPair(books, crm)].flatMap(({ credentials }) =>
			credentials.map(({ id }) => id),
		);
		expect(new Set(ids).size).toBe(4);
	});
});
