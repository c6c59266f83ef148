/**
 * Builds dist/: the programs and the library. Run as `node rolldown.config.mjs`; it takes about a second, therefore
 * `npm start` always builds.
 */
import { chmodSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import MagicString from 'magic-string';
import { rolldown } from 'rolldown';
import { leaner, notices, ONCE, packageFor, version } from './bundling.config.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
// A test run builds into a folder of its own, so that two runs never use each other's programs.
const outdir = resolve(root, process.env.CHATOPS_DIST ?? 'dist');

const ENTRIES = {
  library: 'src/wiring/library.ts',
  'chatops-up': 'src/cli/chatops-up.ts',
  'chatops-probe': 'src/programs/chatops-probe.ts',
};
/** What `--help` loads is loaded by every command. */
const PROGRAMS = [ENTRIES['chatops-up'], ENTRIES['chatops-probe']];
/** Loaded late, by most runs: what they need comes in few files too. */
const LATE = [
  'src/cli/commands/up.ts',
  'src/wiring/create-world.ts',
  'src/wiring/choose-docker.ts',
  'src/wiring/create-embedded.ts',
  'src/engines/docker/client/docker-ping.ts',
];

/** Everything that is loaded as soon as a module is. */
const closureOf = (entry, modules, found = new Set()) => {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const id of modules.getModuleInfo(entry)?.importedIds ?? []) closureOf(id, modules, found);
  return found;
};

/** What a program loads only when it is used. */
const lateOf = (entry, modules) => [
  ...new Set([...closureOf(entry, modules)].flatMap((id) => modules.getModuleInfo(id)?.dynamicallyImportedIds ?? [])),
];

/**
 * Which file a module goes to: together with all that are loaded by the same ones. Reading a file takes Node about a
 * millisecond, so that a program in fifty of them starts a fifth later than in five.
 * @returns a function of a module → the name of its file; null where it is loaded late, alone
 */
const together = () => {
  const [programs, late] = [PROGRAMS, [ENTRIES.library, ...LATE]].map((paths) => paths.map((path) => join(root, path)));
  let beginnings;
  let closures;
  return (id, modules) => {
    // A probe is started every few seconds: what it loads late, the client of what it asks, brings only what that needs.
    beginnings ??= [programs, [...late, ...lateOf(join(root, ENTRIES['chatops-probe']), modules)]];
    closures ??= beginnings.map((paths) => paths.map((path) => closureOf(path, modules)));
    // What a program does when it is read stays its own.
    if (beginnings.flat().includes(id)) return null;
    const loadedBy = closures.map((each) => each.flatMap((closure, at) => (closure.has(id) ? [at] : [])));
    const [atOnce, later] = loadedBy;
    if (atOnce.length > 0) return `program-${atOnce.join('')}`;
    return later.length > 0 ? `shared-${later.map((at) => at.toString(36)).join('')}` : null;
  };
};

/**
 * What a CommonJS module is wrapped into is called as soon as it is needed, whole. V8 reads a function twice, once to find
 * its end and once when it is called, but not one in brackets with this keyword.
 */
const WRAPPED = /__commonJSMin\(\(\(([\w$, ]*)\) => \{/g;
const renderChunk = (code) => {
  const text = new MagicString(code);
  text.replaceAll(WRAPPED, (_, names) => `__commonJSMin((function(${names}) {`);
  return text.hasChanged() ? { code: text.toString(), map: text.generateMap() } : null;
};

const resolveId = (name, importer) => {
  const id = packageFor(name, importer);
  return id && { id, external: true };
};

const bundle = await rolldown({
  cwd: root,
  input: ENTRIES,
  platform: 'node',
  preserveEntrySignatures: 'allow-extension',
  resolve: { alias: ONCE, conditionNames: ['chatops-source'] },
  transform: { target: 'node20.19', define: { CHATOPS_VERSION: JSON.stringify(version) } },
  plugins: [{ name: 'packages', resolveId, load: leaner, renderChunk }],
});

const { output } = await bundle.write({
  dir: outdir,
  format: 'esm',
  sourcemap: true,
  comments: false,
  // Names stay, for stack traces; Node reads the rest in less time.
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  chunkFileNames: 'chunks/[name]-[hash].js',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ name: together(), debugName: 'together' }],
  },
});
for (const { fileName, isEntry } of output) {
  // npm gives a program the right to be run when it installs it, a clone does not.
  if (isEntry && fileName !== 'library.js') chmodSync(join(outdir, fileName), 0o755);
}
const inputs = output.flatMap(({ moduleIds = [] }) => moduleIds);
writeFileSync(join(outdir, 'THIRD-PARTY.txt'), notices(inputs, root));
