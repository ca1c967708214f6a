import { saveContact } from '../../../zoho/books/contactWrite';
import type { JsonObject } from '../../../zoho/types';
import { type Answer, FakeTime, type SentCall, answer, clientFor, connect } from './fakeZoho.mts';

const present = {
	contact_id: '7',
	contact_name: 'Acme',
	billing_address: {
		address_id: '70',
		attention: 'Ada',
		address: '1 High Street',
		street2: '',
		city: 'York',
		state: 'Yorkshire',
		state_code: 'YKS',
		zip: 'YO1',
		country: 'U.K',
		country_code: 'GB',
		phone: '1',
		fax: '',
	},
	shipping_address: { address_id: '71', city: 'Leeds' },
};
const ok = (contact: JsonObject): Answer => answer(200, { code: 0, message: 'success', contact });

function setUp(get: Answer = ok(present)) {
	const connection = connect('books', (call: SentCall) => (call.method === 'GET' ? get : ok(present)));
	const client = clientFor(connection, new FakeTime());
	const bodies = () => connection.sent.map(({ method, body }) => (method === 'GET' ? 'GET' : body));
	return { client, bodies };
}

const whole = {
	attention: '',
	address: '2 Low Street',
	street2: '',
	city: 'York',
	state: 'Yorkshire',
	zip: 'YO2',
	country: 'U.K',
	phone: '',
	fax: '',
};

test('a part of an address is sent as the whole address, completed from the contact, after one read', async () => {
	const { client, bodies } = setUp();
	await saveContact(client, { contact_id: '7', billing_address: { zip: 'YO2' }, shipping_address: { zip: 'LS1' } });
	const { address_id: _id, country_code: _code, ...billing } = present.billing_address;
	expect(bodies()).toEqual([
		'GET',
		{
			billing_address: { ...billing, zip: 'YO2' },
			shipping_address: { ...whole, address: '', city: 'Leeds', state: '', country: '', zip: 'LS1' },
		},
	]);
});

test('is completed anew when it has to be sent again: somebody may have edited the address meanwhile', async () => {
	const edited = { ...present, billing_address: { ...present.billing_address, city: 'Hull' } };
	const answers = [ok(present), answer(503), ok(edited), ok(edited)];
	const time = new FakeTime();
	const connection = connect('books', (_call, n) => answers[n - 1] ?? answer(500));
	await time.run(saveContact(clientFor(connection, time), { contact_id: '7', billing_address: { zip: 'YO2' } }));
	expect(connection.sent.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET', 'PUT']);
	expect(connection.sent[3]?.body).toMatchObject({ billing_address: { city: 'Hull', zip: 'YO2' } });
});

test('is sent right after the read, before calls that wait as well', async () => {
	const time = new FakeTime();
	const connection = connect('books', () => ok(present), { callsPerMinute: 1 });
	const client = clientFor(connection, time);
	const others = [1, 2].map(() => client.request({ method: 'GET', path: '/books/v3/items' }));
	const save = saveContact(client, { contact_id: '7', billing_address: { zip: 'YO2' } });
	others.push(client.request({ method: 'GET', path: '/books/v3/items' }));
	await time.run(Promise.all([save, ...others]));
	expect(connection.sent.map(({ method, path }) => `${method} ${path.slice(10)}`)).toEqual(['GET items', 'GET items', 'GET contacts/7', 'PUT contacts/7', 'GET items']);
});

test('a part that is sent empty is emptied', async () => {
	const { client, bodies } = setUp();
	await saveContact(client, { contact_id: '7', billing_address: { attention: '' } });
	expect(bodies()[1]).toMatchObject({ billing_address: { attention: '', city: 'York' } });
});

test('the code of a state does not outlive the state', async () => {
	const { client, bodies } = setUp();
	await saveContact(client, { contact_id: '7', billing_address: { state: 'Kent' } });
	expect(bodies()[1]).toMatchObject({ billing_address: { state: 'Kent' } });
	expect(bodies()[1]).not.toHaveProperty('billing_address.state_code');
});

test.each([
	['a whole address', { billing_address: whole }],
	['no address', { notes: 'n' }],
])('%s takes no read', async (_what, fields) => {
	const { client, bodies } = setUp();
	await saveContact(client, { contact_id: '7', ...fields });
	expect(bodies()).toEqual([fields]);
});

test('a contact that cannot be read is not written to with half an address', async () => {
	const { client, bodies } = setUp(answer(401, { code: 57, message: 'You are not authorized to perform this operation' }));
	await expect(saveContact(client, { contact_id: '7', billing_address: { zip: 'YO2' } })).rejects.toThrow(/not authorized/);
	expect(bodies()).not.toContainEqual(expect.objectContaining({ billing_address: expect.anything() as unknown }));
});
