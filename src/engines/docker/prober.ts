/** The container that is asked on behalf of this process. */
import type { HeldProgram } from '../../contracts/held-program.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { BeginProber } from '../../prober/prober-line.ts';
import type { ContainerFacts, Containers } from './containers.ts';
import type { Roster } from './roster.ts';

export const PROBER = 'prober';

/** The program of the tools image. */
const TOOLS = '/usr/bin/chatops-tools';

/** Answers over its standard input and output. */
export const ASKED = ['prober', '--stdio'] as const;

/** What is run in its container. */
export const PROGRAM = [TOOLS, ...ASKED] as const;

/** For good: one that the engine starts again is `restarting` meanwhile. */
const hasEnded = ({ state }: ContainerFacts): boolean => state === 'exited' || state === 'dead';

const proberEnded = ({ exitCode }: ContainerFacts): ChatopsError =>
  new ChatopsError('GATE_FAILED', {
    what: 'nothing can be asked any more: the prober has ended',
    why: `its container ended with ${exitCode}, and the engine does not start it again`,
    next: 'run the command again: it starts the prober first',
  });

/**
 * Looks for its container, again when it was asked before: then what is known of it does not hold. One never started is
 * started by us.
 * @param isStarted whether this session has started it
 * @returns what resolves to its id; undefined while it does not run; rejects with GATE_FAILED when it will not run again
 */
export const createProberId = (roster: Roster, isStarted: () => boolean): (() => Promise<string | undefined>) => {
  let wasAsked = false;
  const find = async (): Promise<ContainerFacts | undefined> => {
    const known = await roster.find(PROBER);
    if (known === undefined || known.state === 'created') return undefined;
    if (wasAsked) await roster.renew();
    wasAsked = true;
    return roster.find(PROBER);
  };
  return async () => {
    const prober = await find();
    if (prober && isStarted() && hasEnded(prober)) throw proberEnded(prober);
    return prober?.state === 'running' ? prober.id : undefined;
  };
};

/**
 * @param proberId of its container; undefined while it does not run; throws GATE_FAILED when it will not run again
 * @param early taken where it was begun in that container already
 */
export const beginIn =
  (
    { hold }: Pick<Containers, 'hold'>,
    proberId: () => Promise<string | undefined>,
    early: { take(...held: [string, (chunk: string) => void]): Promise<HeldProgram | undefined> },
  ): BeginProber =>
  async (onOutput) => {
    const id = await proberId();
    if (id === undefined) return undefined;
    return (await early.take(id, onOutput)) ?? hold(id, PROGRAM, onOutput);
  };
