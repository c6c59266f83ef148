import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestsOf, filesOf } from '../../e2e/docker/choosing/files-of.ts';
import { changedSince, parseRecord, recordText } from '../../e2e/docker/choosing/green-record.ts';

const PATHS = ['one.ts', 'whole', 'direct/*', 'missing'];

let root: string;

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

/** What counts as changed after `change`, as a later run on these files finds it. */
const changedBy = (change: () => void) => {
  const recorded = recordText(digestsOf(root, PATHS));
  change();
  return changedSince(recorded, digestsOf(root, PATHS));
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'chatops-record-'));
  for (const path of ['one.ts', 'whole/a.ts', 'whole/deep/b.ts', 'direct/c.ts', 'direct/deep/d.ts']) write(path, path);
});

afterEach(() => rmSync(root, { recursive: true }));

describe('a path of the table', () => {
  it('names a file', () => {
    expect(filesOf(root, 'one.ts')).toEqual(['one.ts']);
  });

  it('names a folder with everything in it, but for packages, what programs keep and what is built', () => {
    write('whole/node_modules/package/index.js', '');
    write('whole/.cache/kept', '');
    write('whole/dist/built.js', '');
    expect(filesOf(root, 'whole')).toEqual(['whole/a.ts', 'whole/deep/b.ts']);
  });

  it('names the files directly in a folder', () => {
    expect(filesOf(root, 'direct/*')).toEqual(['direct/c.ts']);
  });

  it('names nothing where there is nothing', () => {
    expect(filesOf(root, 'missing')).toEqual([]);
  });
});

describe('the record of what was green', () => {
  it('finds nothing changed while the files are as they were', () => {
    expect(changedBy(() => undefined)).toEqual([]);
  });

  it.each([
    ['a file that says something else', () => write('one.ts', 'else'), ['one.ts']],
    ['a file deep in a folder', () => write('whole/deep/b.ts', 'else'), ['whole']],
    ['a new file', () => write('direct/new.ts', ''), ['direct/*']],
    ['a file that is gone', () => rmSync(join(root, 'whole/a.ts')), ['whole']],
    ['a path that begins to name something', () => write('missing', ''), ['missing']],
  ])('finds %s', (_what, change, found) => {
    expect(changedBy(change)).toEqual(found);
  });

  it('finds a file that has another name now', () => {
    const renamed = changedBy(() => {
      rmSync(join(root, 'whole/a.ts'));
      write('whole/e.ts', 'whole/a.ts');
    });
    expect(renamed).toEqual(['whole']);
  });

  it('counts a path that it does not know as changed', () => {
    const recorded = recordText(digestsOf(root, ['one.ts']));
    expect(changedSince(recorded, digestsOf(root, ['one.ts', 'whole']))).toEqual(['whole']);
  });

  it('counts a path as changed whose line cannot be read', () => {
    const digests = digestsOf(root, PATHS);
    const recorded = recordText(digests).replace(`${digests.whole} whole`, '<<<<<<< whole');
    expect(changedSince(recorded, digests)).toEqual(['whole']);
  });

  it('knows nothing when there is none', () => {
    expect(changedSince(undefined, digestsOf(root, PATHS))).toBeUndefined();
  });

  it('is read as it was written', () => {
    const digests = digestsOf(root, PATHS);
    expect(parseRecord(recordText(digests))).toEqual(digests);
  });
});
