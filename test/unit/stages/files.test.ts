import { describe, expect, it } from 'vitest';
import { compareFiles, writeFiles } from '../../../src/stages/files.ts';
import { aDesired, aWorld } from './a-world.ts';

const desired = aDesired([], {
  files: [
    { path: 'same', text: 'a' },
    { path: 'other', text: 'b' },
    { path: 'new', text: 'c' },
  ],
});
const onDisk = { same: 'a', other: 'old' };

describe('the files of a stack directory', () => {
  it('are compared without writing', async () => {
    const world = aWorld({ onDisk });
    expect(await compareFiles(desired, world.files)).toEqual([
      { path: 'other', action: 'update', cause: 'the rendering differs in 2 lines' },
      { path: 'new', action: 'create', cause: 'there is none yet' },
    ]);
    expect(world.written.size).toBe(0);
  });

  it('are written where they differ, and each of these is reported', async () => {
    const world = aWorld({ onDisk });
    await writeFiles(desired, world);
    expect(Object.fromEntries(world.written)).toEqual({ other: 'b', new: 'c' });
    expect(world.reported).toEqual([
      { type: 'file', path: 'other', action: 'update' },
      { type: 'file', path: 'new', action: 'create' },
    ]);
  });
});
