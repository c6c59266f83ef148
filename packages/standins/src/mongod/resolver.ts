/** Names as this container sees them: its own, those of the stack's network, and loopback addresses. */
import { createHash } from 'node:crypto';
import type { ServerContext } from '../standin.ts';
import type { CommandLine } from './command-line.ts';
import { splitHost } from './replication/config.ts';
import type { Address } from './wire/link.ts';

export interface Resolver {
  /** Host name (the container's id) and port. */
  readonly ownName: string;
  /** Undefined when the name leads nowhere. */
  resolve(host: string): Address | undefined;
  isSelf(host: string): boolean;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

/** Containers are named by an id of their own: useless to everybody else, which is why nobody should initiate with it. */
const containerId = (context: ServerContext): string =>
  createHash('sha256').update(`${context.service} ${context.dir}`).digest('hex').slice(0, 12);

export const createResolver = (context: ServerContext, line: CommandLine, listenPort: number): Resolver => {
  const self: Address = { host: '127.0.0.1', port: listenPort };
  const id = containerId(context);
  const resolve = (name: string): Address | undefined => {
    const { host, port } = splitHost(name);
    const isOwnPort = port === line.port || port === listenPort;
    if (LOOPBACK.has(host)) return isOwnPort ? self : { host: '127.0.0.1', port };
    if (host === id) return isOwnPort ? self : undefined;
    return context.lookup(host, port);
  };
  return {
    ownName: `${id}:${line.port}`,
    resolve,
    isSelf: (name) => resolve(name)?.port === listenPort,
  };
};
