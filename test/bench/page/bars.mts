/** A bar chart as SVG: readable in light and dark, on its own and inside a page. */

export interface Bar {
	label: string;
	value: number;
	/** The value as it is written beside the bar. */
	text: string;
	/** The product's own, in the colour that stands out. */
	ours?: boolean;
}

const width = 760;
const labelWidth = 300;
const valueWidth = 110;
const rowHeight = 40;
const top = 56;

const style = `
	text { font: 16px system-ui, sans-serif; fill: #1f2328; }
	.title { font-size: 18px; font-weight: 600; }
	.paper { fill: #ffffff; }
	.bar { fill: #8c959f; }
	.ours { fill: #0969da; }
	@media (prefers-color-scheme: dark) {
		text { fill: #f0f6fc; }
		.paper { fill: #0d1117; }
		.bar { fill: #9198a1; }
		.ours { fill: #4493f8; }
	}
`;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Bars from zero, the longest as wide as there is room. */
export function bars(title: string, rows: readonly Bar[]): string {
	const most = Math.max(...rows.map(({ value }) => value), Number.MIN_VALUE);
	const height = top + rows.length * rowHeight + 12;
	const room = width - labelWidth - valueWidth;
	const lines = rows.map(({ label, value, text, ours }, index) => {
		const y = top + index * rowHeight;
		const length = Math.max(2, Math.round((value / most) * room));
		return [
			`<text x="${labelWidth - 12}" y="${y + 20}" text-anchor="end">${escaped(label)}</text>`,
			`<rect class="${ours ? 'ours' : 'bar'}" x="${labelWidth}" y="${y}" width="${length}" height="28" rx="3"/>`,
			`<text x="${labelWidth + length + 10}" y="${y + 20}">${escaped(text)}</text>`,
		].join('\n');
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>${style}</style>
<rect class="paper" x="0" y="0" width="${width}" height="${height}" rx="8"/>
<text class="title" x="12" y="30">${escaped(title)}</text>
${lines.join('\n')}
</svg>
`;
}
