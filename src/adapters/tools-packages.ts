/** Packages of tools as npm installs them: beside ours, or above. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createBrotliDecompress } from 'node:zlib';
import { ChatopsError } from '../errors/chatops-error.ts';
import { type Architecture, TOOLS_PACKAGES } from '../tools-image/architecture.ts';
import { DESCRIPTION_FILE, descriptionSchema, LAYER_FILE } from '../tools-image/description.ts';
import type { ToolsPackage, ToolsPackages } from '../tools-image/tools-package.ts';
import { packageRoot, packageVersion } from './package-files.ts';

/** What only a clone has. */
const BUILD_SCRIPT = 'compose/tools/build.mjs';

const fileOf = (from: string, name: string): string | undefined => {
  try {
    return createRequire(from).resolve(`${name}/${DESCRIPTION_FILE}`);
  } catch {
    return undefined;
  }
};

async function* read(path: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(path);
  const layer = createBrotliDecompress();
  file.once('error', (error) => layer.destroy(error));
  yield* file.pipe(layer);
}

const readPackage = (name: string, path: string): ToolsPackage => {
  try {
    const description = descriptionSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return { name, description, layer: () => read(join(dirname(path), LAYER_FILE)) };
  } catch (cause) {
    throw new ChatopsError('INTERNAL', {
      what: `the package ${name} is not complete`,
      why: `${path} cannot be understood`,
      next: 'install chatops-up again',
      cause,
    });
  }
};

/** @param from the file they are looked for from. Default: our own package */
export const createToolsPackages = (from = join(packageRoot(), 'package.json')): ToolsPackages => ({
  find: (architecture) => {
    const name = TOOLS_PACKAGES[architecture];
    const path = fileOf(from, name);
    return path === undefined ? undefined : readPackage(name, path);
  },
  howToAdd: (architecture: Architecture) => {
    if (existsSync(join(packageRoot(), BUILD_SCRIPT)) && architecture === 'amd64') return 'npm run tools';
    const version = packageVersion();
    // npm refuses a package for another CPU than its own, unless it is forced.
    return `npx --force -p chatops-up@${version} -p ${TOOLS_PACKAGES[architecture]}@${version} chatops-up up`;
  },
});
