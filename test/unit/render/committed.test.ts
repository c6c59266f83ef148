import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { aStack, filesOf } from '../../builders/stack.ts';

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDERS = ['compose', 'nginx', 'gitlab-runner', 'healthchecks'];

/** Files of a stack directory have their own folder at the top, or stand in `compose/`. */
const committedPath = (path: string): string => (FOLDERS.includes(path.split('/')[0] ?? '') ? path : `compose/${path}`);

const rendered = new Map(filesOf(aStack()).map(({ path, text }) => [committedPath(path), text]));

/** Beside the renderings stand hand-written things: pieces by their name, and what the tools image is built from. */
const isHandWritten = (path: string): boolean => path.includes('.base.') || path.startsWith('compose/tools/');

const committed = (): readonly string[] =>
  FOLDERS.filter((folder) => existsSync(join(projectRoot, folder))).flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(projectRoot.length))
      .filter((path) => !isHandWritten(path)),
  );

const update = (): void => {
  for (const path of committed()) if (!rendered.has(path)) rmSync(join(projectRoot, path));
  for (const [path, text] of rendered) {
    mkdirSync(dirname(join(projectRoot, path)), { recursive: true });
    writeFileSync(join(projectRoot, path), text);
  }
};

describe('the committed rendering of the default stack', () => {
  if (process.env.UPDATE === '1') update();

  test.each([...rendered])('%s is what the renderers write (UPDATE=1 rewrites it)', (path, text) => {
    expect(readFileSync(join(projectRoot, path), 'utf8')).toBe(text);
  });

  test('holds no file that nobody renders', () => {
    expect([...committed()].sort()).toEqual([...rendered.keys()].sort());
  });
});
