/**
 * Proxies that Docker's command line and Compose give to every container: `proxies` in config.json
 * (https://docs.docker.com/engine/cli/proxy/), of the engine's own address or `default`.
 */
import { join } from 'node:path';
import { z } from 'zod';
import type { ContainerProxies } from '../fitted-stack.ts';
import { configDir, fileOrNothing } from './docker-endpoint.ts';

const proxySchema = z.looseObject({
  httpProxy: z.string().optional(),
  httpsProxy: z.string().optional(),
  allProxy: z.string().optional(),
  noProxy: z.string().optional(),
});
const schema = z.looseObject({ proxies: z.record(z.string(), proxySchema).optional() });

/** Undefined when containers get none; a file that cannot be read is Docker's own to complain of. */
export const containerProxies = (env: Readonly<Record<string, string | undefined>>): ContainerProxies | undefined => {
  try {
    const { proxies = {} } = schema.parse(JSON.parse(fileOrNothing(join(configDir(env), 'config.json')) ?? '{}'));
    const found = proxies[env.DOCKER_HOST ?? ''] ?? proxies.default;
    if (found === undefined) return undefined;
    const { httpProxy, httpsProxy, allProxy, noProxy = '' } = found;
    return [httpProxy, httpsProxy, allProxy].some(Boolean) ? { without: noProxy } : undefined;
  } catch {
    return undefined;
  }
};
