/** What comes with us from others, as the lock has it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { JUDGED, SDK } from '../../../packages/release/judged.ts';
import { licenceOf, OLD_FORM_NAMES, refusedLicences } from '../../../packages/release/licences.ts';
import { type Lock, type LockedPackage, readLock } from '../../../packages/release/lock.ts';
import { purl, sbom } from '../../../packages/release/sbom.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
const { licenceText } = (await import(`${root}bundling.config.mjs`)) as {
  licenceText(dir: string, manifest: object): string;
};
const lock = readLock(read('package-lock.json'));
const byPath = new Map(lock.packages.map((each) => [each.path, each]));

const packageOf = (more: Partial<LockedPackage>): LockedPackage => ({
  path: 'node_modules/x',
  name: 'x',
  version: '1.0.0',
  license: 'MIT',
  integrity: undefined,
  dev: false,
  optional: false,
  scripted: false,
  needs: [],
  ...more,
});

/** A package and all that it needs, at any depth. */
const withNeeds = (path: string, seen = new Set<string>()): ReadonlySet<string> => {
  if (!seen.has(path)) {
    seen.add(path);
    for (const need of byPath.get(path)?.needs ?? []) withNeeds(need, seen);
  }
  return seen;
};

describe('packages of others', () => {
  it('have licences that the list allows', () => {
    expect(lock.packages.length).toBeGreaterThan(200);
    expect(refusedLicences(lock.packages)).toEqual([]);
  });

  it('are refused under a licence that is not in the list, that is composed, or that nobody names', () => {
    const refused = (license: string | undefined, dev = false) =>
      refusedLicences([packageOf({ license, dev })]).length === 1;
    expect(
      ['MIT', 'ISC', 'MIT OR GPL-3.0-only', '(GPL-2.0-only OR BSD-3-Clause)'].map((each) => refused(each)),
    ).toEqual([false, false, false, false]);
    expect(
      ['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'SEE LICENSE IN x', 'toString', undefined].map((each) => refused(each)),
    ).toEqual([true, true, true, true, true]);
    expect([refused('MPL-2.0'), refused('MPL-2.0', true)]).toEqual([true, false]);
  });

  it('whose manifest is of the old form have the licence that stands in it', () => {
    for (const name of OLD_FORM_NAMES) {
      const { licenses } = JSON.parse(read(`node_modules/${name}/package.json`)) as { licenses: { type: string }[] };
      expect(licenses.map(({ type }) => type)).toEqual([licenceOf({ name, license: undefined })]);
    }
  });

  it('that the SDK of Rocket.Chat brings are each judged in the very version of the lock', () => {
    const brought = [...withNeeds(`node_modules/${SDK}`)]
      .map((path) => byPath.get(path))
      .filter((each) => each !== undefined)
      // The project's own, at its own version: overridden.
      .filter(({ name }) => name !== 'ws');
    const order = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect(brought.map(({ name, version }) => ({ name, version })).toSorted(order)).toEqual(
      JUDGED.map(({ name, version }) => ({ name, version })).toSorted(order),
    );
  });

  it('that the SDK of Rocket.Chat brings have one WebSocket, the one of the project', () => {
    expect(lock.packages.filter(({ name }) => name === 'ws').map(({ path }) => path)).toEqual(['node_modules/ws']);
  });

  it('that run a script when they are installed are known: all work without it', () => {
    expect(lock.packages.filter(({ scripted }) => scripted).map(({ name }) => name)).toEqual([
      'cpu-features',
      'esbuild',
      'protobufjs',
      'ssh2',
    ]);
  });

  it('all have a checksum in the lock', () => {
    const without = lock.packages.filter(({ integrity }) => integrity === undefined).map(({ path }) => path);
    expect(without).toEqual([]);
  });
});

interface Bom {
  readonly components: readonly { 'bom-ref': string; purl: string; hashes: { alg: string; content: string }[] }[];
  readonly dependencies: readonly { ref: string; dependsOn: readonly string[] }[];
  readonly metadata: { component: { 'bom-ref': string; purl: string } };
}

describe('the list of what is in a release', () => {
  const released = { name: 'chatops-up', version: '1.2.3', license: 'MIT' };
  const NOTHING: Lock = { needs: [], packages: [] };
  const bom = (of: Lock = lock, tools: Lock = NOTHING): Bom => JSON.parse(sbom(released, of, tools)) as Bom;

  it('names every package of others that npm’s own list names', () => {
    const npm = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'], {
      encoding: 'utf8',
      cwd: root,
      maxBuffer: 32 * 2 ** 20,
    });
    const names = (each: Pick<Bom, 'components'>) => each.components.map((component) => component.purl);
    const own = new Set(names(bom()));
    // That list lacks packages that work on the project needs as well (npm 11.19: yaml, commander), so it is no list to ship.
    const theirs = names(JSON.parse(npm) as Bom).filter((each) => !each.startsWith('pkg:npm/%40chatops-up/'));
    expect(theirs.length).toBeGreaterThan(100);
    expect(theirs.filter((each) => !own.has(each))).toEqual([]);
    expect([...own]).toEqual(expect.arrayContaining([expect.stringContaining('pkg:npm/yaml@')]));
  });

  it('names nothing that it does not list', () => {
    const { components, dependencies, metadata } = bom();
    const known = new Set([...components.map((each) => each['bom-ref']), metadata.component['bom-ref']]);
    expect(components.length).toBeGreaterThan(100);
    expect(dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !known.has(ref))).toEqual(
      [],
    );
  });

  it('has the checksum of the lock, in hexadecimal', () => {
    const integrity = `sha512-${Buffer.alloc(64, 7).toString('base64')}`;
    const [component] = bom({ needs: [], packages: [packageOf({ integrity })] }).components;
    expect(component?.hashes).toEqual([{ alg: 'SHA-512', content: '07'.repeat(64) }]);
  });

  it('names what the executables of the tools are made of: their runtime, by CPU, and the C library', () => {
    const tools = readLock(read('compose/tools/package-lock.json'));
    const { components, dependencies } = bom(lock, tools);
    const held = components.filter((each) => each['bom-ref'].startsWith('tools/'));
    expect(held.map((each) => each.purl ?? each['bom-ref'])).toEqual([
      expect.stringMatching(/^pkg:npm\/%40oven\/bun-linux-aarch64@\d/),
      expect.stringMatching(/^pkg:npm\/%40oven\/bun-linux-x64-baseline@\d/),
      'tools/glibc',
    ]);
    expect(dependencies[0]?.dependsOn).toEqual(expect.arrayContaining(held.map((each) => each['bom-ref'])));
  });

  it('leaves out what only work on the project needs', () => {
    const refs = bom({ needs: [], packages: [packageOf({ dev: true })] }).components.map((each) => each['bom-ref']);
    expect(refs).toEqual(['tools/glibc']);
  });

  it('writes a scope as package URLs want it', () => {
    expect(purl('@a/b', '1.0.0-alpha.1+x')).toBe('pkg:npm/%40a/b@1.0.0-alpha.1%2Bx');
  });

  it('is the same text for the same lock', () => {
    expect(sbom(released, readLock(read('package-lock.json')), NOTHING)).toBe(sbom(released, lock, NOTHING));
  });
});

