import { echoesApart } from '../../../sync/echo';
import { hashOf } from '../../../sync/hash';
import { writeMark } from '../../../sync/mark';
import type { CrmItem, PlanOptions } from '../../../sync/plan';
import type { JsonObject } from '../../../sync/types';

const options: PlanOptions = { policy: 'eventSide', overwriteBlank: false };
const written = '2026-01-01T10:00:00+0000';

const item = (more: Partial<CrmItem> = {}): CrmItem => ({
	inputIndex: 0,
	record: { Last_Name: 'Ann', Phone: '', Account_Name: { id: '77' } },
	rules: [],
	link: 'P1',
	booksParent: 'C1',
	source: { contact_person_id: 'P1', last_name: 'Ann', phone: '' },
	sourceModified: written,
	sourceFields: ['last_name', 'phone'],
	...more,
});

const crm = { Last_Name: hashOf('Ann', 'Last_Name'), Account_Name: hashOf({ id: '77', name: 'Acme' }, 'Account_Name') };
const link = (mark: JsonObject = {}): JsonObject => ({
	id: '9',
	Zoho_Books_ID: 'P1',
	Zoho_Books_Sync: writeMark({ version: 1, books: { last_name: hashOf('Ann', 'last_name') }, crm, booksModified: written, booksParent: 'C1', ...mark }),
});

test('what comes back as CRM has just written it is settled without asking CRM', () => {
	const { echoes, others } = echoesApart([item(), item({ inputIndex: 1, link: 'P2' }), item({ inputIndex: 2 })], [link()], options);
	expect(echoes).toMatchObject([{ output: 'unchanged', inputIndex: 0, record: { id: '9' }, match: { id: '9', inputs: [0, 2], changes: [] } }]);
	expect(others.map(({ link: of }) => of)).toEqual(['P2']);
});

test.each<[string, Partial<CrmItem>, JsonObject[], Partial<PlanOptions>]>([
	['is newer than the write', { sourceModified: '2026-01-01T10:00:01+0000' }, [link()], {}],
	['tells no time', { sourceModified: undefined } as unknown as Partial<CrmItem>, [link()], {}],
	['brings another value', { record: { ...item().record, Last_Name: 'Anna' } }, [link()], {}],
	['brings a value of which the mark knows nothing', { record: { ...item().record, Phone: '1' } }, [link()], {}],
	['may erase with its blank', {}, [link()], { overwriteBlank: true }],
	['may empty that field', {}, [link()], { emptyFields: ['Phone'] }],
	['has lists to check', {}, [link()], { subformCheck: ['Total'] }],
	['belongs to another contact', { booksParent: 'C2' }, [link()], {}],
	['was linked with two records', {}, [link(), { ...link(), id: '10' }], {}],
	['was not written here', {}, [], {}],
	['has a mark that nobody can read', {}, [{ ...link(), Zoho_Books_Sync: '{' }], {}],
])('a record is planned where it %s', (_why, more, links, chosen) => {
	const { echoes, others } = echoesApart([item(more)], links, { ...options, ...chosen });
	expect([echoes.length, others.length]).toEqual([0, 1]);
});

test('of several states of a record the newest tells', () => {
	const newer = item({ inputIndex: 1, sourceModified: '2026-01-01T10:00:05+0000', record: { ...item().record, Last_Name: 'Anna' } });
	expect(echoesApart([item(), newer], [link()], options).others).toHaveLength(2);
});
