import type { Addresses } from '../../contracts/addresses.ts';
import type { Stack } from '../../stack/stack.ts';

/** From this machine only published ports are reached. The rest is asked from inside, by its name there. */
export const publishedOrByName = (stack: Stack, host: string): Addresses => ({
  resolve: ({ service, port }) => {
    const node = stack.nodes.find((each) => each.kind === 'service' && each.name === service);
    const published = node?.kind === 'service' ? node.container.publishes[port] : undefined;
    return published === undefined ? { host: service, port } : { host, port: published };
  },
});
