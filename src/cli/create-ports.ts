/** Puts the adapters together: the one place where ports meet what implements them. Third-party clients load when used. */
import type { SecureContext } from 'node:tls';
import { createClock } from '../adapters/clock.ts';
import { createHttp } from '../adapters/http.ts';
import { randomWord } from '../adapters/random-word.ts';
import { createTcp } from '../adapters/tcp.ts';
import type { Addresses } from '../ports/addresses.ts';
import type { HookPlaces } from '../ports/hook-places.ts';
import type { Ports } from '../ports/ports.ts';
import type { ProofStore } from '../ports/proofs.ts';
import type { RunnerConfigFile } from '../ports/runner-config.ts';
import type { Secrets } from '../ports/secrets.ts';
import { late } from './late.ts';

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
  return {
    addresses,
    clock,
    secrets,
    tcp: createTcp(),
    http,
    mongo: late(async () => (await import('../adapters/mongo.ts')).createMongo()),
    rocketchat: late(async () => {
      const { createRocketChat } = await import('../adapters/rocketchat/rocketchat.ts');
      const { connectBot } = await import('../adapters/rocketchat-bot.ts');
      return createRocketChat({ http, clock, report: warn, connectBot });
    }),
    gitlab: {
      connect: (access) =>
        late(async () => (await import('../adapters/gitlab/gitlab.ts')).createGitLab(http, clock).connect(access)),
    },
    runnerConfig,
    proofs,
    hookPlaces,
    randomWord,
  };
};
