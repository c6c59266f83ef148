import type { Addresses } from '../../contracts/addresses.ts';
import type { Stack } from '../../stack/stack.ts';
import { isEverywhere, isLoopback } from '../../values/bind-address.ts';

/** @param host where the engine's machine is reached @returns where its ports are; undefined: from here they are not */
const reachedAt = ({ bind }: Stack, host: string): string | undefined => {
  if (isEverywhere(bind)) return host;
  if (!isLoopback(bind)) return bind;
  return isLoopback(host) ? bind : undefined;
};

/** From this machine only published ports are reached. The rest is asked from inside, by its name there. */
export const publishedOrByName = (stack: Stack, host: string): Addresses => ({
  resolve: ({ service, port }) => {
    const node = stack.nodes.find((each) => each.kind === 'service' && each.name === service);
    const published = node?.kind === 'service' ? node.container.publishes[port] : undefined;
    const at = published === undefined ? undefined : reachedAt(stack, host);
    return published === undefined || at === undefined ? { host: service, port } : { host: at, port: published };
  },
});
