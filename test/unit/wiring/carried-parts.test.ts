/** Parts whose code comes as texts: what the runtime is handed, and what comes of it. */
import { describe, expect, it } from 'vitest';
import type { TextRuntime } from '../../../src/adapters/import-carried.ts';
import { carriedParts } from '../../../src/wiring/carried-parts.ts';

/** A module that needs no runtime to be found. */
const module = (text: string): string => `data:text/javascript,${encodeURIComponent(text)}`;

/** Remembers what it is handed. */
const aRuntime = () => {
  const handed: Record<string, unknown> = {};
  const runtime: TextRuntime = {
    plugin: ({ setup }) =>
      setup({
        module: (name, provide) => {
          handed[name] = provide();
        },
      }),
  };
  return { runtime, handed };
};

const [wiki, blog] = [module('export const part = { name: "wiki" };'), module('export default { name: "blog" };')];
const TEXT = JSON.stringify({
  entries: [wiki, blog],
  modules: { [wiki]: 'the wiki', [blog]: 'the blog', 'part:2': 'shared' },
});

describe('carried parts', () => {
  it('are those that the entries export, by name or by default, in their order', async () => {
    const { runtime } = aRuntime();
    expect((await carriedParts(TEXT, runtime)).map(({ name }) => name)).toEqual(['wiki', 'blog']);
  });

  it('find every module under its id, and chatops-up and zod under their names', async () => {
    const { runtime, handed } = aRuntime();
    await carriedParts(TEXT, runtime);
    expect(handed).toEqual({
      [wiki]: { contents: 'the wiki', loader: 'js' },
      [blog]: { contents: 'the blog', loader: 'js' },
      'part:2': { contents: 'shared', loader: 'js' },
      'chatops-up': { exports: expect.objectContaining({ ready: expect.any(Function) }), loader: 'object' },
      zod: { exports: expect.objectContaining({ strictObject: expect.any(Function) }), loader: 'object' },
    });
  });

  it('are refused where their file is damaged', async () => {
    await expect(carriedParts('{"entries":', aRuntime().runtime)).rejects.toMatchObject({ code: 'STATE_DAMAGED' });
  });

  it('are refused by a program whose runtime takes no texts', async () => {
    await expect(carriedParts(TEXT)).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
