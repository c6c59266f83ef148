/** The packages as `npm publish` would send them. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);

/** Folder of each package, from the repository's top. */
export const PACKAGES = {
  'chatops-up': '.',
  '@chatops-up/tools-linux-x64': 'packages/tools-linux-x64',
  '@chatops-up/tools-linux-arm64': 'packages/tools-linux-arm64',
} as const;

export type PackageName = keyof typeof PACKAGES;

/** Debian's libc6-arm64-cross is what the tools for arm64 take their C library from. */
export const canPack =
  process.platform === 'linux' && process.arch === 'x64' && existsSync('/usr/aarch64-linux-gnu/lib');

export interface Packed {
  readonly name: PackageName;
  /** Path of the tarball. */
  readonly tarball: string;
  /** Bytes. */
  readonly packed: number;
  readonly unpacked: number;
  /** Without `package/` before them, sorted. */
  readonly files: readonly string[];
  /** npm's digest of the tarball. */
  readonly integrity: string;
  text(file: string): string;
}

/** What npm says of it. */
interface NpmPack {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly integrity: string;
  readonly files: readonly { readonly path: string }[];
}

/** npm 11 lists a package under its name, the ones before in a list; what `prepack` says stands before both. */
const packed = (stdout: string): NpmPack => {
  const value = JSON.parse(stdout.slice(stdout.search(/^[[{]$/m))) as
    | readonly NpmPack[]
    | Readonly<Record<string, NpmPack>>;
  const [first] = Object.values(value);
  if (first === undefined) throw new Error(`npm pack reported nothing: ${stdout}`);
  return first;
};

/** Without the folder that a run of the tests builds into: what is packed is built where users' packages are. */
const environment = (): NodeJS.ProcessEnv => {
  const { CHATOPS_DIST: _, ...rest } = process.env;
  return rest;
};

export const pack = async (name: PackageName): Promise<Packed> => {
  const to = mkdtempSync(join(tmpdir(), 'chatops-pack-'));
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', to], {
    cwd: join(root, PACKAGES[name]),
    env: environment(),
    maxBuffer: 16 * 1024 * 1024,
  });
  const { filename, size, unpackedSize, integrity, files } = packed(stdout);
  const tarball = join(to, filename.replace('@', '').replace('/', '-'));
  return {
    name,
    tarball,
    packed: size,
    unpacked: unpackedSize,
    files: files.map(({ path }) => path).sort(),
    integrity,
    text: (file) => execFileSync('tar', ['-xzOf', tarball, `package/${file}`], { encoding: 'utf8', maxBuffer: 1e8 }),
  };
};
