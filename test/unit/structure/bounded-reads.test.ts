/** Every file is read as far as it may be long, and only if it is one: a FIFO is waited for, a device never ends. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../../../src/', import.meta.url));

/** What reads without a bound, and why it may. The list may only shrink. */
const UNBOUNDED: Readonly<Record<string, string>> = {
  'adapters/lock-owner.ts': '/proc',
  'adapters/machine.ts': '/proc',
  'adapters/package-files.ts': 'files of our own package',
  'adapters/tools-packages.ts': 'files of our own packages',
  'parts/front-door/client/real-nginx.ts': 'what the nginx that we run has written',
  'adapters/last-lines.ts': 'the log of a server that we run',
  'parts/postgres/client/real-postgres.ts': 'the process id that the PostgreSQL that we run has written',
  'programs/files-in-image.ts': 'files of our own image',
  'programs/install.ts': 'what we have installed',
  'programs/probe-command.ts': 'a table that is mounted where only our program runs',
  'programs/prober.ts': 'a table that is mounted where only our program runs',
  'programs/relay.ts': 'its own configuration',
};

const READS = /\b(?:readFile|readFileSync|createReadStream)\b(?=\s*[,(}])/;

const readers = (): readonly string[] =>
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .filter((path) => {
      const text = readFileSync(src + path, 'utf8');
      return /from 'node:fs(?:\/promises)?'/.test(text) && READS.test(text);
    });

describe('reading files', () => {
  it('goes through one adapter with a bound, but for what the list gives a reason for', () => {
    expect(readers().toSorted()).toEqual(['adapters/lock.ts', ...Object.keys(UNBOUNDED)].toSorted());
  });
});
