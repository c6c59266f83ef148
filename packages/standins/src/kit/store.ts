/**
 * A stand-in's state on disk: named collections of JSON documents in one append-only file.
 * A change is on disk before the call that made it returns, so a kill loses nothing that was answered.
 * The file is compacted when it is opened. Documents handed out are the stored ones: change them only through `put`.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { StandinError } from '../standin-error.ts';

export interface Collection<T> {
  get(key: string): T | undefined;
  /** In order of first insertion. */
  all(): T[];
  put(key: string, value: T): void;
  delete(key: string): void;
  readonly size: number;
}

export interface Store {
  collection<T>(name: string): Collection<T>;
  close(): void;
}

interface Line {
  readonly c: string;
  readonly k: string;
  /** Absent: deleted. */
  readonly v?: unknown;
}

const parseLines = (text: string, path: string): Line[] => {
  const lines = text.split('\n');
  // The last line has no line feed when a kill came in the middle of a write: it was never answered for.
  lines.pop();
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as Line;
    } catch (cause) {
      throw new StandinError('STATE_DAMAGED', {
        what: `${path} line ${index + 1} is not JSON`,
        next: `move ${path} away to start that server afresh`,
        cause,
      });
    }
  });
};

export const openStore = (path: string): Store => {
  mkdirSync(dirname(path), { recursive: true });
  const collections = new Map<string, Map<string, unknown>>();
  const collectionOf = (name: string) => {
    const found = collections.get(name) ?? new Map<string, unknown>();
    collections.set(name, found);
    return found;
  };
  if (existsSync(path)) {
    const text = readFileSync(path, 'utf8');
    const lines = parseLines(text, path);
    for (const { c, k, v } of lines) {
      if (v === undefined) collectionOf(c).delete(k);
      else collectionOf(c).set(k, v);
    }
    const live = [...collections].flatMap(([c, entries]) => [...entries].map(([k, v]) => JSON.stringify({ c, k, v })));
    if (live.length < lines.length || !text.endsWith('\n')) {
      writeFileSync(`${path}.new`, live.map((line) => `${line}\n`).join(''), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    }
  }
  const file = openSync(path, 'a', 0o600);
  let open = true;
  const append = (line: Line) => {
    if (open) appendFileSync(file, `${JSON.stringify(line)}\n`);
  };
  return {
    collection: <T>(name: string): Collection<T> => {
      const entries = collectionOf(name) as Map<string, T>;
      return {
        get: (key) => entries.get(key),
        all: () => [...entries.values()],
        put: (key, value) => {
          entries.set(key, value);
          append({ c: name, k: key, v: value });
        },
        delete: (key) => {
          if (entries.delete(key)) append({ c: name, k: key });
        },
        get size() {
          return entries.size;
        },
      };
    },
    close: () => {
      if (!open) return;
      open = false;
      closeSync(file);
    },
  };
};
