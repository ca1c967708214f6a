import { autonumbers, computed } from './computed.mts';
import { layoutFault } from './features.mts';
import { type CrmFault, fault, faults } from './errors.mts';
import type { CrmOrg, CrmUser, FieldState, ModuleState } from './org.mts';
import { renderUser } from './render.mts';
import { checkNote } from './notes.mts';
import { checkRows } from './rows.mts';
import { type Row, type StoredRecord, type Value, valueOf } from './store.mts';
import { toSecond, writeTime } from './times.mts';
import { checkValue, isObject, type Json } from './values.mts';

/** One accepted write, for the notifications of the call it belongs to. */
export interface Change {
	module: ModuleState;
	operation: 'insert' | 'update' | 'delete';
	before: StoredRecord | undefined;
	after: StoredRecord | undefined;
	/** API names of the fields whose value is another one now. */
	fields: string[];
	by: CrmUser;
}

export type Written = { record: StoredRecord } | { fault: CrmFault };

export interface WriteContext {
	/** JSON path of the record in the request, for error details. */
	path: string;
	who: CrmUser;
	/** `If-Unmodified-Since`, epoch milliseconds. */
	unmodifiedSince?: number | undefined;
}

const sameValue = (a: Value, b: Value) =>
	a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));

/** Checks and carries out single writes. Nothing here waits, so checking a unique value and keeping it cannot be split. */
export class Writer {
	readonly #org: CrmOrg;

	constructor(org: CrmOrg) {
		this.#org = org;
	}

