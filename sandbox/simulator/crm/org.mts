import type { DeskAction, Location, Switches, TenantOptions } from '../types.mts';
import { zohoHosts } from '../../hosts.mts';
import type { World } from '../world.mts';
import { ChannelBook } from './channels.mts';
import { Budget } from './budget.mts';
import { AttachmentBook } from './attachments.mts';
import { ContactRoleBook } from './contactRoles.mts';
import { LinkBook } from './links.mts';
import { MoneySettings } from './money.mts';
import { CrmRefusal, fault } from './errors.mts';
import {
	currencyFields,
	type Edition,
	type FieldSpec,
	includes,
	modules,
	type ModuleSpec,
	systemFields,
	tagField,
} from './modules.mts';
import { ModuleStore, type StoredRecord, valueOf } from './store.mts';
import { SearchIndex } from './searchIndex.mts';
import type { Bookmark } from './reads.mts';
import { type Rendered, render } from './render.mts';
import { TagBook } from './tags.mts';
import { type Change, Writer } from './writer.mts';

export interface CrmUser {
	id: string;
	zuid: string;
	name: string;
	firstName: string;
	lastName: string;
	email: string;
}

export interface FieldState extends FieldSpec {
	id: string;
	createdAt?: number;
}

export interface ModuleState {
	spec: ModuleSpec;
	id: string;
	layoutId: string;
	fields: Map<string, FieldState>;
	store: ModuleStore;
	search: SearchIndex;
	/** Deleted records, oldest first. */
	deleted: DeletedRecord[];
	counters: Map<string, number>;
}

export interface DeletedRecord {
	id: string;
	name: string;
	at: number;
	by: CrmUser;
	createdBy: string;
}

const actions = { insert: 'create', update: 'update', delete: 'delete' } as const;

/** One CRM organization: its modules, records, users, channels and used-up credits. */
export class CrmOrg {
	readonly location: Location;
	readonly zgid: string;
	readonly orgId: string;
	readonly name: string;
	readonly edition: Edition;
	readonly timeZone: string;
	/** `https://www.zohoapis.eu`, for resource_uri. */
	readonly apiDomain: string;
	readonly #world: World;
	#held: Change[] | undefined;
	/** The first one owns the tokens; the second one works at the desk. */
	readonly users: readonly [CrmUser, CrmUser];
	readonly profiles: ReadonlyArray<{ id: string; name: string }>;
	readonly money: MoneySettings;
	readonly links = new LinkBook();
	readonly attachments = new AttachmentBook();
	readonly tags = new TagBook();
	readonly contactRoles: ContactRoleBook;
	readonly roleId: string;
	readonly createdAt: number;
	readonly modules = new Map<string, ModuleState>();
	readonly channels: ChannelBook;
	readonly budget: Budget;
	readonly writer: Writer;
	/** Page tokens that were given out. */
	readonly bookmarks = new Map<string, Bookmark>();

	constructor(world: World, location: Location, options: NonNullable<TenantOptions['crm']>) {
		const newId = () => world.newId();
		this.#world = world;
		this.location = location;
		this.apiDomain = `https://${zohoHosts[location].api}`;
		this.zgid = options.zgid ?? newId().slice(-11);
		this.orgId = newId();
		this.name = options.name ?? 'Acme Inc.';
		this.edition = options.edition ?? 'enterprise';
		this.timeZone = options.timeZone ?? 'UTC';
		this.users = [user(newId, 'Patricia', 'Boyle'), user(newId, 'Sam', 'Desk')];
		this.profiles = ['Administrator', 'Standard'].map((name) => ({ id: newId(), name }));
		this.roleId = newId();
		this.createdAt = world.now();
		this.channels = new ChannelBook(this);
		this.budget = new Budget(this.edition, this.users.length);
		this.writer = new Writer(this);
		this.money = new MoneySettings(newId, this.edition, options);
		this.contactRoles = new ContactRoleBook(newId);
		for (const spec of modules) if (includes(this.edition, spec.from)) this.open(spec);
	}

	/** The profile of the organization's users. */
	get profileId(): string {
		return this.profiles[0]?.id ?? '';
	}

	/** Adds a module with the fields that the edition has of it. */
	open(spec: ModuleSpec): ModuleState {
		const newId = () => this.newId();
		const state: ModuleState = {
			spec,
			id: newId(),
			layoutId: newId(),
			fields: new Map(),
			store: new ModuleStore(),
			search: new SearchIndex(),
			deleted: [],
			counters: new Map(),
		};
		const tags = spec.name === 'Notes' ? [] : [tagField];
		for (const field of [...systemFields, ...spec.fields, ...tags]) {
			if (!includes(this.edition, field.from ?? 'free')) continue;
			if (
				field.lookup &&
				!modules.some((other) => other.name === field.lookup && includes(this.edition, other.from))
			)
				continue;
			this.addField(state, { ...field, id: newId() });
		}
		this.modules.set(spec.name, state);
		return state;
	}

