/** Puts the adapters together: the one place where ports meet what implements them. */
import { createClock } from '../adapters/clock.ts';
import { createGitLab } from '../adapters/gitlab/gitlab.ts';
import { createHttp } from '../adapters/http.ts';
import { createMongo } from '../adapters/mongo.ts';
import { randomWord } from '../adapters/random-word.ts';
import { createRocketChat } from '../adapters/rocketchat/rocketchat.ts';
import { connectBot } from '../adapters/rocketchat-bot.ts';
import { createTcp } from '../adapters/tcp.ts';
import type { Addresses } from '../ports/addresses.ts';
import type { Ports } from '../ports/ports.ts';
import type { ProofStore } from '../ports/proofs.ts';
import type { RunnerConfigFile } from '../ports/runner-config.ts';
import type { Secrets } from '../ports/secrets.ts';

export interface PortsOptions {
  readonly addresses: Addresses;
  readonly secrets: Secrets;
  readonly proofs: ProofStore;
  readonly runnerConfig: RunnerConfigFile;
  /** Told when a server makes us wait for its rate limit. */
  readonly warn: (text: string) => void;
}

export const createPorts = ({ addresses, secrets, proofs, runnerConfig, warn }: PortsOptions): Ports => {
  const clock = createClock();
  const http = createHttp();
  return {
    addresses,
    clock,
    secrets,
    tcp: createTcp(),
    http,
    mongo: createMongo(),
    rocketchat: createRocketChat({ http, clock, report: warn, connectBot }),
    gitlab: createGitLab(http, clock),
    runnerConfig,
    proofs,
    randomWord,
  };
};
