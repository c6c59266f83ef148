/** Containers of services: started, woken, removed, seen, and given up. */
import type { EngineSession, ObservedService } from '../../contracts/engine.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { ProbeSpec } from '../../stack/stack.ts';
import type { Comparison } from './comparison.ts';
import type { ContainerEnd, ContainerFacts, Containers } from './containers.ts';
import type { Created } from './creation.ts';
import type { Ends } from './ends.ts';
import { PROBER } from './prober.ts';
import type { Roster } from './roster.ts';

export interface LivesOptions {
  readonly roster: Roster;
  readonly comparison: Comparison;
  readonly containers: Pick<Containers, 'remove'>;
  readonly ends: Ends;
  /** Makes containers, once in a session. */
  readonly created: (signal: AbortSignal) => Promise<Created>;
  readonly isHopeless: (service: string, end: ContainerEnd) => Promise<boolean>;
  /** What a HEALTHCHECK asks; undefined for one that is none of ours. */
  readonly askedBy: (healthcheck: readonly string[]) => ProbeSpec | undefined;
  readonly isJob: (name: string) => boolean;
}

export interface Lives extends Pick<EngineSession, 'start' | 'completed' | 'wake' | 'remove' | 'crashed' | 'observe'> {
  /** Started in this session. */
  readonly started: ReadonlySet<string>;
}

/** A container that only runs to its end: a job's, or the one that fills the volume of tools. */
const isOneShot = ({ command, oneOff }: ContainerFacts): boolean =>
  oneOff || command[0] === 'job' || command[0] === 'install';

export const createLives = (options: LivesOptions): Lives => {
  const { roster, comparison, containers, ends, created, isHopeless, askedBy, isJob } = options;
  const started = new Set<string>();

  const run = async (name: string): Promise<boolean> => {
    const container = await roster.find(name);
    if (!container) return false;
    await roster.start(container);
    started.add(name);
    return true;
  };

  /** One that is to be replaced is asked what it was made for: the new question may be one it can never answer. */
  const observedOf = (container: ContainerFacts): ObservedService => {
    const { service: name, state, healthcheck } = container;
    const usable = comparison.isAsWanted(name, [container]) ? undefined : askedBy(healthcheck);
    return {
      name,
      running: state === 'running',
      fingerprint: comparison.observed(container),
      ...(usable === undefined ? {} : { usable }),
    };
  };

  return {
    started,
    observe: async () => {
      const services = (await roster.all()).filter((each) => !isOneShot(each) && !isJob(each.service));
      return new Map(services.map((container) => [container.service, observedOf(container)]));
    },
    start: async ({ name }, signal) => {
      await created(signal);
      if (await run(name)) return;
      throw new ChatopsError('INTERNAL', { what: `Compose made no container for ${name}` });
    },
    // Only HEALTHCHECKs read the volume of tools: nobody starts later for it, and one answers for it whom nobody waits for.
    completed: async ({ name }, signal) => {
      if (name === PROBER) await (await created(signal)).filled();
    },
    wake: async (name, purpose) => {
      const container = await roster.find(name);
      if (!container) return false;
      if (container.state === 'running') return true;
      return purpose === 'run' ? run(name) : false;
    },
    remove: async (name) => {
      const all = await roster.renew();
      await Promise.all(all.filter(({ service }) => service === name).map(({ id }) => containers.remove(id)));
    },
    crashed: async (name) => {
      try {
        await ends.follow();
        const id = (await roster.find(name))?.id;
        if (id !== undefined) return await ends.givenUp(id, (end) => isHopeless(name, end));
      } catch {
        // The engine cannot tell; the gate has its deadline.
      }
      return new Promise<string>(() => undefined);
    },
  };
};
