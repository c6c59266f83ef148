/** Puts the adapters together: the one place where ports meet what implements them. Third-party clients load when used. */
import type { SecureContext } from 'node:tls';
import { createClock } from '../adapters/clock.ts';
import { createHttp } from '../adapters/http.ts';
import { randomWord } from '../adapters/random-word.ts';
import { createTcp } from '../adapters/tcp.ts';
import type { Addresses } from '../contracts/addresses.ts';
import type { HookPlaces } from '../contracts/hook-places.ts';
import type { Ports } from '../contracts/ports.ts';
import type { ProofStore } from '../contracts/proofs.ts';
import type { Secrets } from '../contracts/secrets.ts';
import type { RunnerConfigFile } from '../parts/gitlab-runner/runner-config.ts';
import { late } from './late.ts';
import { withContracts } from './with-contracts.ts';

export interface PortsOptions {
  readonly addresses: Addresses;
  readonly secrets: Secrets;
  readonly proofs: ProofStore;
  readonly hookPlaces: HookPlaces;
  readonly runnerConfig: RunnerConfigFile;
  /** Told when a server makes us wait for its rate limit. */
  readonly warn: (text: string) => void;
  /** What TLS trusts. Default: what Node does. */
  readonly trusted?: () => SecureContext | undefined;
}

export const createPorts = ({
  addresses,
  secrets,
  proofs,
  hookPlaces,
  runnerConfig,
  warn,
  trusted,
}: PortsOptions): Ports => {
  const clock = createClock();
  const http = createHttp(undefined, trusted);
  return withContracts({
    addresses,
    clock,
    secrets,
    tcp: createTcp(),
    http,
    mongo: late(async () => (await import('../parts/mongodb/client/mongo.ts')).createMongo()),
    rocketchat: late(async () => {
      const { createRocketChat } = await import('../parts/rocketchat/client/rocketchat.ts');
      const { connectBot } = await import('../parts/rocketchat/client/bot.ts');
      return createRocketChat({ http, clock, report: warn, connectBot });
    }),
    gitlab: {
      connect: (access) =>
        late(async () => (await import('../parts/gitlab/client/gitlab.ts')).createGitLab(http, clock).connect(access)),
    },
    runnerConfig,
    proofs,
    hookPlaces,
    randomWord,
  });
};
