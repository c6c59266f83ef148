/** Ways by which a text leaves the program, read from the syntax tree of a file. */
import ts from 'typescript';

const STREAMS = new Set(['stdout', 'stderr']);
/** Of node:fs and node:fs/promises. */
const WRITERS = /^(write|append|createWriteStream|open)/;
/** Functions that open a way out, or make secrets, by name. */
const MAKERS = new Set(['createOutlet', 'createKnownSecrets', 'prepareSecrets', 'liveTerminal']);

const importedFrom = (declaration: ts.ImportDeclaration): readonly string[] => {
  const bindings = declaration.importClause?.namedBindings;
  const module = (declaration.moduleSpecifier as ts.StringLiteral).text;
  if (!/^node:fs(\/promises)?$/.test(module) || bindings === undefined) return [];
  if (!ts.isNamedImports(bindings)) return ['node:fs'];
  return bindings.elements
    .filter(({ isTypeOnly }) => !isTypeOnly && declaration.importClause?.isTypeOnly !== true)
    .map(({ propertyName, name }) => (propertyName ?? name).text)
    .filter((name) => WRITERS.test(name) && name !== 'openSync');
};

const wayOf = (node: ts.Node): readonly string[] => {
  if (ts.isImportDeclaration(node)) return importedFrom(node);
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    return MAKERS.has(node.expression.text) ? [node.expression.text] : [];
  }
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return [];
  const { text } = node.expression;
  if (text === 'console') return ['console'];
  return text === 'process' && STREAMS.has(node.name.text) ? [`process.${node.name.text}`] : [];
};

/** Each once, sorted. */
export const waysOutIn = (text: string): readonly string[] => {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    for (const way of wayOf(node)) found.add(way);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true));
  return [...found].sort();
};
