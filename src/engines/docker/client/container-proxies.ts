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
  ftpProxy: z.string().optional(),
  allProxy: z.string().optional(),
  noProxy: z.string().optional(),
});
const schema = z.looseObject({ proxies: z.record(z.string(), proxySchema).optional() });

/** Key in config.json → the variable, which is set in either spelling (docker/cli: cli/config/configfile, "ParseProxyConfig"). */
const VARIABLES = {
  httpProxy: 'HTTP_PROXY',
  httpsProxy: 'HTTPS_PROXY',
  ftpProxy: 'FTP_PROXY',
  allProxy: 'ALL_PROXY',
} as const;

const variablesOf = (found: z.infer<typeof proxySchema>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (Object.keys(VARIABLES) as (keyof typeof VARIABLES)[]).flatMap((key) => {
      const value = found[key];
      const name = VARIABLES[key];
      return value ? [name, name.toLowerCase()].map((spelled) => [spelled, value] as const) : [];
    }),
  );

/** Undefined when containers get none; a file that cannot be read is Docker's own to complain of. */
export const containerProxies = (env: Readonly<Record<string, string | undefined>>): ContainerProxies | undefined => {
  try {
    const { proxies = {} } = schema.parse(JSON.parse(fileOrNothing(join(configDir(env), 'config.json')) ?? '{}'));
    const found = proxies[env.DOCKER_HOST ?? ''] ?? proxies.default;
    if (found === undefined) return undefined;
    const { noProxy = '' } = found;
    const given = variablesOf(found);
    return Object.keys(given).length > 0 ? { without: noProxy, given } : undefined;
  } catch {
    return undefined;
  }
};
