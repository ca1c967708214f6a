/** What the code of the package names, read with TypeScript's parser, so that comments and types do not count. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const root = path.resolve(import.meta.dirname, '../..');

/** Paths from the root of the project. */
export function filesIn(folder: string, ending: RegExp): string[] {
	return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.map((name) => path.join(folder, name))
		.filter((name) => ending.test(name))
		.sort();
}

export function textOf(file: string): string {
	return readFileSync(path.join(root, file), 'utf8');
}

export interface Names {
	/** As JavaScript, without comments and types. */
	code: string;
	/** What it takes from its surroundings: names that it does not declare. */
	free: Set<string>;
	/** Of imports and `require()`; '(computed)' where it is no plain text. */
	modules: Set<string>;
	/** All literals. */
	texts: string[];
}

export function namesIn(file: string): Names {
	const code = bare(textOf(file));
	const source = ts.createSourceFile(file, code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
	const declared = new Set<string>();
	const names: Names = { code, free: new Set(), modules: new Set(), texts: [] };
	const visit = (node: ts.Node): void => {
		if (ts.isIdentifier(node) && isDeclared(node)) declared.add(node.text);
		else if (ts.isIdentifier(node) && !isNameOfMember(node)) names.free.add(node.text);
		if (ts.isLiteralExpression(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
			names.texts.push(node.text);
		if (ts.isCallExpression(node) && isLoader(node.expression)) names.modules.add(plain(node.arguments[0]));
		ts.forEachChild(node, visit);
	};
	visit(source);
	for (const name of declared) names.free.delete(name);
	return names;
}

function bare(text: string): string {
	const compilerOptions = {
		module: ts.ModuleKind.CommonJS,
		target: ts.ScriptTarget.ES2022,
		esModuleInterop: true,
		removeComments: true,
	};
	return ts.transpileModule(text, { compilerOptions }).outputText;
}

function isDeclared(node: ts.Identifier): boolean {
	const { parent } = node;
	const declares =
		ts.isVariableDeclaration(parent) ||
		ts.isParameter(parent) ||
		ts.isBindingElement(parent) ||
		ts.isFunctionDeclaration(parent) ||
		ts.isFunctionExpression(parent) ||
		ts.isClassDeclaration(parent);
	return declares && parent.name === node;
}

/** `fs` in `x.fs`, `{ fs: 1 }` or a method's name is not what the file takes from outside. */
function isNameOfMember(node: ts.Identifier): boolean {
	const { parent } = node;
	if (ts.isBindingElement(parent)) return parent.propertyName === node;
	if (ts.isBreakOrContinueStatement(parent) || ts.isLabeledStatement(parent)) return true;
	const hasMemberName =
		ts.isPropertyAccessExpression(parent) ||
		ts.isPropertyAssignment(parent) ||
		ts.isPropertyDeclaration(parent) ||
		ts.isMethodDeclaration(parent) ||
		ts.isGetAccessorDeclaration(parent);
	return hasMemberName && parent.name === node;
}

function isLoader(node: ts.Expression): boolean {
	return node.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node) && node.text === 'require');
}

function plain(node: ts.Node | undefined): string {
	return node && ts.isStringLiteralLike(node) ? node.text : '(computed)';
}
