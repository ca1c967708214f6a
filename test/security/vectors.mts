/**
 * Known answers of HMAC-SHA256 that others have published: keys, messages and digests are theirs, nothing here was calculated by this
 * project. Each names where it stands.
 */

export interface Vector {
	source: string;
	/** Text, or bytes that are none. */
	key: string | Buffer;
	message: string | Buffer;
	/** Lower-case hex. */
	digest: string;
}

const github = 'GitHub Docs, "Validating webhook deliveries"';
const octokit = 'octokit/webhooks-methods.js, test/verify.test.ts and test/sign.test.ts';
const rfc = (section: string) =>
	`RFC 4231, "Identifiers and Test Vectors for HMAC-SHA-224, ...", section ${section}`;
const bytes = (byte: number, count: number) => Buffer.alloc(count, byte);
const hexOf = (base64: string) => Buffer.from(base64, 'base64').toString('hex');

/** As GitHub writes JSON: indented by two spaces, a line break at the end, hex digits of escapes in upper case. */
const pretty = (payload: object) =>
	`${JSON.stringify(payload, null, 2)}\n`.replace(
		/\\u[\da-f]{4}/g,
		(escape) => `\\u${escape.slice(2).toUpperCase()}`,
	);

export const vectors: Vector[] = [
	{
		source: 'Zoho Sign help, "Securing Zoho Sign webhooks with HMAC" (the double brace is printed so)',
		key: 'thisisthesamplekeyfortestingpurposes',
		message:
			'{{"requests":{"request_name":"Test Name"},"notifications":{"operation_type":"RequestSigningSuccess"}}',
		digest: hexOf('drbSrM4H816RYKpZiRBLddUa0yHaTrwjtY04sIZFZus='),
	},
	{
		source: github,
		key: "It's a Secret to Everybody",
		message: 'Hello, World!',
		digest: '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
	},
	{
		source: `${octokit}: a body with line breaks`,
		key: 'mysecret',
		message: '{\n  "foo": "bar"\n}\n',
		digest: 'e3eccac34c43c7dc1cbb905488b1b81347fcc700a7b025697a9d07862256023f',
	},
	{
		source: `${octokit}: the same, compact`,
		key: 'mysecret',
		message: '{"foo":"bar"}',
		digest: '4864d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda3',
	},
	{
		source: `${octokit}: characters beyond ASCII and escapes`,
		key: 'development',
		message: pretty({ foo: 'Foo\n\u001b[34mbar: ♥♥♥♥♥♥♥♥\nthis-is-lost\u001b[0m\u001b[2K' }),
		digest: '9dacf9003316b09be07df56d86a2d0d6872e42a1e6c72c3bad9ff915a7c5603e',
	},
	{
		source: `${octokit}: an escape that is text`,
		key: 'development',
		message: '{\n  "foo": "\\\\u001b"\n}\n',
		digest: '87316067e2011fae39998b18c46a14d83b3e7c3ffdd88fb2ee5afb7d11288e60',
	},
	{
		source:
			'standard-webhooks/standard-webhooks, libraries/javascript/src/webhook.test.ts (and svix): "sign function works"',
		key: Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64'),
		message: 'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}',
		digest: hexOf('g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='),
	},
	{
		source: rfc('4.2'),
		key: bytes(0x0b, 20).toString('latin1'),
		message: 'Hi There',
		digest: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
	},
	{
		source: rfc('4.3'),
		key: 'Jefe',
		message: 'what do ya want for nothing?',
		digest: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
	},
	{
		source: rfc('4.4'),
		key: bytes(0xaa, 20),
		message: bytes(0xdd, 50),
		digest: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
	},
	{
		source: rfc('4.5'),
		key: Buffer.from(Array.from({ length: 25 }, (_, n) => n + 1)).toString('latin1'),
		message: bytes(0xcd, 50),
		digest: '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
	},
	{
		source: rfc('4.7'),
		key: bytes(0xaa, 131),
		message: 'Test Using Larger Than Block-Size Key - Hash Key First',
		digest: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
	},
	{
		source: rfc('4.8'),
		key: bytes(0xaa, 131),
		message:
			'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.',
		digest: '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
	},
];
