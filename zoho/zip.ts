/**
 * Zip archives of one file, as Zoho's bulk jobs take and give them. Source: PKWARE's APPNOTE 6.3.10 (sections 4.3 and 4.4). What is not understood is refused: several
 * files, encryption, several disks, zip64, other methods than stored and deflated.
 */

export interface ZippedFile {
	name: string;
	content: Uint8Array;
}

/** The archive is damaged, or is of a kind that is not read. */
export class ZipError extends Error {}

const localHeader = { signature: 0x04034b50, length: 30 };
const centralHeader = { signature: 0x02014b50, length: 46 };
const endRecord = { signature: 0x06054b50, length: 22 };
/** An archive may end with a comment of this length. */
const longestComment = 0xffff;
const stored = 0;
const deflated = 8;
/** General purpose bits. */
const encrypted = 0x0001;
const namesAreUtf8 = 0x0800;
/** 1980-01-01, the first day that the format knows: archives of the same content are equal. */
const firstDay = 0x0021;

/** Puts one file into an archive, deflated. */
export async function zip({ name, content }: ZippedFile): Promise<Uint8Array> {
	const nameBytes = new TextEncoder().encode(name);
	const packed = await through(new CompressionStream('deflate-raw'), content);
	const common = [
		[4, [20, namesAreUtf8, deflated, 0, firstDay]],
		[14, [], [crc32(content), packed.length, content.length]],
		[26, [nameBytes.length, 0]],
	] as const;
	const local = header(localHeader, nameBytes, common, 0);
	const central = header(centralHeader, nameBytes, [[4, [20]], ...common], 2);
	const end = header(endRecord, new Uint8Array(), [[8, [1, 1], [central.length, local.length + packed.length]]], 0);
	return joined([local, packed, central, end]);
}

type Numbers = readonly [at: number, short: readonly number[], long?: readonly number[]];

/** `shift` moves what local and central headers have in common: the latter have two bytes more at the start. */
function header(kind: { signature: number; length: number }, name: Uint8Array, numbers: readonly Numbers[], shift: number): Uint8Array {
	const bytes = new Uint8Array(kind.length + name.length);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, kind.signature, true);
	for (const [place, [at, short, long = []]] of numbers.entries()) {
		let offset = at + (place === 0 ? 0 : shift);
		for (const value of short) view.setUint16((offset += 2) - 2, value, true);
		for (const value of long) view.setUint32((offset += 4) - 4, value, true);
	}
	bytes.set(name, kind.length);
	return bytes;
}

interface Entry {
	method: number;
	crc: number;
	packedSize: number;
	size: number;
	name: string;
	localAt: number;
}

/**
 * Takes the one file out of an archive.
 * @param mostBytes the file may have; more is refused before and while it is unpacked
 * @throws ZipError
 */
export async function unzip(archive: Uint8Array, mostBytes: number): Promise<ZippedFile> {
	const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
	const entry = entryOf(archive, view);
	if (entry.size > mostBytes) throw tooLarge(mostBytes);
	const packed = packedPart(archive, view, entry);
	const content = entry.method === stored ? packed.slice() : await through(new DecompressionStream('deflate-raw'), packed, entry.size);
	if (content.length !== entry.size || crc32(content) !== entry.crc) throw damaged('its content is not what was packed');
	return { name: entry.name, content };
}

/** Of the central directory, which alone is sure to hold sizes. */
function entryOf(archive: Uint8Array, view: DataView): Entry {
	const end = endOf(view);
	const [disk, startDisk, entriesHere, entries] = [4, 6, 8, 10].map((at) => view.getUint16(end + at, true));
	const at = view.getUint32(end + 16, true);
	if (disk !== 0 || startDisk !== 0 || entriesHere !== entries) throw unknownKind('it is spread over several files');
	if (entries !== 1) throw unknownKind(`it holds ${entries} files, not one`);
	if (at === 0xffffffff) throw unknownKind('it is a zip64 archive');
	if (at + centralHeader.length > end || view.getUint32(at, true) !== centralHeader.signature) throw damaged('it has no directory');
	const flags = view.getUint16(at + 8, true);
	const method = view.getUint16(at + 10, true);
	const [crc, packedSize, size] = [16, 20, 24].map((place) => view.getUint32(at + place, true)) as [number, number, number];
	const nameLength = view.getUint16(at + 28, true);
	const localAt = view.getUint32(at + 42, true);
	if (flags & encrypted) throw unknownKind('it is encrypted');
	if (method !== stored && method !== deflated) throw unknownKind(`it is packed by method ${method}`);
	if ([packedSize, size, localAt].includes(0xffffffff)) throw unknownKind('it is a zip64 archive');
	if (at + centralHeader.length + nameLength > end) throw damaged('its directory is cut off');
	const start = at + centralHeader.length;
	const name = new TextDecoder().decode(archive.subarray(start, start + nameLength));
	return { method, crc, packedSize, size, name, localAt };
}

/** Where the end record starts: the last place from which its comment reaches exactly to the end. */
function endOf(view: DataView): number {
	const last = view.byteLength - endRecord.length;
	for (let at = last; at >= Math.max(0, last - longestComment); at--) {
		const comment = last - at;
		if (view.getUint32(at, true) === endRecord.signature && view.getUint16(at + 20, true) === comment) return at;
	}
	throw damaged('it is no zip archive');
}

function packedPart(archive: Uint8Array, view: DataView, { localAt, packedSize, method, size }: Entry): Uint8Array {
	const isThere = localAt + localHeader.length <= archive.length && view.getUint32(localAt, true) === localHeader.signature;
	if (!isThere) throw damaged('its file is not where the directory says');
	const start = localAt + localHeader.length + view.getUint16(localAt + 26, true) + view.getUint16(localAt + 28, true);
	if (start + packedSize > archive.length || (method === stored && packedSize !== size)) throw damaged('it is cut off');
	return archive.subarray(start, start + packedSize);
}

/** Bytes through a stream that packs or unpacks; no more than `most` are taken. */
async function through(stream: CompressionStream | DecompressionStream, bytes: Uint8Array, most = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
	const writer = stream.writable.getWriter();
	// The reader below hears of what goes wrong; here it would be heard of twice.
	const written = writer.write(bytes).then(async () => await writer.close());
	written.catch(() => undefined);
	const parts: Uint8Array[] = [];
	let length = 0;
	const reader = stream.readable.getReader() as { read(): Promise<{ done: boolean; value?: Uint8Array }>; cancel(): Promise<void> };
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done || !value) return joined(parts);
			length += value.length;
			if (length > most) throw damaged('it holds more than it says');
			parts.push(value);
		}
	} catch (error) {
		await reader.cancel().catch(() => undefined);
		throw error instanceof ZipError ? error : damaged('its content cannot be unpacked');
	}
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

/** The remainder of each byte by the polynomial of CRC-32, as zip, gzip and PNG use it. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
	return value >>> 0;
});

function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = (remainders[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
	return (crc ^ 0xffffffff) >>> 0;
}

const damaged = (why: string) => new ZipError(`The zip archive is damaged: ${why}`);
const unknownKind = (why: string) => new ZipError(`The zip archive cannot be read: ${why}`);
const tooLarge = (most: number) => new ZipError(`The file in the zip archive has more than ${Math.round(most / 1_048_576)} MB`);
