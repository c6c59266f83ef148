/**
 * Ports as they are inside the stack's network: names are addresses, secrets are variables. Each third-party client is
 * loaded only when it is needed: a HEALTHCHECK starts a process every time.
 */
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { createClock } from '../adapters/clock.ts';
import { createFiles } from '../adapters/files.ts';
import { createHttp } from '../adapters/http.ts';
import { secretsFromEnvironment } from '../adapters/secrets.ts';
import { createTcp } from '../adapters/tcp.ts';
import type { Clock } from '../contracts/clock.ts';
import type { HookPlaces } from '../contracts/hook-places.ts';
import type { Http } from '../contracts/http.ts';
import type { Ports } from '../contracts/ports.ts';
import type { ProofStore } from '../contracts/proofs.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { GitLabAccess, GitLabClient, GitLabPort } from '../parts/gitlab/gitlab.ts';
import { createRunnerConfig } from '../parts/gitlab-runner/client/runner-config.ts';
import type { RunnerConfigFile } from '../parts/gitlab-runner/runner-config.ts';
import type { MongoPort } from '../parts/mongodb/mongo.ts';
import type { RocketChatPort } from '../parts/rocketchat/rocketchat.ts';
import { Secret } from '../values/secret.ts';
import { late } from './late.ts';
import { withContracts } from './with-contracts.ts';

export const ALL_CLIENTS: ReadonlySet<keyof Ports> = new Set(['mongo', 'rocketchat', 'gitlab']);

export interface InsideOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Each of them is loaded when it is first asked, the others never. */
  readonly clients: ReadonlySet<keyof Ports>;
  /** `network`: the network's own resolver. `host`: as on a person's machine, where `.localhost` is the loopback. */
  readonly names: 'network' | 'host';
  readonly warn: (text: string) => void;
  readonly proofs?: ProofStore;
  readonly hookPlaces?: HookPlaces;
  readonly runnerConfig?: RunnerConfigFile;
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

/** Stands for a client that nothing here asks for. */
const notLoaded = <T extends object>(name: keyof Ports): T =>
  new Proxy({} as T, {
    get: (_, key) => {
      // Whoever awaits it asks whether it is a promise.
      if (key === 'then') return undefined;
      throw new ChatopsError('INTERNAL', { what: `the ${name} client was not loaded` });
    },
  });

const rocketchat = async (http: Http, clock: Clock, report: (text: string) => void): Promise<RocketChatPort> => {
  const { createRocketChat } = await import('../parts/rocketchat/client/rocketchat.ts');
  const { connectBot } = await import('../parts/rocketchat/client/bot.ts');
  return createRocketChat({ http, clock, report, connectBot });
};

const gitlab = async (http: Http, clock: Clock): Promise<GitLabPort> =>
  (await import('../parts/gitlab/client/gitlab.ts')).createGitLab(http, clock);

const mongo = async (): Promise<MongoPort> => (await import('../parts/mongodb/client/mongo.ts')).createMongo();

export const portsInside = async (options: InsideOptions): Promise<Ports> => {
  const { clients, env, names, warn } = options;
  const clock = createClock();
  const resolver: LookupFunction | undefined = names === 'network' ? lookup : undefined;
  const http = createHttp(resolver);
  const load = <T extends object>(name: keyof Ports, make: () => Promise<T>): T =>
    clients.has(name) ? late(make) : notLoaded<T>(name);
  const gitlabOf = async (access: GitLabAccess): Promise<GitLabClient> => (await gitlab(http, clock)).connect(access);
  return withContracts({
    addresses: { resolve: ({ service, port }) => ({ host: service, port }) },
    clock,
    secrets: secretsFromEnvironment(env, (value) => new Secret(value)),
    tcp: createTcp(resolver),
    http,
    mongo: load('mongo', mongo),
    rocketchat: load('rocketchat', () => rocketchat(http, clock, warn)),
    gitlab: clients.has('gitlab') ? { connect: (access) => late(() => gitlabOf(access)) } : notLoaded('gitlab'),
    runnerConfig: options.runnerConfig ?? (names === 'network' ? OWN_RUNNER_CONFIG : NO_RUNNER_CONFIG),
    proofs: options.proofs ?? NO_PROOFS,
    hookPlaces: options.hookPlaces ?? NO_HOOK_PLACES,
    randomWord: (await import('../adapters/random-word.ts')).randomWord,
  });
};