	/** Adds a record; refused when a mandatory field lacks, a value does not fit, or a unique value exists already. */
	insert(module: ModuleState, input: Json, context: WriteContext, changes: Change[]): Written {
		const checked = this.#check(module, input, context, undefined);
		if ('fault' in checked) return checked;
		const { Owner, ...values } = checked.values;
		const at = toSecond(this.#org.now());
		const record = module.store.put({
			id: this.#org.newId(),
			values: computed(this.#org, module, autonumbers(module), values),
			owner: String(Owner ?? context.who.id),
			createdBy: context.who.id,
			modifiedBy: context.who.id,
			created: at,
			modified: at,
		});
		this.#keep(
			module,
			{ module, operation: 'insert', before: undefined, after: record, fields: [], by: context.who },
			changes,
		);
		return { record };
	}

	/** Changes the fields that `input` names. Modified_Time moves even where every value is what it was. */
	update(module: ModuleState, id: string, input: Json, context: WriteContext, changes: Change[]): Written {
		const before = module.store.get(id);
		if (!before) return { fault: faults.badId({ api_name: 'id', json_path: `${context.path}.id` }) };
		if (context.unmodifiedSince !== undefined && before.modified > context.unmodifiedSince)
			return { fault: this.#alreadyModified(before) };
		const checked = this.#check(module, input, context, before);
		if ('fault' in checked) return checked;
		const { Owner, ...values } = checked.values;
		const record = module.store.put({
			...before,
			values: computed(this.#org, module, before.values, values),
			owner: String(Owner ?? before.owner),
			modifiedBy: context.who.id,
			modified: toSecond(this.#org.now()),
		});
		const fields = [...module.fields.keys()].filter(
			(name) => name !== 'Modified_Time' && !sameValue(valueOf(before, name), valueOf(record, name)),
		);
		this.#keep(
			module,
			{ module, operation: 'update', before, after: record, fields, by: context.who },
			changes,
		);
		return { record };
	}

	/** Moves a record to the recycle bin and empties the lookups that point to it. */
	remove(module: ModuleState, id: string, who: CrmUser, changes: Change[]): Written {
		const record = module.store.remove(id);
		if (!record) return { fault: fault('INVALID_DATA', 'record not deleted', { id }) };
		module.deleted.push({
			id,
			name: this.#org.nameOf(module, record),
			at: toSecond(this.#org.now()),
			by: who,
			createdBy: record.createdBy,
		});
		for (const other of this.#org.modules.values()) {
			for (const field of other.fields.values()) {
				if (field.lookup === module.spec.name) this.#detach(other, field, id);
			}
		}
		this.#org.links.forget(id);
		this.#org.attachments.forget(id);
		this.#org.contactRoles.forget(id);
		const notes = this.#org.modules.get('Notes')?.store;
		for (const note of [...(notes?.equal('Parent_Id', id) ?? [])]) notes?.remove(note);
		this.#keep(
			module,
			{ module, operation: 'delete', before: record, after: undefined, fields: [], by: who },
			changes,
		);
		return { record };
	}

	/** Gives a record these tags. Modified_Time moves, as with every other write. */
	tag(module: ModuleState, id: string, tags: string[], who: CrmUser, changes: Change[]): void {
		const before = module.store.get(id);
		if (!before) return;
		const values = { ...before.values, Tag: tags.length > 0 ? tags : null };
		const record = module.store.put({ ...before, values, modifiedBy: who.id, modified: toSecond(this.#org.now()) });
		const fields = sameValue(valueOf(before, 'Tag'), valueOf(record, 'Tag')) ? [] : ['Tag'];
		this.#keep(module, { module, operation: 'update', before, after: record, fields, by: who }, changes);
	}

	/** The record that already has the value of a unique field, other than `self`. */
	holder(module: ModuleState, field: FieldState, value: Value, self?: string): StoredRecord | undefined {
		for (const id of module.store.equal(field.name, value)) {
			const record = module.store.get(id);
			if (!record || id === self) continue;
			if (!field.unique?.caseSensitive || valueOf(record, field.name) === value) return record;
		}
		return undefined;
	}

	#detach(module: ModuleState, field: FieldState, id: string): void {
		for (const pointing of [...module.store.equal(field.name, id)]) {
			const record = module.store.get(pointing);
			if (record) module.store.put({ ...record, values: { ...record.values, [field.name]: null } });
		}
	}

	#keep(module: ModuleState, change: Change, changes: Change[]): void {
		const id = (change.after ?? change.before)?.id;
		if (id) module.search.change(id, change.after, this.#org.now() + this.#org.switches.searchLag);
		changes.push(change);
	}

	#check(
		module: ModuleState,
		input: Json,
		context: WriteContext,
		before: StoredRecord | undefined,
	): { values: Record<string, Value> } | { fault: CrmFault } {
		const found: CrmFault[] = [];
		const values: Record<string, Value> = {};
		const note = module.spec.name === 'Notes' ? checkNote(input, context.path, !before) : undefined;
		if (note) return { fault: note };
		const layout = layoutFault(module, input, context.path);
		if (layout) return { fault: layout };
		const append = isObject(input['$append_values']) ? input['$append_values'] : {};
		for (const field of module.fields.values()) {
			const sent = Object.hasOwn(input, field.name);
			const path = `${context.path}.${field.name}`;
			if (!sent || field.readOnly || (before && field.createOnly)) {
				if (!before && field.mandatory) found.push(faults.mandatory(field.name, path));
				continue;
			}
			const checked =
				field.type === 'subform'
					? checkRows(
							field,
							input[field.name],
							path,
							this.#valueContext,
							(before?.values[field.name] ?? []) as Row[],
						)
					: checkValue(field, input[field.name], path, this.#valueContext);
			if ('fault' in checked) found.push(checked.fault);
			else if (field.mandatory && checked.value === null) found.push(faults.mandatory(field.name, path));
			else
				values[field.name] =
					append[field.name] === true ? appended(before?.values[field.name], checked.value) : checked.value;
		}
		if (found.length === 0) found.push(...this.#duplicates(module, values, context, before?.id));
		const [first, second] = found;
		if (!first) return { values };
		return {
			fault: second
				? fault('MULTIPLE_OR_MULTI_ERRORS', 'Multiple errors in the request', { errors: found })
				: first,
		};
	}

	get #valueContext() {
		const org = this.#org;
		return {
			exists: (name: string, id: string) => org.modules.get(name)?.store.get(id) !== undefined,
			isUser: (id: string) => org.users.some((user) => user.id === id),
			tax: (name: string) => org.money.tax(name),
			newId: () => org.newId(),
		};
	}

	#duplicates(
		module: ModuleState,
		values: Record<string, Value>,
		context: WriteContext,
		self: string | undefined,
	): CrmFault[] {
		const found: CrmFault[] = [];
		for (const field of module.fields.values()) {
			const value = values[field.name];
			if (!field.unique || value === undefined || value === null) continue;
			const holder = this.holder(module, field, value, self);
			if (holder) found.push(this.#duplicate(module, field, holder, `${context.path}.${field.name}`));
		}
		return found;
	}

	#duplicate(module: ModuleState, field: FieldState, holder: StoredRecord, path: string): CrmFault {
		const owner = this.#org.user(holder.owner);
		return fault('DUPLICATE_DATA', 'duplicate data', {
			api_name: field.name,
			duplicate_record: {
				Owner: { name: owner.name, id: owner.id, zuid: owner.zuid },
				module: { api_name: module.spec.name, id: module.id },
				id: holder.id,
			},
			json_path: path,
			id: holder.id,
			more_records: false,
		});
	}

	#alreadyModified(record: StoredRecord): CrmFault {
		return fault(
			'ALREADY_MODIFIED',
			'record updated time has already passed if-unmodified-since time',
			writeDetails(this.#org, record),
		);
	}
}

function appended(before: Value | undefined, value: Value): Value {
	if (!Array.isArray(before) || !Array.isArray(value)) return value;
	return [...new Set([...(before as string[]), ...(value as string[])])];
}

/** `details` of a written record. */
export function writeDetails(org: CrmOrg, record: StoredRecord): Record<string, unknown> {
	return {
		Modified_Time: writeTime(record.modified, org.timeZone),
		Modified_By: renderUser(org, record.modifiedBy, false),
		Created_Time: writeTime(record.created, org.timeZone),
		id: record.id,
		Created_By: renderUser(org, record.createdBy, false),
	};
}