describe('licence texts', () => {
  it('are there of every package whose code is taken into the programs and the tools', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const taken = Object.keys(dependencies).flatMap((name) => [...withNeeds(`node_modules/${name}`)]);
    // What is optional may be missing, and is never taken in.
    const here = taken.filter((path) => existsSync(root + path));
    const texts = here.map((path) => licenceText(root + path, JSON.parse(read(`${path}/package.json`))));
    expect(here.length).toBeGreaterThan(20);
    expect(texts.filter((text) => !/copyright|permission/i.test(text))).toEqual([]);
  });

  it('are written out for a package that only names the ISC or MIT licence, and demanded of any other', () => {
    const empty = mkdtempSync(join(tmpdir(), 'chatops-licence-'));
    const manifest = { name: 'x', version: '1.0.0', author: 'A. N. Author', license: 'ISC' };
    const refused = () => licenceText(empty, { ...manifest, license: 'Apache-2.0' });
    expect(licenceText(empty, manifest)).toMatch(/^ISC License\n\nCopyright \(c\) A\. N\. Author\n/);
    expect(licenceText(empty, { ...manifest, license: 'MIT' })).toMatch(
      /^MIT License\n\nCopyright \(c\) A\. N\. Author\n\nPermission is hereby granted/,
    );
    expect(refused).toThrow('x 1.0.0 brings no text of its licence (Apache-2.0)');
    rmSync(empty, { recursive: true });
  });
});