	/** Adds a field; with the first one for money come the currency's, where the organization has several. */
	addField(module: ModuleState, field: FieldState): void {
		module.fields.set(field.name, field);
		if (field.type !== 'currency' || module.fields.has('Exchange_Rate')) return;
		if (this.money.currencies.length === 0) return;
		for (const spec of currencyFields(this.money.usable))
			module.fields.set(spec.name, { ...spec, id: this.newId() });
	}

	now(): number {
		return this.#world.now();
	}

	newId(): string {
		return this.#world.newId();
	}

	get switches(): Switches {
		return this.#world.switches;
	}

	/** Until it is called with nothing, changes are not told but put into the list: a composite request tells of them when it is done. */
	holdBack(list: Change[] | undefined): void {
		this.#held = list;
	}

	/** Tells the world, and the channels unless `silent`, what one API call or one act at the desk changed. */
	publish(changes: readonly Change[], by: 'api' | 'desk', silent = false): void {
		if (this.#held) {
			this.#held.push(...changes);
			return;
		}
		for (const change of changes) {
			this.#world.announce({
				system: 'crm',
				location: this.location,
				organization: this.zgid,
				collection: change.module.spec.name,
				id: (change.after ?? change.before)?.id ?? '',
				action: actions[change.operation],
				by,
			});
		}
		if (!silent) this.channels.notify(changes);
	}

	/** Puts a notification into the delivery queue: unsigned, sent once. */
	send(url: string, body: Record<string, unknown>, about: string): void {
		this.#world.deliver(
			url,
			{ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
			{
				service: 'crm',
				location: this.location,
				organization: this.zgid,
				about,
			},
		);
	}

	/** A module by its API name; refuses what the edition does not have. */
	module(name: string, pathIndex = 0): ModuleState {
		const found = this.modules.get(name);
		if (found) return found;
		throw new CrmRefusal(
			400,
			fault('INVALID_MODULE', 'the module name given seems to be invalid', {
				resource_path_index: pathIndex,
			}),
		);
	}

	user(id: string): CrmUser {
		return this.users.find((candidate) => candidate.id === id) ?? this.users[0];
	}

	/** The name by which a record is shown where another one points to it. */
	nameOf(module: ModuleState, record: StoredRecord): string {
		const name = valueOf(record, module.spec.nameField) ?? valueOf(record, 'Last_Name');
		return name === null ? '' : String(name);
	}

	/** All records of a module as GET of one record shows them, oldest first. */
	records(collection: string): Rendered[] {
		const module = this.module(collection);
		return [...module.store.byId()].map((record) => render(this, module, record));
	}

	/** What a person does in CRM's own screens. Throws a CrmRefusal with CRM's complaint when it is not possible. */
	desk(action: DeskAction): Rendered {
		if (action.records) return this.#createMany(action, action.records);
		const module = this.module(action.collection);
		const who = this.users[1];
		const changes: Change[] = [];
		const done =
			action.action === 'create'
				? this.writer.insert(module, action.record ?? {}, { path: '$.data[0]', who }, changes)
				: action.action === 'update'
					? this.writer.update(
							module,
							action.id ?? '',
							action.record ?? {},
							{ path: '$.data[0]', who },
							changes,
						)
					: this.writer.remove(module, action.id ?? '', who, changes);
		if ('fault' in done) throw new CrmRefusal(400, done.fault, 'data');
		if (action.parent && module.spec.linked.length) this.links.add(action.parent, done.record.id);
		this.publish(changes, 'desk', action.silent);
		return action.action === 'delete' ? { id: done.record.id } : render(this, module, done.record);
	}

	#createMany({ collection, silent }: DeskAction, records: ReadonlyArray<Record<string, unknown>>): Rendered {
		const changes: Change[] = [];
		const ids = records.map((record, index) => {
			const done = this.writer.insert(this.module(collection), record, { path: `$.data[${index}]`, who: this.users[1] }, changes);
			if ('fault' in done) throw new CrmRefusal(400, done.fault, 'data');
			return done.record.id;
		});
		this.publish(changes, 'desk', silent);
		return { ids };
	}
}

function user(newId: () => string, firstName: string, lastName: string): CrmUser {
	const id = newId();
	return {
		id,
		zuid: id.slice(-8),
		firstName,
		lastName,
		name: `${firstName} ${lastName}`,
		email: `${firstName}.${lastName}@example.com`.toLowerCase(),
	};
}
