import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { deflateRawSync } from 'node:zlib';

import { ZipError, unzip, zip } from '../../../zoho/zip';

const most = 1_000_000;
const content = fc.oneof(fc.uint8Array({ maxLength: 5_000 }), fc.string({ maxLength: 5_000 }).map(strToU8));
const fileName = fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }).filter((name) => !name.includes('\0'));

test('what was put into an archive comes out of it, for another reader, too', async () => {
	await fc.assert(
		fc.asyncProperty(fileName, content, async (name, bytes) => {
			const archive = await zip({ name, content: bytes });
			expect(await unzip(archive, most)).toEqual({ name, content: bytes });
			// The other reader gives an object with a key for each file, which cannot have this one.
			if (name === '__proto__') return;
			expect(Object.entries(unzipSync(archive)).map(([one, data]) => [one, strFromU8(data, true)])).toEqual([[name, strFromU8(bytes, true)]]);
		}),
	);
});

test('archives of another writer are read, packed or not, with a comment and inside a larger buffer', async () => {
	await fc.assert(
		fc.asyncProperty(content, fc.constantFrom(0, 6, 9), fc.nat(50), async (bytes, level, comment) => {
			const made = zipSync({ 'Contacts.csv': [bytes, { level: level as 0 | 6 | 9, mtime: '2026-11-28', comment: 'of the file' }] });
			const archive = new Uint8Array(made.length + comment);
			archive.set(made);
			new DataView(archive.buffer).setUint16(made.length - 2, comment, true);
			const larger = new Uint8Array(archive.length + 7);
			larger.set(archive, 3);
			expect(await unzip(larger.subarray(3, 3 + archive.length), most)).toEqual({ name: 'Contacts.csv', content: bytes });
		}),
	);
});

test('whatever bytes come, they are read as they were packed or refused with a ZipError', async () => {
	const archive = await zip({ name: 'a.csv', content: strToU8('id,Last_Name\r\n1,Lee\r\n'.repeat(20)) });
	const right = (await unzip(archive, most)).content;
	await fc.assert(
		fc.asyncProperty(fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat(archive.length), async (changes, cut) => {
			const broken = archive.slice(0, cut === 0 ? archive.length : cut);
			for (const [at, value] of changes) if (at < broken.length) broken[at] = value;
			const outcome = await unzip(broken, most).catch((error: unknown) => error);
			if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ZipError);
			else expect((outcome as { content: Uint8Array }).content).toEqual(right);
		}),
		{ numRuns: 500 },
	);
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
			await expect(unzip(bytes, most)).rejects.toBeInstanceOf(ZipError);
		}),
	);
});

/** An archive of one file that says what it likes about its size. */
function lying(packed: Buffer, size: number): Uint8Array {
	const archive = zipSync({ a: [strToU8('x'), { level: 9 }] });
	const head = Buffer.from(archive).subarray(0, 31);
	const tail = Buffer.from(archive).subarray(Buffer.from(archive).indexOf('PK\x01\x02', 0, 'latin1'));
	tail.writeUInt16LE(8, 10);
	tail.writeUInt32LE(packed.length, 20);
	tail.writeUInt32LE(size, 24);
	tail.writeUInt32LE(31 + packed.length, tail.length - 22 + 16);
	return Buffer.concat([head, packed, tail]);
}

test('a file that says it is too large is refused before it is unpacked, one that lies while it is', async () => {
	const bomb = deflateRawSync(Buffer.alloc(50_000_000));
	expect(bomb.length).toBeLessThan(60_000);
	await expect(unzip(lying(bomb, 50_000_000), most)).rejects.toThrow(/has more than 1 MB/);
	await expect(unzip(lying(bomb, 1_000), most)).rejects.toThrow(/holds more than it says/);
});

test.each<[string, Uint8Array, RegExp]>([
	['nothing', new Uint8Array(), /no zip archive/],
	['an empty archive', zipSync({}), /holds 0 files/],
	['two files', zipSync({ a: strToU8('a'), b: strToU8('b') }), /holds 2 files/],
	['an encrypted file', changed((bytes, directory) => bytes.writeUInt16LE(1, directory + 8)), /encrypted/],
	['another method', changed((bytes, directory) => bytes.writeUInt16LE(14, directory + 10)), /method 14/],
	['zip64', changed((bytes, directory) => bytes.writeUInt32LE(0xffffffff, directory + 24)), /zip64/],
	['several disks', changed((bytes) => bytes.writeUInt16LE(1, bytes.length - 22 + 4)), /several files/],
	['wrong content', changed((bytes, directory) => bytes.writeUInt32LE(1, directory + 16)), /not what was packed/],
])('%s is refused by name', async (_, archive, words) => {
	const outcome = unzip(archive, most);
	await expect(outcome).rejects.toBeInstanceOf(ZipError);
	await expect(outcome).rejects.toThrow(words);
});

function changed(change: (bytes: Buffer, directory: number) => void): Uint8Array {
	const bytes = Buffer.from(zipSync({ a: strToU8('content'.repeat(20)) }));
	change(bytes, bytes.indexOf('PK\x01\x02', 0, 'latin1'));
	return bytes;
}
