import { fault, CrmRefusal } from './errors.mts';

export type Operator =
	| '='
	| '!='
	| '<'
	| '>'
	| '<='
	| '>='
	| 'like'
	| 'not like'
	| 'in'
	| 'not in'
	| 'between'
	| 'not between'
	| 'is null'
	| 'is not null';

export interface Comparison {
	kind: 'compare';
	column: string;
	operator: Operator;
	values: string[];
}

export type Condition = Comparison | { kind: 'and' | 'or'; left: Condition; right: Condition };

export interface Query {
	columns: string[];
	module: string;
	where: Condition;
	/** Number of comparisons in `where`. */
	criteria: number;
	orderBy: Array<{ column: string; descending: boolean }>;
	limit: number;
	offset: number;
}

interface Token {
	kind: 'word' | 'text' | 'number' | 'sign';
	text: string;
	at: number;
}

const syntax = (message: string, details: Record<string, unknown>): CrmRefusal =>
	new CrmRefusal(400, fault('SYNTAX_ERROR', message, details));

function tokens(query: string): Token[] {
	const found: Token[] = [];
	const pattern =
		/\s+|'((?:[^'\\]|\\.|'')*)'|(-?\d+(?:\.\d+)?)(?![\w$])|([A-Za-z_$][\w$.]*)|(<=|>=|!=|<>|[=<>(),])/gy;
	while (pattern.lastIndex < query.length) {
		const at = pattern.lastIndex;
		const match = pattern.exec(query);
		if (!match) throw near(query, at);
		const [, text, number, word, sign] = match;
		if (text !== undefined)
			found.push({
				kind: 'text',
				text: text.replace(/\\(.)|''/gs, (_all, escaped: string | undefined) => escaped ?? "'"),
				at,
			});
		else if (number !== undefined) found.push({ kind: 'number', text: number, at });
		else if (word !== undefined) found.push({ kind: 'word', text: word, at });
		else if (sign !== undefined) found.push({ kind: 'sign', text: sign === '<>' ? '!=' : sign, at });
	}
	return found;
}

function near(query: string, at: number): CrmRefusal {
	const before = query.slice(0, at).split('\n');
	return syntax('error occured while parsing the query', {
		line: before.length,
		column: (before.at(-1) ?? '').length + 1,
		near: query.slice(at, at + 20),
	});
}

/**
 * Parser for the COQL of GET-less reads: `select … from … where … [order by …] [limit n] [offset m]`.
 * Conditions come in pairs: a third one at the same level without brackets is a syntax error, as Zoho's page demands
 * (https://www.zoho.com/crm/developer/docs/api/v8/COQL-Overview.html).
 */
class CoqlParser {
	readonly #query: string;
	readonly #tokens: Token[];
	#next = 0;
	#criteria = 0;

	constructor(query: string) {
		this.#query = query;
		this.#tokens = tokens(query);
	}

	parse(): Query {
		if (!this.#keyword('select')) throw syntax('missing clause', { clause: 'select' });
		const columns = this.#list(() => this.#column());
		if (!this.#keyword('from')) throw syntax('missing clause', { clause: 'from' });
		const module = this.#column();
		if (!this.#keyword('where')) throw syntax('missing clause', { clause: 'where' });
		const where = this.#condition();
		const orderBy = this.#orderBy();
		const { limit, offset } = this.#limits();
		if (this.#peek()) throw this.#unexpected();
		return { columns, module, where, criteria: this.#criteria, orderBy, limit, offset };
	}

	#peek(): Token | undefined {
		return this.#tokens[this.#next];
	}

	#unexpected(): CrmRefusal {
		return near(this.#query, this.#peek()?.at ?? this.#query.length);
	}

	#keyword(word: string): boolean {
		const token = this.#peek();
		if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
		this.#next++;
		return true;
	}

	#sign(sign: string): boolean {
		const token = this.#peek();
		if (token?.kind !== 'sign' || token.text !== sign) return false;
		this.#next++;
		return true;
	}

	#list<T>(read: () => T): T[] {
		const items = [read()];
		while (this.#sign(',')) items.push(read());
		return items;
	}

	#column(): string {
		const token = this.#peek();
		if (token?.kind !== 'word') throw this.#unexpected();
		this.#next++;
		return token.text;
	}

	#value(): string {
		const token = this.#peek();
		const bare = token?.kind === 'word' && /^(true|false|null)$/i.test(token.text);
		if (!token || token.kind === 'sign' || (token.kind === 'word' && !bare)) throw this.#unexpected();
		this.#next++;
		return token.text;
	}

	#condition(): Condition {
		const left = this.#operand();
		const kind = this.#keyword('and') ? 'and' : this.#keyword('or') ? 'or' : undefined;
		return kind ? { kind, left, right: this.#operand() } : left;
	}

	#operand(): Condition {
		if (!this.#sign('(')) return this.#comparison();
		const inner = this.#condition();
		if (!this.#sign(')')) throw this.#unexpected();
		return inner;
	}

	#comparison(): Comparison {
		this.#criteria++;
		const column = this.#column();
		const operator = this.#operator();
		return { kind: 'compare', column, operator, values: this.#values(operator) };
	}

	#operator(): Operator {
		for (const sign of ['=', '!=', '<=', '>=', '<', '>'] as const) if (this.#sign(sign)) return sign;
		if (this.#keyword('is')) {
			const not = this.#keyword('not');
			if (!this.#keyword('null')) throw this.#unexpected();
			return not ? 'is not null' : 'is null';
		}
		const not = this.#keyword('not');
		for (const word of ['like', 'in', 'between'] as const)
			if (this.#keyword(word)) return not ? `not ${word}` : word;
		throw this.#unexpected();
	}

	#values(operator: Operator): string[] {
		switch (operator) {
			case 'is null':
			case 'is not null':
				return [];
			case 'in':
			case 'not in': {
				if (!this.#sign('(')) throw this.#unexpected();
				const values = this.#list(() => this.#value());
				if (!this.#sign(')')) throw this.#unexpected();
				return values;
			}
			case 'between':
			case 'not between': {
				const from = this.#value();
				if (!this.#keyword('and')) throw this.#unexpected();
				return [from, this.#value()];
			}
			default:
				return [this.#value()];
		}
	}

	#orderBy(): Query['orderBy'] {
		if (!this.#keyword('order')) return [];
		if (!this.#keyword('by')) throw this.#unexpected();
		return this.#list(() => {
			const column = this.#column();
			const descending = this.#keyword('desc');
			if (!descending) this.#keyword('asc');
			return { column, descending };
		});
	}

	#limits(): { limit: number; offset: number } {
		if (!this.#keyword('limit')) return { limit: 200, offset: this.#keyword('offset') ? this.#whole() : 0 };
		const first = this.#whole();
		// `limit 200, 100` is offset 200, limit 100.
		if (this.#sign(',')) return { offset: first, limit: this.#whole() };
		return { limit: first, offset: this.#keyword('offset') ? this.#whole() : 0 };
	}

	#whole(): number {
		const token = this.#peek();
		if (token?.kind !== 'number' || !/^\d+$/.test(token.text)) throw this.#unexpected();
		this.#next++;
		return Number(token.text);
	}
}

export const parseCoql = (query: string): Query => new CoqlParser(query).parse();
