/** Code of parts that are not ours, as text, for programs that run where its files are not: in containers. */
import { hasTexts, isListOf, isRecord, readJson } from '../values/shape.ts';

/** What the host knows of them besides. */
export interface Carried extends CarriedModules {
  /** Names of the parts that they export. */
  readonly parts: readonly string[];
  /** Kinds of probes that these bring: what asks one needs the code. */
  readonly kinds: readonly string[];
  /** Kinds of jobs that these do: their containers need it. */
  readonly jobs: readonly string[];
  /** Kinds of chats that these speak to: what talks in one needs it. */
  readonly chats: readonly string[];
}

export interface CarriedModules {
  /** Ids of the modules that export a part, in the order of `parts:` in chatops.yaml. */
  readonly entries: readonly string[];
  /** Id (`part:0`) → text of an ES module, in which the others that it imports stand by their ids. */
  readonly modules: Readonly<Record<string, string>>;
}

const areTexts = (value: unknown): value is readonly string[] => isListOf(value, (one) => typeof one === 'string');

/** The text of `compose/parts.json`, as `render` writes it; undefined when it is none. */
export const parseCarried = (text: string): CarriedModules | undefined => {
  const read = readJson(text);
  if (!isRecord(read) || !isRecord(read.modules) || !areTexts(read.entries)) return undefined;
  const { modules, entries } = read;
  if (!hasTexts(modules, ...Object.keys(modules))) return undefined;
  return entries.every((id) => Object.hasOwn(modules, id))
    ? { entries, modules: modules as CarriedModules['modules'] }
    : undefined;
};
