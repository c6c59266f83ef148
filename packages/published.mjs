/**
 * `node packages/published.mjs with-tools`, before packing: package.json names the tools packages of its own version as
 * optional dependencies; `as-it-was`, after it, takes them out. They cannot stand there always: npm would look for them in
 * a registry where they are not before this version is published, and as workspaces it refuses the CPU that is not ours.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const manifest = new URL('../package.json', import.meta.url);
const read = (url) => JSON.parse(readFileSync(url, 'utf8'));

const tools = () =>
  readdirSync(new URL('.', import.meta.url))
    .filter((name) => name.startsWith('tools-'))
    .map((name) => read(new URL(`${name}/package.json`, import.meta.url)))
    .map(({ name, version }) => [name, version]);

const { optionalDependencies: _, ...own } = read(manifest);
const [what] = process.argv.slice(2);
if (what !== 'with-tools' && what !== 'as-it-was') throw new Error('say with-tools or as-it-was');
const wanted = what === 'with-tools' ? { ...own, optionalDependencies: Object.fromEntries(tools()) } : own;
writeFileSync(manifest, `${JSON.stringify(wanted, null, 2)}\n`);
