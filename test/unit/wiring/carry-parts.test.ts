/** What of the parts that chatops.yaml names is handed to containers. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { houseOf } from '../../../src/wiring/load-parts.ts';

const houseWith = (files: Readonly<Record<string, string>>) => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-carry-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return houseOf(`parts: [${Object.keys(files).map((name) => `./${name}`)}]\n`, dir);
};

const JOB = "export const part = { name: 'a', jobs: async () => ({ 'a-setup': () => undefined }) };\n";

describe('containers', () => {
  it('are handed the code of parts with jobs, and which jobs these do', async () => {
    const { carried } = await houseWith({ 'a.mjs': JOB });
    expect(carried).toEqual({
      entries: ['part:0'],
      modules: { 'part:0': JOB },
      parts: ['a'],
      jobs: ['a-setup'],
      kinds: [],
      chats: [],
    });
  });

  it('are handed the code of parts with probes, and the kinds of these', async () => {
    const { carried } = await houseWith({ 'a.mjs': "export const part = { name: 'a', probes: [{ what: 'a' }] };\n" });
    expect(carried).toMatchObject({ parts: ['a'], jobs: [], kinds: ['a'] });
  });

  it('are handed the code of parts whose chat is spoken to', async () => {
    const talking = "export const part = { name: 'a', spoken: { name: 'acme', chat: () => undefined } };\n";
    expect((await houseWith({ 'a.mjs': talking })).carried).toMatchObject({ parts: ['a'], kinds: [], chats: ['acme'] });
  });

  it('are handed nothing of a part that has nothing to run there, whatever its code is', async () => {
    const house = await houseWith({
      'b.mjs': "export const part = { name: 'b', timed: [new URL('.', import.meta.url) && 'b'] };\n",
      'a.mjs': JOB,
    });
    expect(house.parts.map(({ name }) => name)).toEqual(expect.arrayContaining(['a', 'b']));
    expect(house).toMatchObject({ carried: { parts: ['a'] } });
    expect(house.notCarried).toBeUndefined();
  });

  it('are handed nothing where there is nothing to run at all', async () => {
    const house = await houseWith({ 'b.mjs': "export const part = { name: 'b' };\n" });
    expect(house).not.toHaveProperty('carried');
    expect(house).not.toHaveProperty('notCarried');
  });

  it('are not handed what cannot be carried: the file and the reason stand for it', async () => {
    const { carried, notCarried } = await houseWith({ 'a.mjs': `${JOB}export const here = import.meta.url;\n` });
    expect(carried).toBeUndefined();
    expect(notCarried).toMatch(/^a\.mjs: it uses import\.meta/);
  });
});

describe('a part whose jobs cannot be loaded', () => {
  it('is refused at its place', async () => {
    const failing = "export const part = { name: 'a', jobs: () => import('./none.mjs') };\n";
    await expect(houseWith({ 'a.mjs': failing })).rejects.toMatchObject({
      problems: [
        expect.objectContaining({ message: expect.stringMatching(/the jobs of `\.\/a\.mjs` cannot be loaded: /) }),
      ],
    });
  });
});
