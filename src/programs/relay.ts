import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createHttp } from '../adapters/http.ts';
import { secretsFromEnvironment } from '../adapters/secrets.ts';
import { EXIT } from '../errors/catalogue.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { RELAY, RELAY_SETTINGS } from '../parts/relay/place.ts';
import { parseRelayFile, type RelayFile } from '../parts/relay/program/relay-file.ts';
import { Secret } from '../values/secret.ts';
import type { Invocation } from '../wiring/invocation.ts';
import { startRelay } from '../wiring/start-relay.ts';

/** Where they are mounted, and the variable that holds them in a stack: its container is made anew when they change. */
const SETTINGS = '/etc/chatops/relay.json';
const STATE = '/var/lib/chatops';

/** Its secret crosses the network in clear: who else may reach it is to be said. */
const LOOPBACK = '127.0.0.1';
const EVERY_ADDRESS = '*';

export interface RelayCommandOptions {
  /** Settings file. Default: where compose.yaml mounts it. */
  readonly settings: string | undefined;
  /** Directory of its memory. Default: where compose.yaml mounts its volume. */
  readonly state: string | undefined;
  /** Address it listens on, `*`: every one. Default: 127.0.0.1; the tools image says `*` in its environment. */
  readonly host: string | undefined;
  /** Default 9095. */
  readonly port: number | undefined;
}

const readSettings = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new ChatopsError('CONFIG_UNREADABLE', {
      what: `${path} cannot be read`,
      next: 'name it with --settings',
      cause,
    });
  }
};

const settingsOf = async (
  dir: string,
  env: Invocation['env'],
  { settings }: RelayCommandOptions,
): Promise<RelayFile> => {
  const inEnvironment = env[RELAY_SETTINGS];
  if (settings === undefined && inEnvironment !== undefined) return parseRelayFile(inEnvironment, RELAY_SETTINGS);
  const path = resolve(dir, settings ?? SETTINGS);
  return parseRelayFile(await readSettings(path), path);
};

/** Runs until it is stopped. @throws ChatopsError CONFIG_UNREADABLE, CONFIG_INVALID, and as `startRelay` */
export const relayCommand = async (
  { dir, env, out, known, signal }: Invocation,
  options: RelayCommandOptions,
): Promise<number> => {
  const say = (line: string): void => out(`relay: ${line}\n`);
  const file = await settingsOf(dir, env, options);
  const host = options.host ?? LOOPBACK;
  const { port, ended } = await startRelay({
    file,
    secrets: secretsFromEnvironment(env, (value) => new Secret(value)),
    http: createHttp(),
    stateDir: resolve(dir, options.state ?? STATE),
    port: options.port ?? RELAY.port,
    ...(host === EVERY_ADDRESS ? {} : { host }),
    say,
    clean: known.clean,
    signal,
  });
  say(
    `taking deliveries on port ${port} of ${host === EVERY_ADDRESS ? 'every address' : host}, posting to ${file.to} at ${file.url}`,
  );
  await ended;
  say('stopped');
  return EXIT.ok;
};
