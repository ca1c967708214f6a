// The sandbox page: both simulated systems side by side, and what passes between them, live. Talks to the control API under /sim.

const forms = {
	books: {
		title: 'customer',
		fields: [
			['contact_name', 'Display name', true],
			['company_name', 'Company'],
			['first_name', 'First name of the primary contact person'],
			['last_name', 'Last name'],
			['email', 'E-mail'],
			['phone', 'Phone'],
			['city', 'Billing city'],
		],
	},
	crm: {
		title: 'contact',
		fields: [
			['Account_Name', 'Account (company)'],
			['First_Name', 'First name'],
			['Last_Name', 'Last name', true],
			['Email', 'E-mail'],
			['Phone', 'Phone'],
			['Mailing_City', 'Mailing city'],
		],
	},
};

const state = { books: { location: '', records: [] }, crm: { location: '', records: [], accounts: [] }, known: new Set() };
const byId = (id) => document.getElementById(id);

function element(tag, { text, className, ...rest } = {}, children = []) {
	const node = Object.assign(document.createElement(tag), rest);
	if (className) node.className = className;
	if (text !== undefined) node.textContent = text;
	node.append(...children);
	return node;
}

async function api(path, body) {
	const response = await fetch(`/sim${path}`, body === undefined ? undefined : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
	const answer = await response.json();
	if (!response.ok) throw new Error(answer.error ?? `The simulator answered ${response.status}.`);
	return answer;
}

/** Runs a desk action; Zoho's refusal (a duplicate name, a missing field) is shown in its own words. */
async function desk(action) {
	return api('/desk', action);
}

// --- Cards ------------------------------------------------------------------------------------------------------------

function lines(...texts) {
	return texts.filter(Boolean).map((text) => element('p', { text }));
}

function booksCard(contact) {
	const persons = contact.contact_persons ?? [];
	return card('books', contact, contact.contact_id, contact.contact_name, [
		...lines([contact.company_name, contact.billing_address?.city].filter(Boolean).join(' · '), contact.contact_type === 'vendor' ? 'Vendor' : ''),
		...persons.map((person) =>
			element('div', { className: 'person' }, lines(
				[person.first_name, person.last_name].filter(Boolean).join(' ') + (person.is_primary_contact ? ' (primary)' : ''),
				[person.email, person.phone, person.mobile].filter(Boolean).join(' · '),
			)),
		),
	]);
}

function crmCard(contact) {
	const linked = contact.Zoho_Books_ID;
	return card('crm', contact, contact.id, [contact.First_Name, contact.Last_Name].filter(Boolean).join(' '), [
		...lines(
			[contact.Account_Name?.name, contact.Mailing_City].filter(Boolean).join(' · '),
			[contact.Email, contact.Phone, contact.Mobile].filter(Boolean).join(' · '),
		),
		element('p', { className: 'link', text: linked ? `Zoho Books ID ${linked}` : 'Not linked yet' }),
	]);
}

function card(system, record, id, title, body) {
	const fingerprint = `${system} ${id} ${JSON.stringify(record)}`;
	const button = element('button', { className: 'card', type: 'button' }, [element('h3', { text: title }), ...body]);
	if (state.drawn && !state.known.has(fingerprint)) button.classList.add('fresh');
	state.known.add(fingerprint);
	button.addEventListener('click', () => openForm(system, record));
	return button;
}

function draw(system) {
	const cards = state[system].records.map(system === 'books' ? booksCard : crmCard);
	const place = document.querySelector(`.${system} .cards`);
	place.replaceChildren(...(cards.length ? cards : [element('p', { className: 'empty', text: 'Nothing here yet.' })]));
}

async function refresh() {
	const [contacts, people, accounts, counts] = await Promise.all([
		api(`/records/books/${state.books.location}/contacts`),
		api(`/records/crm/${state.crm.location}/Contacts`),
		api(`/records/crm/${state.crm.location}/Accounts`),
		api('/counts'),
	]);
	state.books.records = contacts;
	state.crm.records = people;
	state.crm.accounts = accounts;
	draw('books');
	draw('crm');
	state.drawn = true;
	for (const place of document.querySelectorAll('[data-count]')) {
		place.textContent = place.dataset.count.split('.').reduce((value, key) => value?.[key], counts) ?? 0;
	}
}

let refreshing;
function refreshSoon() {
	clearTimeout(refreshing);
	refreshing = setTimeout(() => void refresh(), 150);
}

// --- The form ---------------------------------------------------------------------------------------------------------

function formValues(system, record) {
	if (!record) return {};
	if (system === 'crm') return { ...record, Account_Name: record.Account_Name?.name ?? '' };
	const primary = record.contact_persons?.find((person) => person.is_primary_contact) ?? {};
	return { ...record, ...primary, city: record.billing_address?.city ?? '' };
}

function openForm(system, record) {
	const dialog = byId('form');
	const { title, fields } = forms[system];
	const values = formValues(system, record);
	dialog.querySelector('h3').textContent = `${record ? 'Edit' : 'New'} ${title} in ${system === 'books' ? 'Zoho Books' : 'Zoho CRM'}`;
	dialog.querySelector('.delete').hidden = !record;
	dialog.querySelector('.fields').replaceChildren(
		...fields.map(([name, label, required]) =>
			element('label', { text: label }, [element('input', { name, value: values[name] ?? '', required: Boolean(required) })]),
		),
	);
	dialog.returnValue = '';
	dialog.onclose = () => {
		const entered = Object.fromEntries([...dialog.querySelectorAll('input')].map((input) => [input.name, input.value.trim()]));
		const done = { save: () => save(system, record, entered), delete: () => remove(system, record) }[dialog.returnValue];
		done?.().catch((error) => note('bad', 'Refused', error.message));
	};
	dialog.showModal();
}

async function save(system, record, entered) {
	if (system === 'books') await saveBooks(record, entered);
	else await saveCrm(record, entered);
	refreshSoon();
}

async function saveBooks(record, { first_name, last_name, email, phone, city, ...contact }) {
	const person = { first_name, last_name, email, phone };
	const at = { system: 'books', location: state.books.location };
	const address = { ...(record?.billing_address ?? {}), city };
	if (!record) {
		const contact_persons = Object.values(person).some(Boolean) ? [{ ...person, is_primary_contact: true }] : [];
		await desk({ ...at, collection: 'contacts', action: 'create', record: { ...contact, contact_type: 'customer', billing_address: { city }, contact_persons } });
		return;
	}
	const before = formValues('books', record);
	const changed = (names, values) => names.some((name) => (before[name] ?? '') !== values[name]);
	const primary = record.contact_persons?.find((each) => each.is_primary_contact);
	if (changed(Object.keys(person), person)) {
		await desk({
			...at,
			collection: 'contactpersons',
			action: primary ? 'update' : 'create',
			id: primary?.contact_person_id,
			parent: record.contact_id,
			record: person,
		});
	}
	if (changed([...Object.keys(contact), 'city'], { ...contact, city })) {
		await desk({ ...at, collection: 'contacts', action: 'update', id: record.contact_id, record: { ...contact, billing_address: address } });
	}
}

async function saveCrm(record, { Account_Name, ...contact }) {
	const at = { system: 'crm', location: state.crm.location };
	let account = state.crm.accounts.find((each) => each.Account_Name === Account_Name);
	if (!account && Account_Name) {
		account = await desk({ ...at, collection: 'Accounts', action: 'create', record: { Account_Name } });
	}
	await desk({
		...at,
		collection: 'Contacts',
		action: record ? 'update' : 'create',
		id: record?.id,
		record: { ...contact, Account_Name: account ? { id: account.id } : null },
	});
}

async function remove(system, record) {
	const id = system === 'books' ? record.contact_id : record.id;
	await desk({ system, location: state[system].location, collection: system === 'books' ? 'contacts' : 'Contacts', action: 'delete', id });
	refreshSoon();
}

// --- What happens -----------------------------------------------------------------------------------------------------

const names = { books: 'Zoho Books', crm: 'Zoho CRM', accounts: 'Zoho accounts' };

function note(kind, what, detail, at = Date.now()) {
	const list = document.querySelector('#flow ol');
	const time = new Date(at).toLocaleTimeString(undefined, { hour12: false });
	list.prepend(element('li', { className: kind }, [element('time', { text: time }), element('b', { text: what }), ` ${detail}`]));
	while (list.children.length > 200) list.lastChild.remove();
}

function describeCall({ service, method, path, status, kind, records, code, at }) {
	const bad = status === 'cut' || status >= 400;
	const count = kind === 'write' && records > 1 ? ` · ${records} records` : '';
	const what = { read: `n8n reads ${names[service]}`, write: `n8n writes to ${names[service]}`, token: `n8n asks ${names[service]} for a token` }[kind];
	note(bad ? 'bad' : kind, what, `${method} ${path}${count} → ${status}${code && bad ? ` ${code}` : ''}`, at);
}

/** The name a person knows a record by, once the lists have it. */
function nameOf(id) {
	const contact = state.books.records.find((each) => each.contact_id === id);
	const person = state.books.records.flatMap((each) => each.contact_persons ?? []).find((each) => each.contact_person_id === id);
	const account = state.crm.accounts.find((each) => each.id === id);
	const other = state.crm.records.find((each) => each.id === id) ?? person;
	const full = other && [other.First_Name ?? other.first_name, other.Last_Name ?? other.last_name].filter(Boolean).join(' ');
	return contact?.contact_name ?? account?.Account_Name ?? full ?? id;
}

const withNames = (text) => text.replace(/\d{15,}/g, nameOf);
const idsIn = (text) => text.match(/\d{15,}/g) ?? [];

/** Who changed a record last: what Zoho then tells n8n of is an echo when that was n8n itself. */
const changedBy = new Map();

const describe = {
	call: (entry) => describeCall(entry),
	delivery({ service, about, state: how, answer, at }) {
		if (how === 'waiting') return;
		const ids = idsIn(about);
		const isEcho = ids.length > 0 && ids.every((id) => changedBy.get(id) === 'api');
		const kind = how !== 'delivered' ? 'bad' : isEcho ? 'echo' : 'notice';
		note(kind, `${names[service]} tells n8n`, `${withNames(about)}${isEcho ? ' (echo of its own write)' : ''} → ${answer ?? how}`, at);
	},
	record({ system, collection, id, action, by }) {
		changedBy.set(id, by);
		const done = { create: 'created', update: 'edited', delete: 'deleted' }[action];
		refresh().then(() => note(by === 'desk' ? 'desk' : 'sync', `${by === 'desk' ? 'You' : 'The sync'}`, `${done} ${nameOf(id)} in ${names[system]}, ${collection}`));
	},
};

/** Where n8n is and how to sign in; nothing when the simulator runs alone. */
async function aboutN8n() {
	const response = await fetch('/sandbox.json');
	return response.ok ? response.json() : undefined;
}

async function start() {
	const [about, n8n] = await Promise.all([api('/state'), aboutN8n()]);
	for (const system of ['books', 'crm']) {
		const tenant = about.tenants.find((each) => each[system]);
		state[system].location = tenant.location;
		document.querySelector(`.${system} h2 small`).textContent = `${tenant[system].name} · data centre ${tenant.location.toUpperCase()}`;
		document.querySelector(`.${system} .add`).addEventListener('click', () => openForm(system));
	}
	const link = byId('n8n');
	link.hidden = !n8n;
	link.href = n8n?.n8n ?? '';
	if (n8n) link.title = `${n8n.email} / ${n8n.password}`;
	await refresh();
	const events = new EventSource('/sim/events');
	for (const [type, show] of Object.entries(describe)) {
		events.addEventListener(type, (event) => {
			show(JSON.parse(event.data));
			refreshSoon();
		});
	}
}

start().catch((error) => note('bad', 'The page could not start:', error.message));
