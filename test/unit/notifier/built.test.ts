import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asModule, buildNotifierSource } from './build-source.ts';

const GENERATED = new URL('../../../src/notifier/generated/notifier-source.ts', import.meta.url);

describe('the committed bundle of the notifier', () => {
  it('is what its sources give', async () => {
    const expected = asModule(await buildNotifierSource());
    if (process.env.UPDATE === '1') writeFileSync(GENERATED, expected);
    expect(readFileSync(GENERATED, 'utf8')).toBe(expected);
  });

  it('is built the same twice, and small', async () => {
    const [first, second] = await Promise.all([buildNotifierSource(), buildNotifierSource()]);
    expect(second).toBe(first);
    expect(first.length).toBeLessThan(100_000);
    expect(first.length).toBeGreaterThan(10_000);
  });

  it('is one file without imports, exports or characters that an editor may change', async () => {
    const source = await buildNotifierSource();
    expect(source).not.toMatch(/^\s*(import|export)\b/m);
    expect(source).not.toMatch(/\brequire\(/);
    expect(source).toMatch(/^class Script \{$/m);
    expect([...source].filter((char) => char > '~')).toEqual([]);
  });
});
