/**
 * Builds the tools. What it takes: Linux x86-64 with glibc, npm, Docker for an image, Debian's libc6-arm64-cross for arm64.
 *
 *   node compose/tools/build.mjs [IMAGE]          the image, on the engine; one that is built from the same parts stays
 *   node compose/tools/build.mjs --package NAME   packages/tools-NAME, from which `chatops-up` makes the same image; one
 *                                                 that is built from the same parts stays
 *   node compose/tools/build.mjs --describe NAME  what that package would say of itself, from a build of its own
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { BUILT_FROM, isBuiltFrom, UNCHANGED } from './built-from.mjs';
import { toolsFor } from './compile.mjs';
import { licences } from './licences.mjs';
import { readToolsImage } from './tools-image.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** Hosts of the image that `npm run tools` makes; images for another CPU are made from its package. */
const HERE = 'linux-x64';

/** Brotli's own numbers: beyond 5 it takes minutes for two megabytes less (9: 217 s, 42.9 MB; 5: 8 s, 45.7 MB). */
const QUALITY = 5;
const LARGEST_WINDOW = 24;

const load = async (archive) => {
  const docker = spawn('docker', ['load', '--quiet'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const closed = once(docker, 'close');
  await pipeline(Readable.from(archive), docker.stdin);
  const [status] = await closed;
  if (status !== 0) throw new Error(`docker load ended with ${status}`);
};

const buildImage = async (image) => {
  const tools = await toolsFor(HERE);
  if (isBuiltFrom(image, tools.builtFrom)) {
    process.stdout.write(`${image} ${UNCHANGED}\n`);
    return;
  }
  const { layerOf, describeLayer, imageArchive } = await readToolsImage();
  const layer = layerOf(tools.architecture, tools.files());
  const description = describeLayer(layer, { version, architecture: tools.architecture });
  await load(imageArchive(description, [image], [layer], { [BUILT_FROM]: tools.builtFrom }));
};

const compressed = (layer) =>
  brotliCompressSync(layer, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: LARGEST_WINDOW,
      [constants.BROTLI_PARAM_SIZE_HINT]: layer.length,
    },
  });

const buildPackage = async (name) => {
  const dir = join(root, 'packages', `tools-${name}`);
  const tools = await toolsFor(name);
  // npm publishes what `files` names: not this one.
  const record = join(dir, '.built-from');
  if (existsSync(record) && readFileSync(record, 'utf8') === tools.builtFrom) {
    process.stdout.write(`packages/tools-${name} ${UNCHANGED}\n`);
    return;
  }
  rmSync(record, { force: true });
  const { layerOf, describeLayer, DESCRIPTION_FILE, LAYER_FILE } = await readToolsImage();
  const layer = layerOf(tools.architecture, tools.files());
  const description = describeLayer(layer, { version, architecture: tools.architecture });
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, LAYER_FILE), compressed(layer));
  writeFileSync(join(dir, DESCRIPTION_FILE), `${JSON.stringify(description, null, 2)}\n`);
  writeFileSync(join(dir, 'THIRD-PARTY.txt'), licences(tools));
  copyFileSync(join(root, 'LICENSE'), join(dir, 'LICENSE'));
  writeFileSync(record, tools.builtFrom);
};

const describePackage = async (name) => {
  const tools = await toolsFor(name);
  const { layerOf, describeLayer } = await readToolsImage();
  const layer = layerOf(tools.architecture, tools.files());
  const description = describeLayer(layer, { version, architecture: tools.architecture });
  process.stdout.write(`${JSON.stringify(description)}\n`);
};

const [first, second] = process.argv.slice(2);
if (first === '--package') await buildPackage(second);
else if (first === '--describe') await describePackage(second);
else await buildImage(first ?? `chatops-up/tools:${version}`);
