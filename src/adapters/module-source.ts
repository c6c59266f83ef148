/** Modules on this machine: found as Node finds them, read as text. */
import { existsSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { initSync, parse } from 'es-module-lexer';
import type { ModuleSource, Named, Read, Resolved } from '../contracts/module-source.ts';
import { exportedFile } from './exported-file.ts';
import { packageFolder } from './package-folder.ts';
import { readManifest } from './package-manifest.ts';
import { readBounded } from './read-bounded.ts';

/** Bytes; a bundle of many packages is far below. */
const LARGEST_FILE = 4 * 1024 * 1024;

/** `@a/b/c` → `@a/b` and `./c`. */
const partsOf = (specifier: string): readonly [string, string] => {
  const words = specifier.split('/');
  const count = specifier.startsWith('@') ? 2 : 1;
  return [words.slice(0, count).join('/'), ['.', ...words.slice(count)].join('/')];
};

const packageFile = (specifier: string, from: string): string | undefined => {
  const [name, subpath] = partsOf(specifier);
  const found = packageFolder(name, [from]);
  return found === undefined ? undefined : exportedFile(found, subpath);
};

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

/** The nearest package.json above it says what `.js` is (https://nodejs.org/docs/latest-v20.x/api/packages.html#determining-module-system). */
const isModuleByPackage = (file: string): boolean => {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return readManifest(folder)?.type === 'module';
    if (folder.endsWith(sep)) return false;
  }
};

const COMMON_JS =
  'it is a CommonJS module, and only ES modules can be carried along: bundle the part into one of these';

const notJavaScript = (ending: string): string => {
  if (ending === '.cjs') return COMMON_JS;
  if (ending === '.node') return 'it is a native module: it fits this machine alone';
  return `only JavaScript and JSON can be carried along, not ${ending === '' ? 'a file without an ending' : ending}`;
};

/** Marks of the lexer for what is no import by a fixed name (es-module-lexer 2, `ImportSpecifier`). */
const META = -2;

/** What a module does that only works where its own file is. */
const tiedToItsFile = (text: string, file: string): string | undefined => {
  const [imports] = parse(text, file);
  if (imports.some(({ d: dynamic }) => dynamic === META)) {
    return 'it uses import.meta: in a container, a carried module has no file';
  }
  if (imports.some(({ n: specifier, d: dynamic }) => dynamic > -1 && specifier === undefined)) {
    return 'it imports a module whose name is known only when it runs: write the name as it is';
  }
  return undefined;
};

const refused = (why: string): Read => ({ kind: 'refused', why });

const readModule = (text: string, file: string): Read => {
  initSync();
  try {
    // As Node does it: without a word in package.json, the text decides.
    const isModule = extname(file) === '.mjs' || isModuleByPackage(file) || parse(text, file)[3];
    if (!isModule) return refused(COMMON_JS);
    const why = tiedToItsFile(text, file);
    return why === undefined ? { kind: 'module', text } : refused(why);
  } catch (thrown) {
    return refused(`it cannot be read as a module (${thrown instanceof Error ? thrown.message : String(thrown)})`);
  }
};

const read = (file: string): Read => {
  const ending = extname(file);
  if (!['.json', '.mjs', '.js'].includes(ending)) return refused(notJavaScript(ending));
  const found = readBounded(file, LARGEST_FILE);
  if (found.kind === 'too-large') return refused(`it is larger than ${LARGEST_FILE / 1024 / 1024} MiB`);
  if (found.kind !== 'text') return refused(`it cannot be read (${found.kind === 'none' ? 'ENOENT' : found.why})`);
  return ending === '.json' ? { kind: 'json', text: found.text } : readModule(found.text, file);
};

/** @param there what programs of ours bring themselves */
export const createModuleSource = (there: readonly string[]): ModuleSource => ({
  read,
  resolve: (specifier, fromFile): Resolved => {
    if (isBuiltin(specifier) || there.includes(specifier)) return { kind: 'there' };
    const file = /^[./]/.test(specifier) ? resolve(dirname(fromFile), specifier) : packageFile(specifier, fromFile);
    return file !== undefined && isFile(file) ? { kind: 'file', file } : { kind: 'not-found' };
  },
  namedIn: (text, file): readonly Named[] => {
    initSync();
    const [imports] = parse(text, file);
    return imports.flatMap(({ n: specifier, s: from, e: to, se: end, d: dynamic }) =>
      specifier === undefined ? [] : [{ specifier, from, to, end, isDynamic: dynamic > -1 }],
    );
  },
});
