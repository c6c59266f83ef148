/**
 * Ports as they are inside the stack's network: names are addresses, secrets are variables. Each third-party client is
 * loaded only when it is needed: a HEALTHCHECK starts a process every time.
 */
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { createClock } from '../adapters/clock.ts';
import { createFiles } from '../adapters/files.ts';
import { createHttp } from '../adapters/http.ts';
import { randomWord } from '../adapters/random-word.ts';
import { secretsFromEnvironment } from '../adapters/secrets.ts';
import { createTcp } from '../adapters/tcp.ts';
import type { HookPlaces } from '../contracts/hook-places.ts';
import type { Part } from '../contracts/part.ts';
import { clientsOf, type Ports, type Provided, provide } from '../contracts/ports.ts';
import type { ProofStore } from '../contracts/proofs.ts';
import { createRunnerConfig } from '../parts/gitlab-runner/client/runner-config.ts';
import { RUNNER_CONFIG, type RunnerConfigFile } from '../parts/gitlab-runner/runner-config.ts';
import type { Endpoint } from '../stack/stack.ts';
import { Secret } from '../values/secret.ts';
import { createClients } from './clients.ts';
import { withContracts } from './with-contracts.ts';

export interface PortsInsideOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `network`: the network's own resolver. `host`: as on a workstation, where `.localhost` is the loopback. */
  readonly names: 'network' | 'host';
  readonly warn: (text: string) => void;
  readonly proofs?: ProofStore;
  readonly hookPlaces?: HookPlaces;
  /** What parts keep in files. Default: nothing, but for the runner's own configuration in its own container. */
  readonly kept?: readonly Provided[];
  /** Those of others whose code is here: how their chats are spoken to. Default: none. */
  readonly parts?: readonly Part[];
}

const none = async (): Promise<undefined> => undefined;
const NO_PROOFS: ProofStore = { read: none, write: none };
const NO_HOOK_PLACES: HookPlaces = { read: async () => [], add: none };

/** As the runner's own container has it; everywhere else there is none. What asks probes never writes it. */
const OWN_RUNNER_CONFIG = createRunnerConfig(createFiles('/etc'), {
  folder: 'gitlab-runner',
  template: 'gitlab-runner/config.toml',
});
const NO_RUNNER_CONFIG: RunnerConfigFile = { read: none, write: none, template: async () => '', systemId: none };

export const portsInside = async (options: PortsInsideOptions): Promise<Ports> => {
  const { env, names, warn, kept = [], parts = [] } = options;
  const clock = createClock();
  const resolver: LookupFunction | undefined = names === 'network' ? lookup : undefined;
  const http = createHttp(resolver);
  const runnerConfig = names === 'network' ? OWN_RUNNER_CONFIG : NO_RUNNER_CONFIG;
  const clients = {
    addresses: { resolve: ({ service, port }: Endpoint) => ({ host: service, port }) },
    clock,
    secrets: secretsFromEnvironment(env, (value) => new Secret(value)),
    tcp: createTcp(resolver),
    http,
    proofs: options.proofs ?? NO_PROOFS,
    hookPlaces: options.hookPlaces ?? NO_HOOK_PLACES,
    randomWord,
    client: clientsOf([...createClients({ http, clock, warn }), provide(RUNNER_CONFIG, runnerConfig), ...kept]),
  };
  return withContracts(clients, parts);
};
