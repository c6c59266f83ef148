/**
 * The relay's state in one file. A change counts when the file with it is on disk: when that cannot be written, what
 * is remembered is again what is on disk, and those who wait for a change are refused.
 */
import type { Files } from '../../../contracts/files.ts';
import { readState } from './read-state.ts';
import type { RelayState } from './state.ts';

export const STATE_FILE = 'relay.json';

export interface MemoryFile {
  get(): RelayState;
  /**
   * Resolves when a file with this change in it is on disk; that goes for a change that changes nothing too.
   * @throws ChatopsError DIRECTORY_UNUSABLE: then nothing has changed
   */
  change(to: (state: RelayState) => RelayState): Promise<void>;
  /** Why the file could not be written the last time; undefined when it could. */
  trouble(): string | undefined;
}

export interface MemoryOptions {
  readonly files: Files;
  /** What marks a memory that begins, and a file that is set aside. */
  readonly newId: () => string;
  /** One line for the log. */
  readonly say: (line: string) => void;
}

/** What was remembered; nothing yet where that cannot be read: then it is set aside under another name, and reported. */
const recall = async ({ files, newId, say }: MemoryOptions): Promise<RelayState> => {
  const text = await files.read(STATE_FILE);
  const { state, damage } = readState(text, newId());
  if (damage === undefined || text === undefined) return state;
  const aside = `${STATE_FILE}.${damage.kind}.${newId()}`;
  await files.write(aside, text, 0o600);
  say(
    `its memory cannot be read and is set aside as ${aside}: ${damage.why}; messages that wait in it are not sent, ` +
      'pipelines on their way get a second message',
  );
  return state;
};

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (thrown: unknown) => void;
}

/** @throws ChatopsError DIRECTORY_UNUSABLE: also when nothing can be written there */
export const openMemory = async (options: MemoryOptions): Promise<MemoryFile> => {
  const { files } = options;
  let state = await recall(options);
  let onDisk = state;
  let trouble: string | undefined;
  let isWriting = false;
  const waiters: Waiter[] = [];

  const writeFor = async (served: readonly Waiter[]): Promise<void> => {
    const written = state;
    try {
      await files.write(STATE_FILE, JSON.stringify(written), 0o600);
      onDisk = written;
      trouble = undefined;
      for (const { resolve } of served) resolve();
    } catch (thrown) {
      // What came while it was written is refused with it: it was decided upon what is not there.
      const refused = [...served, ...waiters.splice(0)];
      state = onDisk;
      trouble = thrown instanceof Error ? thrown.message : String(thrown);
      for (const { reject } of refused) reject(thrown);
    }
  };

  const writeAll = async (): Promise<void> => {
    isWriting = true;
    while (waiters.length > 0) await writeFor(waiters.splice(0));
    isWriting = false;
  };

  /** Changes that come while the file is written share the next writing. */
  const save = (): Promise<void> =>
    new Promise((resolve, reject) => {
      waiters.push({ resolve, reject });
      if (!isWriting) void writeAll();
    });

  await save();
  return {
    get: () => state,
    change: async (to) => {
      const changed = to(state);
      // Nothing to write is an answer only while what it was decided upon is on disk.
      if (changed === state && !isWriting && trouble === undefined) return;
      state = changed;
      await save();
    },
    trouble: () => trouble,
  };
};
