/**
 * The ends of the containers of a run: counted from before the first one is started, and judged: after how many a
 * service is given up.
 */
import type { ContainerEnd, Containers } from './containers.ts';

/** The engine starts a container again by itself; after this many ends in one run nobody believes in it any more. */
const ENDS_BELIEVED = 4;

export interface Ends {
  /** Resolves when every end from now on is counted. Once in a session, however many ask for it. */
  follow(): Promise<void>;
  /** In this run, oldest first. */
  of(id: string): readonly ContainerEnd[];
  /** Resolves with the reason when the container is given up. Never rejects. */
  givenUp(id: string, isHopeless: (end: ContainerEnd) => Promise<boolean>): Promise<string>;
}

export const endText = ({ exitCode, outOfMemory }: Pick<ContainerEnd, 'exitCode' | 'outOfMemory'>): string =>
  `ended with ${exitCode}${outOfMemory ? ' (killed for memory)' : ''}`;

const times = (count: number): string => (count === 1 ? '' : `, ${count} times in this run`);

export const createEnds = (
  project: string,
  { followEnds }: Pick<Containers, 'followEnds'>,
  signal: AbortSignal,
): Ends => {
  const ends = new Map<string, ContainerEnd[]>();
  /** id → those that want to know: the gate that waits for it, and the jobs that work on it. */
  const listeners = new Map<string, ((end: ContainerEnd) => void)[]>();
  let following: Promise<void> | undefined;
  const of = (id: string): readonly ContainerEnd[] => ends.get(id) ?? [];
  const note = (end: ContainerEnd): void => {
    ends.set(end.id, [...of(end.id), end]);
    for (const listen of listeners.get(end.id) ?? []) listen(end);
  };
  return {
    of,
    follow: () => {
      following ??= followEnds(project, note, signal);
      return following;
    },
    givenUp: (id, isHopeless) =>
      new Promise((resolve) => {
        const judge = async (end: ContainerEnd): Promise<void> => {
          const isLast = !end.restarts || of(id).length >= ENDS_BELIEVED || (await isHopeless(end));
          if (isLast) resolve(`its container ${endText(end)}${times(of(id).length)}`);
        };
        listeners.set(id, [...(listeners.get(id) ?? []), (end) => void judge(end)]);
        const last = of(id).at(-1);
        if (last) void judge(last);
      }),
  };
};
