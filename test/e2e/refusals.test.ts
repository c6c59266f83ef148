/** What a user gave and cannot be used, one for each exit status; all of them: `test/long/bad-input.test.ts`. */
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../helpers/cli.ts';

/** `CODE  what`, then its why and next. */
const FORM = /^[A-Z_]+ {2}\S.*\n( {2}why {3}\S[\s\S]*\n)? {2}next {2}\S/;

const folderWith = (yaml: string): string => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-refused-'));
  writeFileSync(join(dir, 'chatops.yaml'), yaml);
  return dir;
};

describe.concurrent('what a user gave is refused with what, why and next, and nothing is written', () => {
  it.each([
    ['an unknown key', ['up'], 'chat: { romms: [ops] }\n', 78, /chatops\.yaml:1:9 chat\.romms: unknown key `romms`/],
    ['an unknown option', ['up', '--bogus'], 'name: demo\n', 64, /unknown option '--bogus'/],
    ['init over a chatops.yaml', ['init'], 'name: demo\n', 1, /^CONFLICT[\s\S]*init never writes over one/],
  ] as const)('%s', async (_what, args, yaml, status, says) => {
    const dir = folderWith(yaml);
    const refused = await run('chatops-up', [...args, '--dir', dir, '--engine', 'embedded']);
    expect(refused).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(FORM) });
    expect(refused.stderr).toMatch(says);
    expect(readdirSync(dir)).toEqual(['chatops.yaml']);
  });
});
