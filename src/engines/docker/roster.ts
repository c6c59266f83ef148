/**
 * The containers of a stack as this run knows them. Looking at all of them costs an engine a hundred questions a
 * second, so they are looked at once, and again only after something was made or lost.
 */
import type { ContainerFacts, Containers } from './containers.ts';

export interface Roster {
  /** As last looked at. */
  all(): Promise<readonly ContainerFacts[]>;
  /** Looks again. */
  renew(): Promise<readonly ContainerFacts[]>;
  /** The container of a service or job, not one for a single run. */
  find(service: string): Promise<ContainerFacts | undefined>;
  /** Starts it, unless it runs. */
  start(container: ContainerFacts): Promise<void>;
}

export const createRoster = (project: string, containers: Pick<Containers, 'list' | 'start'>): Roster => {
  let known: Promise<readonly ContainerFacts[]> | undefined;
  /** Ids of those that were started since the last look. */
  const started = new Set<string>();
  const asNow = (each: ContainerFacts): ContainerFacts => (started.has(each.id) ? { ...each, state: 'running' } : each);
  const renew = (): Promise<readonly ContainerFacts[]> => {
    started.clear();
    const look = containers.list(project);
    known = look;
    look.catch(() => {
      if (known === look) known = undefined;
    });
    return look;
  };
  const all = async (): Promise<readonly ContainerFacts[]> => (await (known ?? renew())).map(asNow);
  return {
    all,
    renew,
    find: async (service) => (await all()).find((each) => each.service === service && !each.oneOff),
    start: async ({ id, state }) => {
      if (state === 'running') return;
      await containers.start(id);
      started.add(id);
    },
  };
};
