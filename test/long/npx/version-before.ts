/**
 * A version before this one, played: the packages of this version under a smaller number, with tools that differ in one
 * file. Whatever is compared by version or by content differs, and everything in it runs.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import {
  DESCRIPTION_FILE,
  describeLayer,
  descriptionSchema,
  LAYER_FILE,
} from '../../../src/tools-image/description.ts';
import { TAR_END, tarOf } from '../../../src/tools-image/tar.ts';

export const BEFORE = '0.0.9';

interface Manifest {
  readonly name: string;
  version: string;
  optionalDependencies?: Record<string, string>;
}

const unpacked = (tarball: string): string => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-before-'));
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', dir]);
  return dir;
};

const packedAgain = (dir: string): string => {
  const said = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', dir], {
    cwd: dir,
    encoding: 'utf8',
  });
  return join(dir, said.trim().split('\n').at(-1) ?? '');
};

const rewrite = (file: string, change: (text: string) => string): void => {
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  if (changed !== text) writeFileSync(file, changed);
};

const renumber = (dir: string): void =>
  rewrite(join(dir, 'package.json'), (text) => {
    const manifest = JSON.parse(text) as Manifest;
    const tools = Object.keys(manifest.optionalDependencies ?? {}).map((name) => [name, BEFORE]);
    return JSON.stringify({
      ...manifest,
      version: BEFORE,
      ...(tools.length > 0 ? { optionalDependencies: Object.fromEntries(tools) } : {}),
    });
  });

const filesIn = (dir: string): readonly string[] =>
  readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });

/** @param tarball of the program @returns that of the version before */
export const programBefore = (tarball: string, version: string): string => {
  const dir = unpacked(tarball);
  renumber(dir);
  for (const file of filesIn(join(dir, 'dist')).filter((name) => name.endsWith('.js'))) {
    rewrite(file, (text) => text.replaceAll(`chatops-up/tools:${version}`, `chatops-up/tools:${BEFORE}`));
  }
  return packedAgain(dir);
};

const withOneMoreFile = (layer: Buffer): Buffer =>
  Buffer.concat([
    layer.subarray(0, layer.length - TAR_END.length),
    tarOf([{ path: 'version-before', kind: 'file', mode: 0o644, content: Buffer.from(BEFORE) }]),
  ]);

/** @param tarball of tools @returns that of the version before */
export const toolsBefore = (tarball: string): string => {
  const dir = unpacked(tarball);
  renumber(dir);
  const { architecture } = descriptionSchema.parse(JSON.parse(readFileSync(join(dir, DESCRIPTION_FILE), 'utf8')));
  const layer = withOneMoreFile(brotliDecompressSync(readFileSync(join(dir, LAYER_FILE))));
  // Not as small as can be: it travels over loopback.
  const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 24 } };
  writeFileSync(join(dir, LAYER_FILE), brotliCompressSync(layer, quick));
  writeFileSync(join(dir, DESCRIPTION_FILE), JSON.stringify(describeLayer(layer, { version: BEFORE, architecture })));
  return packedAgain(dir);
};
