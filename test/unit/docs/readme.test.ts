import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../../src/config/defaults.ts';
import { envTableMarkdown } from '../../../src/config/env-table.ts';
import { CATALOGUE, EXIT } from '../../../src/errors/catalogue.ts';

const path = fileURLToPath(new URL('../../../README.md', import.meta.url));
const TABLE = /(<!-- secrets -->\n)[\s\S]*(<!-- \/secrets -->)/;

describe('the README', () => {
  it('has the table of secrets as it is generated (UPDATE=1 renews it)', () => {
    const fresh = readFileSync(path, 'utf8').replace(
      TABLE,
      (_all, open: string, close: string) => `${open}${envTableMarkdown(defaultConfig())}${close}`,
    );
    if (process.env.UPDATE === '1') writeFileSync(path, fresh);
    expect(readFileSync(path, 'utf8')).toBe(fresh);
  });

  it('names every exit status that an error can end with', () => {
    const text = readFileSync(path, 'utf8');
    const statuses = new Set(Object.values(CATALOGUE).map(({ exit }) => EXIT[exit]));
    const missing = [...statuses].filter((status) => !new RegExp(`^\\| [^|]*\\b${status}\\b[^|]* \\|`, 'm').test(text));
    expect(missing).toEqual([]);
  });
});
