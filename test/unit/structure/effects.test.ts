/** Time, chance and I/O come in as arguments everywhere but at the edges. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { effectsIn } from './effects.ts';
import { STILL } from './still.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Where a program meets the machine; everything else is handed what it needs. */
const EDGES = [
  /^src\/(adapters|cli|programs)\//,
  /^src\/(parts|engines)\/[^/]+\/client\//,
  /^packages\/standins\/src\/(kit|cli)\//,
];

const sources = ['src', 'packages/standins/src'].flatMap((folder) =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`),
);

describe('time, chance and I/O', () => {
  it('are asked for at the edges, and where STILL says so', () => {
    const inner = ['operations.ts', ...sources].filter((path) => !EDGES.some((edge) => edge.test(path)));
    const found = inner.flatMap((path) =>
      effectsIn(readFileSync(root + path, 'utf8')).map((effect) => `${path}: ${effect}`),
    );
    const listed = STILL.flatMap(({ places }) =>
      Object.entries(places).flatMap(([path, effects]) => effects.map((effect) => `${path}: ${effect}`)),
    );
    expect(found.toSorted()).toEqual(listed.toSorted());
  });
});

describe('the reader of effects', () => {
  it.each([
    ['a clock', 'const a = Date.now();', ['Date.now']],
    ['the time of a new date', 'const a = new Date();', ['new Date()']],
    ['a monotonic clock', 'const a = performance.now();', ['performance']],
    ['a timer', 'setTimeout(() => undefined, 1);', ['setTimeout']],
    ['a timer that is handed on', 'const options = { after: setTimeout };', ['setTimeout']],
    ['a deadline', 'const a = AbortSignal.timeout(1);', ['AbortSignal.timeout']],
    ['chance', 'const a = Math.random();', ['Math.random']],
    ['chance of node:crypto', "import { createHash, randomUUID as id } from 'node:crypto';", ['randomUUID']],
    ['a module of Node', "import { readFile } from 'node:fs/promises';", ['node:fs/promises']],
    ['a module of Node as a whole', "import * as net from 'node:net';", ['node:net']],
    [
      'a module of Node that is loaded late',
      "const { readFile } = await import('node:fs/promises');",
      ['node:fs/promises'],
    ],
    ['a module of Node by a template', 'const a = import(`node:net`);', ['node:net']],
    ['chance that is loaded late', "const a = await import('node:crypto');", ['node:crypto']],
    ['a module of Node that is handed on', "export { readFile } from 'node:fs/promises';", ['node:fs/promises']],
    ['the environment', 'const a = process.env.HOME;', ['process']],
    ['a request', "await fetch('http://chat');", ['fetch']],
  ])('sees %s', (_what, text, effects) => {
    expect(effectsIn(text)).toEqual(effects);
  });

  it.each([
    ['a date of a known time', 'const a = new Date(0);'],
    ['types of a module', "import type { Server } from 'node:http'; import { type Socket } from 'node:net';"],
    ['a module of ours that is loaded late', "const a = await import('./node:fs.ts');"],
    ['a type of a module', "export type A = import('node:http').Server; export type { B } from 'node:net';"],
    ['what only computes', "import { isIP } from 'node:net'; import { createHash } from 'node:crypto';"],
    ['a parameter of that name', 'export const a = (process: { env: string }) => process.env;'],
    ['a variable of that name', 'const performance = 1; export const a = performance + 1;'],
    ['a member of that name', 'export const a = (b: { fetch: () => void }) => b.fetch();'],
    ['a word in a comment', '/** Date.now() and setTimeout */ export const a = 1;'],
  ])('does not take %s for one', (_what, text) => {
    expect(effectsIn(text)).toEqual([]);
  });
});
