/**
 * What a file asks of the machine by itself: time, chance, process, disk, network. Read from its syntax tree, so that a
 * word in a comment or a parameter of the same name is nothing.
 */
import ts from 'typescript';

/** Globals that are an effect as soon as they are used. */
const GLOBALS = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'process',
  'fetch',
  'WebSocket',
  'EventSource',
]);
/** Members of globals that compute nothing. */
const MEMBERS = new Set([
  'Date.now',
  'Math.random',
  'AbortSignal.timeout',
  'crypto.randomUUID',
  'crypto.getRandomValues',
]);
/** Node's modules that reach out of the program. */
const MODULES =
  /^node:(child_process|cluster|dgram|dns|fs|http|http2|https|inspector|net|os|perf_hooks|process|readline|sqlite|timers|tls|tty|worker_threads)(\/|$)/;
/** Of these modules, what only computes. */
const PURE = new Set(['isIP', 'isIPv4', 'isIPv6', 'BlockList', 'STATUS_CODES']);
/** Of node:crypto, what draws. */
const DRAWS = /^(random|generate|webcrypto)/;

const named = (declaration: ts.ImportDeclaration): readonly ts.ImportSpecifier[] => {
  const bindings = declaration.importClause?.namedBindings;
  return bindings !== undefined && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
};

const importEffects = (declaration: ts.ImportDeclaration): readonly string[] => {
  const module = (declaration.moduleSpecifier as ts.StringLiteral).text;
  if (declaration.importClause?.isTypeOnly === true) return [];
  const values = named(declaration).filter(({ isTypeOnly }) => !isTypeOnly);
  const names = values.map(({ propertyName, name }) => (propertyName ?? name).text);
  // `import fs from`, `import * as fs from` and `import 'node:fs'` are the module as a whole.
  const isWhole = named(declaration).length === 0;
  if (module === 'node:crypto') return isWhole ? [module] : names.filter((name) => DRAWS.test(name));
  if (!MODULES.test(module)) return [];
  return isWhole || names.some((name) => !PURE.has(name)) ? [module] : [];
};

/** `import('node:fs')` and `export … from 'node:fs'`: the module as a whole; of a name put together nothing is known. */
const lateEffects = (specifier: ts.Node | undefined): readonly string[] => {
  if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return [];
  return specifier.text === 'node:crypto' || MODULES.test(specifier.text) ? [specifier.text] : [];
};

const loadedLate = (node: ts.Node): readonly string[] => {
  if (ts.isExportDeclaration(node) && !node.isTypeOnly) return lateEffects(node.moduleSpecifier);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return lateEffects(node.arguments[0]);
  return [];
};

const bindingNames = (name: ts.BindingName): readonly string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isBindingElement(element) ? bindingNames(element.name) : []));

const declaredIn = (statements: ts.NodeArray<ts.Statement>): readonly string[] =>
  statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => bindingNames(name));
    if (ts.isImportDeclaration(statement)) return named(statement).map(({ name }) => name.text);
    if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) return [statement.name.text];
    return [];
  });

const declaresAt = (node: ts.Node, name: string): boolean => {
  if (ts.isSourceFile(node) || ts.isBlock(node)) return declaredIn(node.statements).includes(name);
  if (ts.isFunctionLike(node)) return node.parameters.some((parameter) => bindingNames(parameter.name).includes(name));
  return false;
};

/** Whether the name is one of the file's own where it stands. */
const isOwn = (identifier: ts.Identifier): boolean => {
  for (let node: ts.Node = identifier; node !== undefined; node = node.parent)
    if (declaresAt(node, identifier.text)) return true;
  return false;
};

/** Names of members, of properties and of types are no globals. */
const isReference = (identifier: ts.Identifier): boolean => {
  const { parent } = identifier;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === identifier;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === identifier;
  if (ts.isBindingElement(parent)) return parent.initializer === identifier;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return (
    ts.isExpression(identifier) &&
    !ts.isTypeNode(parent) &&
    !ts.isQualifiedName(parent) &&
    !ts.isMethodSignature(parent) &&
    !ts.isPropertySignature(parent) &&
    !ts.isMethodDeclaration(parent) &&
    !ts.isImportSpecifier(parent) &&
    !ts.isExportSpecifier(parent)
  );
};

const memberOf = (node: ts.PropertyAccessExpression): string =>
  ts.isIdentifier(node.expression) ? `${node.expression.text}.${node.name.text}` : '';

const isNow = (node: ts.Node): boolean =>
  ts.isNewExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === 'Date' &&
  (node.arguments ?? []).length === 0;

const ownEffect = (node: ts.Node): string | undefined => {
  if (isNow(node)) return 'new Date()';
  if (ts.isPropertyAccessExpression(node) && MEMBERS.has(memberOf(node))) return memberOf(node);
  if (ts.isIdentifier(node) && GLOBALS.has(node.text) && isReference(node) && !isOwn(node)) return node.text;
  return undefined;
};

/** Without any of these words there is nothing to find; most files have none, and a tree takes its time. */
const WORDS =
  /Date|performance|set(Timeout|Interval|Immediate)|[rR]andom|process|fetch|WebSocket|EventSource|AbortSignal|node:/;

/** Each effect once, sorted: `Date.now`, `node:fs`, `process`, `randomUUID`. */
export const effectsIn = (text: string): readonly string[] => {
  if (!WORDS.test(text)) return [];
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.ES2023, true);
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      for (const effect of importEffects(node)) found.add(effect);
      return;
    }
    for (const effect of loadedLate(node)) found.add(effect);
    const effect = ownEffect(node);
    if (effect !== undefined) found.add(effect);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found].sort();
};
