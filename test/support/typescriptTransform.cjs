// Jest's view of our TypeScript: types stripped and imports made CommonJS by the TypeScript compiler itself, no second compiler to install.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const ts = require('typescript');

const compilerOptions = {
	module: ts.ModuleKind.CommonJS,
	target: ts.ScriptTarget.ES2022,
	esModuleInterop: true,
	inlineSourceMap: true,
	inlineSources: true,
};
const self = readFileSync(__filename, 'utf8');

module.exports = {
	process(source, fileName) {
		// `.mts` would stay an ES module whatever the options say.
		const { outputText } = ts.transpileModule(source, { compilerOptions, fileName: fileName.replace(/\.m([tj]s)$/, '.$1') });
		const code = outputText
			.replaceAll('import.meta.dirname', '__dirname')
			.replaceAll('import.meta.filename', '__filename')
			.replaceAll('import.meta.url', "require('node:url').pathToFileURL(__filename).href");
		return { code };
	},
	getCacheKey(source, fileName) {
		return createHash('sha256').update([ts.version, self, fileName, source].join('\0')).digest('hex');
	},
};
