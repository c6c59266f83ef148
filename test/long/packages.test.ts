/** What is published: opened as npm would send it, and judged from what stands in it. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { have, leftOutSuite } from '../helpers/available.ts';
import { collect, type Ended } from '../helpers/cli.ts';
import { canPack, PACKAGES, type PackageName, type Packed, pack } from '../helpers/packed.ts';
import { httpServer } from '../helpers/servers.ts';
import { initiated, startNode } from '../standins/mongod/nodes.ts';
import sizes from './package-sizes.json' with { type: 'json' };

const root = fileURLToPath(new URL('../..', import.meta.url));
const TOOLS = ['@chatops-up/tools-linux-x64', '@chatops-up/tools-linux-arm64'] as const;
/** Of Debian's qemu-user-static. */
const QEMU = 'qemu-aarch64-static';
/** Compiling and compressing hundreds of megabytes. */
const PACKED_WITHIN_MS = 1_800_000;
/** What a package may weigh beyond what was measured, of one: more is looked at, and measured anew with `UPDATE=1`. */
const MAY_GROW = 0.1;

const manifestOf = (name: PackageName): Record<string, unknown> =>
  JSON.parse(readFileSync(`${root}${PACKAGES[name]}/package.json`, 'utf8')) as Record<string, unknown>;

const whyNot =
  process.env.CHATOPS_PACKAGES === undefined
    ? '`npm run test:packages` compiles and packs them'
    : [[canPack, 'libc6-arm64-cross'] as const, [have(QEMU), 'qemu-user-static'] as const]
        .flatMap(([there, name]) => (there ? [] : [`Debian's ${name} is not here`]))
        .at(0);
if (whyNot !== undefined) leftOutSuite('the packages', whyNot);

