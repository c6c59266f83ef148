/** The prober's program, begun in the container that runs from an earlier run while Compose still reads the file. */
import type { HeldProgram } from '../../contracts/held-program.ts';
import type { Containers } from './containers.ts';
import { PROBER, PROGRAM } from './prober.ts';
import type { Roster } from './roster.ts';

type OnOutput = (chunk: string) => void;

export interface EarlyProber {
  /** Once, in the container that was meant; undefined for who has to begin it anew. */
  take(id: string, onOutput: OnOutput): Promise<HeldProgram | undefined>;
  /** Unless it was taken. */
  close(): Promise<void>;
}

interface Begun {
  readonly id: string;
  readonly program: HeldProgram;
  /** Is told what was said so far, and all that follows. */
  listen(onOutput: OnOutput): void;
}

const begin = async (roster: Roster, { hold }: Pick<Containers, 'hold'>): Promise<Begun | undefined> => {
  const running = await roster.find(PROBER);
  if (running?.state !== 'running') return undefined;
  const said: string[] = [];
  let tell: OnOutput = (chunk) => void said.push(chunk);
  const program = await hold(running.id, PROGRAM, (chunk) => tell(chunk));
  return {
    id: running.id,
    program,
    listen: (onOutput) => {
      said.forEach(onOutput);
      tell = onOutput;
    },
  };
};

export const beginEarly = (roster: Roster, containers: Pick<Containers, 'hold'>): EarlyProber => {
  // Who then needs it begins it again, and reports why it cannot be.
  let kept: Promise<Begun | undefined> | undefined = begin(roster, containers).catch(() => undefined);
  const release = (): Promise<Begun | undefined> | undefined => {
    const begun = kept;
    kept = undefined;
    return begun;
  };
  return {
    take: async (id, onOutput) => {
      const begun = await release();
      if (begun === undefined) return undefined;
      if (begun.id === id) {
        begun.listen(onOutput);
        return begun.program;
      }
      await begun.program.close();
      return undefined;
    },
    close: async () => {
      await (await release())?.program.close();
    },
  };
};
