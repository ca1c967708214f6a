/** One part of a form. `fileName` is there for files only. */
export interface FormPart {
	name: string;
	fileName: string | undefined;
	type: string | undefined;
	content: Buffer;
}

const lineEnd = '\r\n';

/**
 * The parts of a `multipart/form-data` body, in order; undefined where it is none, or broken: a part without a name, or no end.
 * Source: RFC 7578, and RFC 2046 for the boundaries.
 */
export function formParts(contentType: string | undefined, body: Buffer): FormPart[] | undefined {
	const [, quoted, bare] = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType ?? '') ?? [];
	const boundary = quoted ?? bare;
	if (boundary === undefined) return undefined;
	const delimiter = Buffer.from(`--${boundary}`);
	const parts: FormPart[] = [];
	let at = body.indexOf(delimiter);
	while (at >= 0) {
		const start = at + delimiter.length;
		const rest = body.subarray(start, start + 2).toString('latin1');
		if (rest === '--') return parts;
		if (rest !== lineEnd) return undefined;
		// A boundary stands at the start of a line; what looks like one inside the content does not.
		const next = body.indexOf(Buffer.concat([Buffer.from(lineEnd), delimiter]), start);
		const part = next < 0 ? undefined : partOf(body.subarray(start + lineEnd.length, next));
		if (!part) return undefined;
		parts.push(part);
		at = next + lineEnd.length;
	}
	return undefined;
}

function partOf(bytes: Buffer): FormPart | undefined {
	const end = bytes.indexOf(lineEnd + lineEnd);
	if (end < 0) return undefined;
	const headers = new Map(
		bytes
			.subarray(0, end)
			.toString('utf8')
			.split(lineEnd)
			.map((header) => [header.slice(0, header.indexOf(':')).trim().toLowerCase(), header.slice(header.indexOf(':') + 1).trim()]),
	);
	const disposition = headers.get('content-disposition') ?? '';
	const name = parameter(disposition, 'name');
	if (!/^form-data\b/i.test(disposition) || name === undefined) return undefined;
	return {
		name,
		fileName: parameter(disposition, 'filename'),
		type: headers.get('content-type'),
		content: bytes.subarray(end + 2 * lineEnd.length),
	};
}

/** A quoted parameter of a header; a backslash takes the meaning from the sign after it. */
function parameter(header: string, name: string): string | undefined {
	const value = new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(header)?.[1];
	return value?.replace(/\\(.)/g, '$1');
}
