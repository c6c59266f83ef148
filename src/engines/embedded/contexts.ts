/** What a server of the stack is started with on the loopback: its ports, its variables, its files, the names it may look up. */
import { join } from 'node:path';
import type { ServerContext, SimulatedTime } from '@chatops-up/standins';
import type { Addresses } from '../../contracts/addresses.ts';
import type { Secrets } from '../../contracts/secrets.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { servicesOf } from '../../stack/services-of.ts';
import type { EnvironmentValue, ServiceNode, Stack } from '../../stack/stack.ts';
import { endpointKey, type LoopbackPorts } from './loopback-ports.ts';
import type { EmbeddedEngineOptions } from './options.ts';

export const createAddresses = (ports: LoopbackPorts): Addresses => ({
  resolve: ({ service, port }) => {
    const own = ports[endpointKey(service, port)];
    if (own === undefined) {
      throw new ChatopsError('INTERNAL', { what: `nothing is placed at ${service}:${port}` });
    }
    return { host: '127.0.0.1', port: own };
  },
});

const environmentValue = (value: EnvironmentValue, secrets: Secrets): string => {
  if (typeof value === 'string') return value;
  const secret = secrets.read(value.secret).reveal();
  return value.text === undefined ? secret : value.text.replace('{}', () => secret);
};

const environmentOf = ({ container }: ServiceNode, secrets: Secrets): Record<string, string> =>
  Object.fromEntries(
    Object.entries(container.environment).map(([name, value]) => [name, environmentValue(value, secrets)]),
  );

/** A place on the loopback is a name too: the one under which members of a replica set know each other here. */
const createLookup = (stack: Stack, ports: LoopbackPorts): ServerContext['lookup'] => {
  const placed = new Set(Object.values(ports));
  const aliases = new Map(
    servicesOf(stack).flatMap(({ name, container }) => container.aliases.map((alias) => [alias, name] as const)),
  );
  return (host, port) => {
    if (host === '127.0.0.1') return placed.has(port) ? { host, port } : undefined;
    const own = ports[endpointKey(aliases.get(host) ?? host, port)];
    return own === undefined ? undefined : { host: '127.0.0.1', port: own };
  };
};

export interface ContextsOptions {
  readonly stack: Stack;
  readonly ports: LoopbackPorts;
  readonly addresses: Addresses;
  readonly time: SimulatedTime;
}

/** @returns what makes the context of a service, whose directory is there */
export const createContexts = (
  { stack, ports, addresses, time }: ContextsOptions,
  { dir: base, secrets, fileFor }: Pick<EmbeddedEngineOptions, 'dir' | 'secrets' | 'fileFor'>,
): ((service: ServiceNode) => ServerContext) => {
  const lookup = createLookup(stack, ports);
  return (service) => {
    const { name, role, container } = service;
    return {
      service: name,
      role,
      dir: join(base, name),
      ports: Object.fromEntries(
        container.listens.map((port) => [port, addresses.resolve({ service: name, port }).port]),
      ),
      env: environmentOf(service, secrets),
      command: container.command ?? [],
      time,
      lookup,
      file: (path) => fileFor(stack, addresses, path),
    };
  };
};
