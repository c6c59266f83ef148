/**
 * What the Docker of this machine knows of a registry: `docker login` writes it into config.json, or hands it to a
 * credential helper (https://docs.docker.com/reference/cli/docker/login/#credential-stores).
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AuthConfig } from 'dockerode';
import { execa } from 'execa';
import { z } from 'zod';
import { textOrNothing } from '../../../adapters/read-bounded.ts';

/** Docker Hub under the name it has there. */
const HUB = 'https://index.docker.io/v1/';
/** What a helper gives as the name of a user when its secret is a token. */
const TOKEN = '<token>';

const configSchema = z.looseObject({
  auths: z
    .record(z.string(), z.looseObject({ auth: z.string().optional(), identitytoken: z.string().optional() }))
    .optional(),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
});

const helpedSchema = z.looseObject({ Username: z.string(), Secret: z.string() });

/** The host of a reference, or Docker Hub's name. */
export const registryOf = (reference: string): string => {
  const [first = '', ...rest] = reference.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return isHost && first !== 'docker.io' ? first : HUB;
};

const fromHelper = async (helper: string, registry: string): Promise<AuthConfig | undefined> => {
  try {
    const { stdout } = await execa(`docker-credential-${helper}`, ['get'], { input: registry });
    const { Username, Secret } = helpedSchema.parse(JSON.parse(stdout));
    const serveraddress = registry;
    if (Username === TOKEN) return { identitytoken: Secret, serveraddress } as unknown as AuthConfig;
    return { username: Username, password: Secret, serveraddress };
  } catch {
    // It knows nothing of this registry, or is not installed: the registry is asked without.
    return undefined;
  }
};

const fromText = (auth: string, serveraddress: string): AuthConfig => {
  const plain = Buffer.from(auth, 'base64').toString('utf8');
  const colon = plain.indexOf(':');
  return { username: plain.slice(0, colon), password: plain.slice(colon + 1), serveraddress };
};

const LARGEST_CONFIG_BYTES = 1024 * 1024;

/** Undefined when none are known: most images need none. */
export const credentialsFor = async (
  reference: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<AuthConfig | undefined> => {
  const registry = registryOf(reference);
  const path = join(env.DOCKER_CONFIG ?? join(env.HOME ?? homedir(), '.docker'), 'config.json');
  let config: z.infer<typeof configSchema>;
  try {
    config = configSchema.parse(JSON.parse(textOrNothing(path, LARGEST_CONFIG_BYTES) ?? ''));
  } catch {
    // No file, or none that Docker itself could read.
    return undefined;
  }
  const helper = config.credHelpers?.[registry] ?? config.credsStore;
  if (helper !== undefined) return fromHelper(helper, registry);
  const auths = config.auths ?? {};
  const known = auths[registry] ?? auths[`https://${registry}`] ?? auths[`https://${registry}/v1/`];
  if (known?.identitytoken)
    return { identitytoken: known.identitytoken, serveraddress: registry } as unknown as AuthConfig;
  return known?.auth ? fromText(known.auth, registry) : undefined;
};
