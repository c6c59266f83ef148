import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCapturedText } from '../../../src/cli/commands/simulate.ts';
import type { PlayedForge } from '../../../src/contracts/played-forge.ts';

it('a captured delivery is read without the byte order mark that an editor put before it', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'chatops-captured-')), 'push.json');
  writeFileSync(path, '\uFEFF{"object_kind":"push"}');
  expect(JSON.parse(readCapturedText(path, { largestCapturedMib: 1 } as PlayedForge))).toEqual({ object_kind: 'push' });
});
