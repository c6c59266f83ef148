import { describe, expect, it } from 'vitest';
import type { Files } from '../../../../../src/contracts/files.ts';
import { type MemoryFile, openMemory, STATE_FILE } from '../../../../../src/parts/relay/program/memory-file.ts';
import { nothingYet, type RelayState } from '../../../../../src/parts/relay/program/state.ts';

interface Disk {
  readonly files: Files;
  readonly kept: Map<string, string>;
  /** Path → mode it was last written with. */
  readonly modes: Map<string, number | undefined>;
  full: boolean;
  /** Writings that wait for it, while it is set. */
  slow: Promise<void> | undefined;
}

const createDisk = (text?: string): Disk => {
  const kept = new Map<string, string>(text === undefined ? [] : [[STATE_FILE, text]]);
  const disk: Disk = {
    kept,
    modes: new Map(),
    full: false,
    slow: undefined,
    files: {
      read: async (path) => kept.get(path),
      write: async (path, written, mode) => {
        await disk.slow;
        if (disk.full) throw new Error('no space left');
        kept.set(path, written);
        disk.modes.set(path, mode);
      },
      remove: async (path) => void kept.delete(path),
      readNamed: async () => ({ text: undefined }),
    },
  };
  return disk;
};

const open = async (disk: Disk, lines: string[] = []): Promise<MemoryFile> => {
  let number = 0;
  return openMemory({ files: disk.files, newId: () => `id${++number}`, say: (line) => lines.push(line) });
};

const seeing =
  (key: string) =>
  (state: RelayState): RelayState => ({ ...state, seen: [...state.seen, key] });
const onDisk = (disk: Disk): RelayState => JSON.parse(disk.kept.get(STATE_FILE) ?? '') as RelayState;

describe('what is remembered may hold messages of private rooms, so that it is its owner’s alone', () => {
  it('when it changes', async () => {
    const disk = createDisk();
    await (await open(disk)).change(seeing('a'));
    expect([...disk.modes]).toEqual([[STATE_FILE, 0o600]]);
  });

  it('when it is set aside', async () => {
    const disk = createDisk('{');
    await open(disk);
    const aside = [...disk.modes].filter(([path]) => path !== STATE_FILE);
    expect(aside.map(([, mode]) => mode)).toEqual([0o600]);
  });
});

describe('a change of the memory that cannot be written', () => {
  it('is refused and undone', async () => {
    const disk = createDisk();
    const memory = await open(disk);
    disk.full = true;
    await expect(memory.change(seeing('a'))).rejects.toThrow('no space left');
    expect(memory.get().seen).toEqual([]);
    expect(memory.trouble()).toBe('no space left');
  });

  it('takes with it what was decided upon it meanwhile', async () => {
    const disk = createDisk();
    const memory = await open(disk);
    let go = (): void => undefined;
    disk.slow = new Promise((resolve) => {
      go = resolve;
    });
    const first = memory.change(seeing('a'));
    const second = memory.change(seeing('b'));
    const none = memory.change((state) => state);
    disk.full = true;
    go();
    const ends = await Promise.allSettled([first, second, none]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(memory.get()).toEqual(onDisk(disk));
  });

  it('keeps changes without a difference from being answered for, until the disk takes something again', async () => {
    const disk = createDisk();
    const memory = await open(disk);
    disk.full = true;
    await expect(memory.change(seeing('a'))).rejects.toThrow('no space left');
    await expect(memory.change((state) => state)).rejects.toThrow('no space left');
    disk.full = false;
    await memory.change((state) => state);
    expect(memory.trouble()).toBeUndefined();
  });
});

describe('changes of the memory', () => {
  it('that come while it is written are all on disk when they are answered for', async () => {
    const disk = createDisk();
    const memory = await open(disk);
    await Promise.all(['a', 'b', 'c', 'd'].map((key) => memory.change(seeing(key))));
    expect(onDisk(disk).seen).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('a memory that cannot be read', () => {
  it.each([
    ['no JSON', '{"version":1', 'not-json', 'it is not JSON'],
    ['half checked', JSON.stringify({ ...nothingYet('x'), outbox: [{ room: 'ci' }] }), 'not-a-state', 'outbox.0.id'],
  ])('(%s) is set aside under a name that says why, and reported', async (_name, text, kind, why) => {
    const disk = createDisk(text);
    const lines: string[] = [];
    const memory = await open(disk, lines);
    const aside = `relay.json.${kind}.id2`;
    expect(disk.kept.get(aside)).toBe(text);
    expect(lines).toEqual([expect.stringMatching(new RegExp(`set aside as ${aside}: .*${why}`))]);
    expect(memory.get()).toEqual(nothingYet('id1'));
  });
});
