import { PersonsReading } from '../../../zoho/books/personRead';
import { type Answer, FakeTime, answer, clientFor, connect, queryOf } from './fakeZoho.mts';

/** When a page is read, by Books' clock. */
const readAt = (page: number) => Date.UTC(2026, 6, 1, 12, page);

/** One person for each of five contacts a page. */
function page(number: number, pages: number): Answer {
	const contact_persons = Array.from({ length: 5 }, (_, n) => ({ contact_person_id: `${number}${n}`, contact_id: `c${number}${n}` }));
	const body = { code: 0, message: 'success', contact_persons, page_context: { page: number, has_more_page: number < pages } };
	return answer(200, body, { date: new Date(readAt(number)).toUTCString() });
}

function setUp(pages: number, handle: (n: number) => Answer | undefined = () => undefined) {
	const time = new FakeTime();
	const connection = connect('books', (call, n) => handle(n) ?? page(Number(queryOf(call).page), pages));
	return { time, connection, reading: new PersonsReading(clientFor(connection, time)) };
}

test('read ahead, the list leaves room for other calls; awaited, it hurries; it is read once', async () => {
	const { time, connection, reading } = setUp(6);
	reading.begin();
	reading.begin();
	await time.run(time.sleep(2_000));
	expect(connection.sent).toHaveLength(2);
	const paused = time.slept.length;
	const persons = await time.run(reading.get());
	expect(persons?.of('c64')).toEqual([{ contact_person_id: '64', contact_id: 'c64' }]);
	expect(await time.run(reading.get())).toBe(persons);
	expect([connection.sent.length, time.slept.length]).toEqual([6, paused]);
});

test('of a contact that was modified since its persons were read, or in that second, the list does not know the persons', async () => {
	const { time, reading } = setUp(3);
	const persons = await time.run(reading.get());
	const second = readAt(2);
	expect(persons?.of('c23', second - 1000)).toHaveLength(1);
	expect(persons?.of('c23', second)).toBeUndefined();
	expect(persons?.of('c33', second)).toHaveLength(1);
	expect(persons?.of('nobody', readAt(1) - 1000)).toEqual([]);
	expect(persons?.of('nobody', readAt(1))).toBeUndefined();
});

test('a list that could not be read ahead is read again by whoever needs it, who is told', async () => {
	const { time, connection, reading } = setUp(2, (n) => (n <= 2 ? answer(400, { code: 1002, message: 'no' }) : undefined));
	reading.begin();
	await time.run(time.sleep(1));
	await expect(time.run(reading.get())).rejects.toThrow('no');
	expect((await time.run(reading.get()))?.of('c10')).toHaveLength(1);
	expect(connection.sent).toHaveLength(4);
});
