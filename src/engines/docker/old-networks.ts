/** Networks of the stack that an earlier configuration, or an earlier release, had and this one has not. */
import type { ComposeProject } from './compose.ts';
import type { Containers } from './containers.ts';

export interface OldNetworksOptions {
  /** The stack's. */
  readonly name: string;
  readonly project: Pick<ComposeProject, 'networks'>;
  readonly containers: Pick<Containers, 'networks' | 'removeNetwork'>;
}

/** One with a container that runs (a job of a pipeline) stays for the next run. */
export const removeOldNetworks = async ({ name, project, containers }: OldNetworksOptions): Promise<void> => {
  const wanted = new Set(Object.values(project.networks));
  const old = (await containers.networks(name)).filter((network) => !wanted.has(network.name));
  await Promise.all(old.map(({ id }) => containers.removeNetwork(id)));
};
