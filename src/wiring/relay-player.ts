/** The relay of a stack without containers: the program itself, in this process, with names of the stack's network. */
import type { ServerFactory } from '@chatops-up/standins';
import { createHttp } from '../adapters/http.ts';
import { makeDirectory } from '../adapters/make-directory.ts';
import { secretsFromEnvironment } from '../adapters/secrets.ts';
import { RELAY, RELAY_SETTINGS } from '../parts/relay/place.ts';
import { parseRelayFile, type RelayFile } from '../parts/relay/program/relay-file.ts';
import { Secret } from '../values/secret.ts';
import type { Clean } from '../values/words/clean.ts';
import { type RunningRelay, startRelay } from './start-relay.ts';

type Context = Parameters<ServerFactory>[0];

/** What a container would find by name is a place on the loopback here. */
const onLoopback = (file: RelayFile, { lookup }: Context): RelayFile => {
  const { hostname, port, protocol } = new URL(file.url);
  const own = lookup(hostname, Number(port) || (protocol === 'https:' ? 443 : 80));
  return own === undefined ? file : { ...file, url: `http://${own.host}:${own.port}` };
};

export const createRelayPlayer =
  (clean: Clean): ServerFactory =>
  (context) => {
    const { service, env, dir, ports, host = '127.0.0.1' } = context;
    const stopping = new AbortController();
    let running: RunningRelay | undefined;
    return {
      service,
      played: 'real',
      start: async () => {
        await makeDirectory(dir);
        running = await startRelay({
          file: onLoopback(parseRelayFile(env[RELAY_SETTINGS] ?? '', RELAY_SETTINGS), context),
          secrets: secretsFromEnvironment(env, (value) => new Secret(value)),
          http: createHttp(),
          stateDir: dir,
          port: ports[RELAY.port] ?? 0,
          host,
          // What its log would say is nothing that a run reports; its health says why it is not ready.
          say: () => undefined,
          clean,
          signal: stopping.signal,
        });
      },
      stop: async () => {
        stopping.abort(new Error('stopped'));
        await running?.ended;
      },
      crashed: new Promise(() => undefined),
    };
  };
