/**
 * `npm run release -- VERSION [--dry-run] [--out DIR] [--only NAME]…`: everything of a release into one folder, made from
 * a copy of what is committed; then, without --dry-run, the commit, the tag, and the packages in the registry. Nothing of
 * the working tree changes before all of it was made. docs/releasing.md says what each step is for.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { importBundled } from '../../bundling.config.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ours = await importBundled({ entryPoints: [join(root, 'packages/release/index.ts')] });

/** In the order in which they are published: what asks for the others comes last. */
const PACKAGES = {
  '@chatops-up/tools-linux-x64': 'packages/tools-linux-x64',
  '@chatops-up/tools-linux-arm64': 'packages/tools-linux-arm64',
  '@chatops-up/standins': 'packages/standins',
  'chatops-up': '.',
};

const say = (text) => process.stdout.write(`${text}\n`);
const refuse = (text) => {
  process.stderr.write(`release: ${text}\n`);
  process.exit(64);
};
const run = (cwd, program, ...args) =>
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 2 ** 20 });

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'dry-run': { type: 'boolean', default: false },
    out: { type: 'string', default: 'release' },
    only: { type: 'string', multiple: true, default: [] },
  },
});
const [version = '', ...others] = positionals;
if (!ours.isVersion(version) || others.length > 0) refuse('say one version, for instance 0.2.0');
const unknown = values.only.filter((name) => !(name in PACKAGES));
if (unknown.length > 0)
  refuse(`there is no package ${unknown.join(', ')}; there are ${Object.keys(PACKAGES).join(', ')}`);
const chosen = Object.entries(PACKAGES).filter(([name]) => values.only.length === 0 || values.only.includes(name));
if (values.only.length > 0 && !values['dry-run']) refuse('a release has all packages: --only is for a dry run');

const read = (dir, path) => readFileSync(join(dir, path), 'utf8');
const changed = run(root, 'git', 'status', '--porcelain', '--untracked-files=no').trim();
if (changed !== '') refuse(`commit first:\n${changed}`);
const tags = run(root, 'git', 'tag', '--list', 'v*').split('\n').filter(Boolean);
const notEarlier = tags.map((tag) => tag.slice(1)).filter((tag) => ours.isVersion(tag) && !ours.isLater(version, tag));
if (notEarlier.length > 0) refuse(`${version} does not come after ${notEarlier.join(', ')}`);
const day = new Date().toISOString().slice(0, 10);
const section = ours.releaseSection(read(root, 'CHANGELOG.md'), version, day);
if (typeof section === 'string') refuse(section);

const lock = ours.readLock(read(root, 'package-lock.json'));
const runtimes = ours.readLock(read(root, 'compose/tools/package-lock.json'));
const refused = ours.refusedLicences(lock.packages);
if (refused.length > 0)
  refuse(
    `licences that are not allowed:\n${refused.map((each) => `${each.name} ${each.version}: ${each.licence ?? 'none named'}`).join('\n')}`,
  );
say(`licences: ${lock.packages.length} packages, all allowed`);

const before = ours.manifestOf(read(root, 'package.json')).version;
const MANIFESTS = Object.values(PACKAGES).map((folder) => join(folder, 'package.json'));
/** Files that a release changes, path → text. */
const CHANGES = new Map([
  ...MANIFESTS.map((path) => [path, ours.manifestAt(read(root, path), version)]),
  ['package-lock.json', ours.lockAt(read(root, 'package-lock.json'), version)],
  ['CHANGELOG.md', section.text],
  ...ours.NAME_TOOLS.map((path) => [path, ours.withToolsVersion(read(root, path), before, version)]),
]);
const change = (dir) => {
  for (const [path, text] of CHANGES) writeFileSync(join(dir, path), text);
};

const out = resolve(root, values.out);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const copy = mkdtempSync(join(tmpdir(), 'chatops-release-'));
try {
  run(root, 'git', 'clone', '--quiet', '--no-hardlinks', '.', copy);
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  change(copy);
  for (const [name, folder] of chosen) {
    const [{ filename }] = JSON.parse(
      run(join(copy, folder), 'npm', 'pack', '--json', '--pack-destination', out).replace(/^[^[]*/, ''),
    );
    say(`package: ${name} ${version} → ${filename}`);
  }
  const { name, license } = ours.manifestOf(read(copy, 'package.json'));
  writeFileSync(join(out, `${name}-${version}.cdx.json`), ours.sbom({ name, version, license }, lock, runtimes));
  say(`contents: ${name}-${version}.cdx.json (CycloneDX)`);
  writeFileSync(join(out, 'NOTES.md'), section.notes);
  say(`notes: the section of ${version} in CHANGELOG.md, ${section.notes.split('\n').length - 1} lines`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}

const sha256 = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');
const files = readdirSync(out).sort();
writeFileSync(join(out, 'SHA256SUMS'), files.map((file) => `${sha256(join(out, file))}  ${file}\n`).join(''));
say(`checksums: SHA256SUMS of ${files.length} files`);

const provenance = ours.provenanceIn(process.env);
say(`provenance: ${provenance.offered ? 'yes, ' : 'no, '}${provenance.why}`);

const tarballOf = (name) => join(out, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
const publishing = chosen.map(([name]) => [
  ...['publish', tarballOf(name), '--access', 'public', '--tag', version.includes('-') ? 'next' : 'latest'],
  ...(provenance.offered ? ['--provenance'] : []),
]);
if (values['dry-run']) {
  say('a dry run: nothing was committed, tagged or published. A release would do:');
  for (const args of [
    ['commit', '-am', `release: ${version}`],
    ['tag', '-a', `v${version}`],
  ])
    say(`  git ${args.join(' ')}`);
  for (const args of publishing) say(`  npm ${args.join(' ')}`);
} else {
  change(root);
  run(root, 'git', 'commit', '--quiet', '--all', '--message', `release: ${version}`);
  run(root, 'git', 'tag', '--annotate', `v${version}`, '--file', join(out, 'NOTES.md'));
  for (const args of publishing) run(root, 'npm', ...args);
  say(`published; now: git push --follow-tags`);
}
