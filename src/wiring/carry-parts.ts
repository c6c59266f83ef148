/** What containers are handed of the parts that chatops.yaml names: the code of those that have something to run there. */
import { relative } from 'node:path';
import type { Carried } from '../contracts/carried-modules.ts';
import type { House } from '../contracts/house.ts';
import type { Part } from '../contracts/part.ts';

/** A part with jobs, kinds of probes or a chat that is spoken to, and the file that exports it, absolute. */
export interface RunningPart extends Pick<Carried, 'jobs' | 'kinds' | 'chats'> {
  readonly name: string;
  readonly file: string;
}

/** Undefined: it brings nothing that containers would have to run. @throws what loading its jobs throws */
export const runningPart = async (
  { name, jobs, probes = [], spoken }: Part,
  file: string,
): Promise<RunningPart | undefined> => {
  const kinds = probes.map(({ what }) => what);
  const chats = spoken === undefined ? [] : [spoken.name];
  const running = { name, file, jobs: Object.keys((await jobs?.()) ?? {}), kinds, chats };
  return running.jobs.length + kinds.length + chats.length === 0 ? undefined : running;
};

/** @param dir the stack directory, absolute: refused files are named from there */
export const carryParts = async (
  running: readonly RunningPart[],
  dir: string,
): Promise<Pick<House, 'carried' | 'notCarried'>> => {
  if (running.length === 0) return {};
  // Only for those who use parts of others: every command starts by reading chatops.yaml.
  const [{ createModuleSource }, { gatherModules }, { BROUGHT }] = await Promise.all([
    import('../adapters/module-source.ts'),
    import('./gather-modules.ts'),
    import('./carried-parts.ts'),
  ]);
  const files = running.map(({ file }) => file);
  const gathered = gatherModules(files, createModuleSource(Object.keys(BROUGHT)));
  if (gathered.kind === 'refused') return { notCarried: `${relative(dir, gathered.file)}: ${gathered.why}` };
  const parts = running.map(({ name }) => name);
  const all = (what: 'kinds' | 'jobs' | 'chats'): readonly string[] => running.flatMap((part) => part[what]);
  return { carried: { ...gathered.carried, parts, kinds: all('kinds'), jobs: all('jobs'), chats: all('chats') } };
};
