/** The relay's state in one file: changed in memory at once, and known to be on disk when the change is answered for. */
import type { Files } from '../contracts/files.ts';
import { parseState, type RelayState } from './state.ts';

export const STATE_FILE = 'relay.json';

export interface MemoryFile {
  get(): RelayState;
  /** Resolves when a file with this change in it is on disk. @throws ChatopsError DIRECTORY_UNUSABLE */
  change(to: (state: RelayState) => RelayState): Promise<void>;
  /** Why the file could not be written the last time; undefined when it could. */
  trouble(): string | undefined;
}

/** @param newId what marks a memory that begins @throws ChatopsError STATE_DAMAGED, DIRECTORY_UNUSABLE: also when nothing can be written there */
export const openMemory = async (files: Files, newId: () => string): Promise<MemoryFile> => {
  let state = parseState(await files.read(STATE_FILE), newId());
  let trouble: string | undefined;
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const write = (): Promise<void> => {
    const writing = files.write(STATE_FILE, JSON.stringify(state), 0o600).then(
      () => {
        trouble = undefined;
      },
      (thrown: unknown) => {
        trouble = thrown instanceof Error ? thrown.message : String(thrown);
        throw thrown;
      },
    );
    current = writing.finally(() => {
      current = undefined;
    });
    return current;
  };

  /** Changes that come while the file is written share the next writing. */
  const save = (): Promise<void> => {
    if (!current) return write();
    next ??= current
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return write();
      });
    return next;
  };

  await write();
  return {
    get: () => state,
    change: (to) => {
      const changed = to(state);
      if (changed === state) return current ?? Promise.resolve();
      state = changed;
      return save();
    },
    trouble: () => trouble,
  };
};