describe.skipIf(whyNot !== undefined)('the packages', () => {
  const packed = new Map<PackageName, Packed>();
  const of = (name: PackageName): Packed => {
    const found = packed.get(name);
    if (found === undefined) throw new Error(`${name} was not packed`);
    return found;
  };

  let home: string | undefined;
  /** A folder where both are unpacked as npm puts them; what the program imports stands in the clone, above all of it. */
  const installed = (): string => {
    if (home !== undefined) return home;
    home = mkdtempSync(join(root, 'node_modules/.cache-packed-'));
    for (const name of ['chatops-up', ...TOOLS] as const) {
      const folder = join(home, 'node_modules', name);
      mkdirSync(folder, { recursive: true });
      execFileSync('tar', ['-xzf', of(name).tarball, '--strip-components=1', '-C', folder]);
    }
    return home;
  };
  const program = (folder: string, name: string): string => join(folder, 'node_modules/chatops-up/dist', `${name}.js`);

  const writeSizes = (): void => {
    const measured = Object.keys(PACKAGES).map((name) => {
      const { packed: bytes, unpacked } = of(name as PackageName);
      return [name, { packed: bytes, unpacked }] as const;
    });
    const file = new URL('package-sizes.json', import.meta.url);
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(measured), null, 2)}\n`);
  };

  beforeAll(async () => {
    for (const name of Object.keys(PACKAGES) as PackageName[]) packed.set(name, await pack(name));
    if (process.env.UPDATE === '1') writeSizes();
  }, PACKED_WITHIN_MS);
  afterAll(() => {
    if (home !== undefined) rmSync(home, { recursive: true });
    for (const { tarball } of packed.values()) rmSync(dirname(tarball), { recursive: true, force: true });
  });

  it('of tools hold the layer, what it says of itself, and licences: nothing else', () => {
    const files = ['LICENSE', 'README.md', 'THIRD-PARTY.txt', 'package.json', 'tools.json', 'tools.tar.br'];
    expect(TOOLS.map((name) => of(name).files)).toEqual([files, files]);
  });

  it('of the program hold nothing that no user runs or reads', () => {
    const allowed = [
      /^dist\/(?:chatops-up|chatops-probe|library)\.js$/,
      /^dist\/chunks\/[\w-]+-[\w-]{8}\.js$/,
      /^dist\/types\/.+\.d\.ts$/,
      /^dist\/THIRD-PARTY\.txt$/,
      /^(?:compose|gitlab-runner|nginx)\/(?:\w+\/)?[\w-]+\.base\.(?:yaml|md|toml|html|conf)$/,
      /^docs\/(?:[\w-]+|decisions\/[\w-]+)\.md$/,
      /^docs\/up\.svg$/,
      /^src\/config\/chatops\.schema\.json$/,
      /^(?:LICENSE|package\.json|(?:README|ARCHITECTURE|CHANGELOG|CONTRIBUTING|SECURITY)\.md)$/,
    ];
    const { files } = of('chatops-up');
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  it('name every package whose code is in them, with its licence', () => {
    expect(of('chatops-up').text('dist/THIRD-PARTY.txt')).toMatch(/^dockerode \S+ \(Apache-2\.0\)$/m);
    for (const name of TOOLS) {
      const text = of(name).text('THIRD-PARTY.txt');
      expect(text).toMatch(/^mongodb \S+ \(Apache-2\.0\)$/m);
      expect(text).toContain('The GNU C Library');
      expect(text).toContain('JavaScriptCore');
      expect(text.match(/GNU L(?:IBRARY|ESSER) GENERAL PUBLIC LICENSE/g)?.length).toBeGreaterThanOrEqual(2);
    }
  });

  it('have one version, which the program asks for by its number', () => {
    const version = manifestOf('chatops-up').version;
    expect(TOOLS.map((name) => manifestOf(name).version)).toEqual([version, version]);
    const packedManifest = JSON.parse(of('chatops-up').text('package.json')) as Record<string, unknown>;
    expect(packedManifest.optionalDependencies).toEqual(
      Object.fromEntries([...TOOLS].sort().map((name) => [name, version])),
    );
  });

  it('of tools are for one CPU, so that npm installs the one that fits', () => {
    expect(TOOLS.map((name) => [manifestOf(name).os, manifestOf(name).cpu])).toEqual([
      [['linux'], ['x64']],
      [['linux'], ['arm64']],
    ]);
  });

  it.each(Object.keys(PACKAGES) as PackageName[])('%s is no larger than it was measured', (name) => {
    const { packed: bytes, unpacked } = of(name);
    const most = sizes[name];
    expect({ bytes, fits: bytes <= most.packed * (1 + MAY_GROW) }).toEqual({ bytes, fits: true });
    expect({ unpacked, fits: unpacked <= most.unpacked * (1 + MAY_GROW) }).toEqual({ unpacked, fits: true });
  });

  it('of the program is below 3 MB', () => {
    expect(of('chatops-up').packed).toBeLessThanOrEqual(3_000_000);
  });

  it.each(TOOLS)('%s is built anew with equal bytes', (name) => {
    const again = execFileSync(
      process.execPath,
      [`${root}compose/tools/build.mjs`, '--describe', name.replace('@chatops-up/tools-', '')],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(again)).toEqual(JSON.parse(of(name).text('tools.json')));
  });

  it('give a user the probe alone, which answers from the folder that it was installed for', () => {
    const home = installed();
    const place = mkdtempSync('/tmp/pr-');
    execFileSync(process.execPath, [program(home, 'chatops-probe'), 'install', place, '--at', place]);
    const { status, stdout } = spawnSync(join(place, 'chatops-probe'), ['http', 'http://127.0.0.1:1/'], {
      encoding: 'utf8',
    });
    rmSync(place, { recursive: true });
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('connection refused') });
  });

  /** The probe of the package for arm64, asked once. */
  const underQemu = async (ask: readonly string[]): Promise<Pick<Ended, 'status' | 'stdout'>> => {
    const place = mkdtempSync('/tmp/pr-');
    const words = ['install', place, '--at', place, '--cpu', 'arm64'];
    execFileSync(process.execPath, [program(installed(), 'chatops-probe'), ...words]);
    const { status, stdout } = await collect(spawn(QEMU, [join(place, 'chatops-probe'), ...ask]));
    rmSync(place, { recursive: true });
    return { status, stdout };
  };

  it.each([
    { ask: ['--version'], status: 0, stdout: `${manifestOf('chatops-up').version}\n` },
    { ask: ['http', 'http://127.0.0.1:1/'], status: 1, stdout: expect.stringContaining('connection refused') },
    { ask: ['mongo', '127.0.0.1:1'], status: 1, stdout: expect.stringContaining('connection refused') },
  ])('for arm64 have a probe that answers $ask under qemu', async ({ ask, ...says }) => {
    expect(await underQemu(ask)).toEqual(says);
  });

  it('for arm64 have a probe that finds a web server ready under qemu', async () => {
    const { port } = await httpServer((_, reply) => reply.end('ok'));
    expect(await underQemu(['http', `http://127.0.0.1:${port}/`])).toEqual({ status: 0, stdout: '/ answers 200\n' });
  });

  it('for arm64 have a probe that finds the PRIMARY of a set ready under qemu (a stand-in)', async () => {
    const node = await startNode();
    await initiated([node]);
    expect(await underQemu(['mongo', node.host])).toEqual({ status: 0, stdout: 'PRIMARY of rs0\n' });
  });

  it('export the image as `docker load` reads it', () => {
    const home = installed();
    const file = join(home, 'tools.tar');
    execFileSync(process.execPath, [program(home, 'chatops-up'), 'tools', 'export', file]);
    const manifest = execFileSync('tar', ['-xOf', file, 'manifest.json'], { encoding: 'utf8' });
    expect(JSON.parse(manifest)).toMatchObject([{ RepoTags: ['chatops-up/tools:0.1.0', expect.any(String)] }]);
  });

  it('of the program is built anew with equal bytes', () => {
    const dist = mkdtempSync(join(tmpdir(), 'chatops-dist-'));
    execFileSync(process.execPath, [`${root}rolldown.config.mjs`], { env: { ...process.env, CHATOPS_DIST: dist } });
    const programs = of('chatops-up').files.filter((file) => /^dist\/(?!types\/)/.test(file));
    expect(programs).toContain('dist/chatops-up.js');
    const differing = programs.filter(
      (file) => of('chatops-up').text(file) !== readFileSync(join(dist, file.slice('dist/'.length)), 'utf8'),
    );
    rmSync(dist, { recursive: true });
    expect(differing).toEqual([]);
  });
});
