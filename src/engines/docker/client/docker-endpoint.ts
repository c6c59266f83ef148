/**
 * Which engine Docker's own command line would speak to, so that dockerode speaks to the same one: DOCKER_HOST, else
 * DOCKER_CONTEXT, else the current context of config.json, else this machine's socket
 * (https://docs.docker.com/engine/manage-resources/contexts/).
 */
import { createHash } from 'node:crypto';
import { Agent } from 'node:https';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { DockerOptions } from 'dockerode';
import { z } from 'zod';
import { textOrNothing } from '../../../adapters/read-bounded.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { isLoopback } from '../../../values/bind-address.ts';

export interface DockerEndpoint {
  readonly options: DockerOptions;
  /** On this machine, as far as the address shows. */
  readonly local: boolean;
  /** Where it reaches published ports: a name or address as seen from here. */
  readonly host: string;
  /** Whether what is said to it, secrets of containers among it, crosses a network that others may listen on. */
  readonly clear: boolean;
  /** Nobody has named it. */
  readonly byDefault: boolean;
  /** For messages: `DOCKER_HOST`, `the Docker context colima`, `the socket of this machine`. */
  readonly from: string;
}

/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_HOST = process.platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';
const PORT = '2375';

const refused = (what: string, why: string, next: string, cause?: unknown): ChatopsError =>
  new ChatopsError('ENGINE_UNAVAILABLE', { what, why, next, cause });

/** Where Docker's own settings stand. */
export const configDir = (env: Environment): string => env.DOCKER_CONFIG ?? join(env.HOME ?? homedir(), '.docker');

/** Docker's configuration, certificates and keys are kilobytes. */
const LARGEST_FILE_BYTES = 1024 * 1024;

export const fileOrNothing = (path: string): string | undefined => textOrNothing(path, LARGEST_FILE_BYTES);

interface Tls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly verify: boolean;
}

const tlsIn = (dir: string, verify: boolean): Tls => {
  const parts = (['ca', 'cert', 'key'] as const).flatMap((name) => {
    const text = fileOrNothing(join(dir, `${name}.pem`));
    return text === undefined ? [] : [[name, text] as const];
  });
  return { ...Object.fromEntries(parts), verify };
};

const overTcp = (url: URL, tls: Tls | undefined): DockerOptions => {
  const secure = tls !== undefined || url.protocol === 'https:';
  const agent = secure && tls?.verify === false ? { agent: new Agent({ ...tls, rejectUnauthorized: false }) } : {};
  const { ca, cert, key } = tls ?? {};
  return {
    protocol: secure ? 'https' : 'http',
    host: url.hostname,
    port: url.port || (secure ? '2376' : PORT),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...agent,
  } as DockerOptions;
};

const overSsh = (url: URL, env: Environment, from: string): DockerOptions => {
  const agent = env.SSH_AUTH_SOCK;
  if (agent === undefined) {
    throw refused(
      `${from} is reached by SSH, and no SSH agent holds a key`,
      'SSH_AUTH_SOCK is not set',
      'start one (`eval "$(ssh-agent)" && ssh-add`), or forward the engine\'s socket and name that: `ssh -L` and DOCKER_HOST=tcp://127.0.0.1:…',
    );
  }
  const username = url.username || env.USER;
  return {
    protocol: 'ssh',
    host: url.hostname,
    port: url.port || '22',
    ...(username === undefined ? {} : { username }),
    sshOptions: { agent },
  } as DockerOptions;
};

type Reached = Omit<DockerEndpoint, 'byDefault'>;

const endpointOf = (address: string, from: string, env: Environment, tls: Tls | undefined): Reached => {
  const [, scheme = 'tcp', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/.exec(address) ?? [];
  if (scheme === 'unix' || scheme === 'npipe') {
    return {
      options: { socketPath: rest || '/var/run/docker.sock' },
      local: true,
      host: '127.0.0.1',
      clear: false,
      from,
    };
  }
  const url = URL.canParse(`http://${rest}`)
    ? new URL(`${scheme === 'https' ? 'https' : 'http'}://${rest}`)
    : undefined;
  if (url === undefined || !['tcp', 'http', 'https', 'ssh'].includes(scheme)) {
    throw refused(
      `${from} names no engine that can be reached`,
      `its address is ${address}`,
      'it must begin with unix://, npipe://, tcp:// or ssh://',
    );
  }
  const options = scheme === 'ssh' ? overSsh(url, env, from) : overTcp(url, tls);
  // A tunnel's own end, for instance that of `ssh -L`, is none of the network's.
  const clear = options.protocol === 'http' && !isLoopback(url.hostname);
  return { options, local: false, host: url.hostname, clear, from };
};

const metaSchema = z.looseObject({
  Endpoints: z.looseObject({
    docker: z.looseObject({ Host: z.string(), SkipTLSVerify: z.boolean().optional() }),
  }),
});

const ofContext = (name: string, env: Environment): Reached => {
  const dir = join(configDir(env), 'contexts');
  const id = createHash('sha256').update(name).digest('hex');
  const meta = fileOrNothing(join(dir, 'meta', id, 'meta.json'));
  const from = `the Docker context ${name}`;
  try {
    const { Host, SkipTLSVerify } = metaSchema.parse(JSON.parse(meta ?? '')).Endpoints.docker;
    const tls = tlsIn(join(dir, 'tls', id, 'docker'), SkipTLSVerify !== true);
    const isSecure = SkipTLSVerify === true || tls.ca !== undefined || tls.cert !== undefined;
    return endpointOf(Host, from, env, isSecure ? tls : undefined);
  } catch (thrown) {
    if (thrown instanceof ChatopsError) throw thrown;
    throw refused(
      `${from} cannot be used`,
      meta === undefined ? 'there is no such context' : 'its description cannot be read',
      '`docker context ls` shows those there are; `docker context use default` takes the engine of this machine',
      thrown,
    );
  }
};

const currentContext = (env: Environment): string | undefined => {
  try {
    const config = z
      .looseObject({ currentContext: z.string().optional() })
      .parse(JSON.parse(fileOrNothing(join(configDir(env), 'config.json')) ?? '{}'));
    return config.currentContext;
  } catch {
    // Docker itself warns of it and goes on without.
    return undefined;
  }
};

/** Undefined where nothing names one. */
const named = (env: Environment): Reached | undefined => {
  if (env.DOCKER_HOST) {
    const tls = env.DOCKER_TLS_VERIFY ? tlsIn(env.DOCKER_CERT_PATH ?? configDir(env), true) : undefined;
    return endpointOf(env.DOCKER_HOST, 'DOCKER_HOST', env, tls);
  }
  const context = env.DOCKER_CONTEXT || currentContext(env);
  return context !== undefined && context !== '' && context !== 'default' ? ofContext(context, env) : undefined;
};

/**
 * @param usual where it is when nothing names it; default: as Docker has it
 * @throws ChatopsError ENGINE_UNAVAILABLE for a context that is not there, or an address nobody can reach
 */
export const dockerEndpoint = (env: Environment, usual = DEFAULT_HOST): DockerEndpoint => {
  const found = named(env);
  return found === undefined
    ? { ...endpointOf(usual, 'the socket of this machine', env, undefined), byDefault: true }
    : { ...found, byDefault: false };
};
