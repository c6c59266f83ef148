/** Parts that are not ours, laid out as their users would: files beside chatops.yaml, packages installed. */
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The library as it is built for this run. */
export const LIBRARY = join(process.env.CHATOPS_DIST ?? '', 'library.js');

/** Lines of chatops.yaml. */
export const PAGES_YAML = 'parts: ["./pages.mjs"]\npages: { title: Our pages }\n';

/**
 * @param dir a stack directory
 * @param files beside this one
 */
export const installPart = (dir: string, files: readonly string[]): void => {
  for (const file of files) {
    copyFileSync(join(root, 'test/open', file), join(dir, file));
  }
  const library = join(dir, 'node_modules/chatops-up');
  mkdirSync(library, { recursive: true });
  writeFileSync(join(library, 'package.json'), JSON.stringify({ type: 'module', exports: './index.js' }));
  writeFileSync(join(library, 'index.js'), `export * from ${JSON.stringify(pathToFileURL(LIBRARY).href)};\n`);
  symlinkSync(join(root, 'node_modules/zod'), join(dir, 'node_modules/zod'));
};

/** The part that brings everything. @param dir a stack directory */
export const installPages = (dir: string): void =>
  installPart(dir, ['pages.mjs', 'pages-server.mjs', 'pages-setup.mjs']);
