import type { Collection } from '../kit/store.ts';

/** A stored collection with lookups by other fields, so that a call costs its answer and not the whole collection. */
export interface Table<T, Index extends string> {
  get(id: string): T | undefined;
  all(): T[];
  /** In order of first insertion. */
  by(index: Index, key: string): T[];
  first(index: Index, key: string): T | undefined;
  countBy(index: Index, key: string): number;
  put(value: T): T;
  remove(id: string): void;
  readonly size: number;
}

type KeysOf<T> = (value: T) => readonly string[];

export const createTable = <T, Index extends string>(
  collection: Collection<T>,
  idOf: (value: T) => string,
  keys: Readonly<Record<Index, KeysOf<T>>>,
): Table<T, Index> => {
  /** index → key → id → document */
  const indexes = new Map<Index, Map<string, Map<string, T>>>();
  const names = Object.keys(keys) as Index[];
  for (const name of names) indexes.set(name, new Map());

  const enter = (value: T): void => {
    for (const name of names)
      for (const key of keys[name](value)) {
        const entries = indexes.get(name)?.get(key) ?? new Map<string, T>();
        entries.set(idOf(value), value);
        indexes.get(name)?.set(key, entries);
      }
  };
  const leave = (old: T, now: T | undefined): void => {
    for (const name of names) {
      const kept = new Set(now === undefined ? [] : keys[name](now));
      for (const key of keys[name](old)) {
        if (kept.has(key)) continue;
        const entries = indexes.get(name)?.get(key);
        entries?.delete(idOf(old));
        if (entries?.size === 0) indexes.get(name)?.delete(key);
      }
    }
  };
  for (const value of collection.all()) enter(value);

  const entriesOf = (index: Index, key: string) => indexes.get(index)?.get(key);
  return {
    get: (id) => collection.get(id),
    all: () => collection.all(),
    by: (index, key) => [...(entriesOf(index, key)?.values() ?? [])],
    first: (index, key) => entriesOf(index, key)?.values().next().value,
    countBy: (index, key) => entriesOf(index, key)?.size ?? 0,
    put: (value) => {
      const old = collection.get(idOf(value));
      if (old !== undefined) leave(old, value);
      collection.put(idOf(value), value);
      enter(value);
      return value;
    },
    remove: (id) => {
      const old = collection.get(id);
      if (old === undefined) return;
      leave(old, undefined);
      collection.delete(id);
    },
    get size() {
      return collection.size;
    },
  };
};
