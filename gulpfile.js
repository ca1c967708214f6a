// What `tsc` does not copy into dist: icons (light and dark), codex files (*.node.json), output schemas, template workflows.
const { src, dest } = require('gulp');

const assets = ['{credentials,nodes}/**/*.{svg,png}', 'icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json', 'workflows/*.json'];

function copyAssets() {
	return src(assets, { base: '.', encoding: false, allowEmpty: true }).pipe(dest('dist'));
}

exports.default = copyAssets;
