import type { GitLabPort } from '../parts/gitlab/gitlab.ts';
import type { RunnerConfigFile } from '../parts/gitlab-runner/runner-config.ts';
import type { MongoPort } from '../parts/mongodb/mongo.ts';
import type { RocketChatPort } from '../parts/rocketchat/rocketchat.ts';
import type { Addresses } from './addresses.ts';
import type { ChatOf } from './chat.ts';
import type { Clock } from './clock.ts';
import type { ForgeOf } from './forge.ts';
import type { HookPlaces } from './hook-places.ts';
import type { Http } from './http.ts';
import type { ProofStore } from './proofs.ts';
import type { ReceiverOf } from './receiver.ts';
import type { Secrets } from './secrets.ts';
import type { Tcp } from './tcp.ts';

/** Everything probes and jobs may ask of the world. */
export interface Ports {
  readonly addresses: Addresses;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly tcp: Tcp;
  readonly http: Http;
  readonly mongo: MongoPort;
  readonly rocketchat: RocketChatPort;
  readonly gitlab: GitLabPort;
  readonly runnerConfig: RunnerConfigFile;
  readonly chat: ChatOf;
  readonly forge: ForgeOf;
  readonly receiver: ReceiverOf;
  readonly proofs: ProofStore;
  readonly hookPlaces: HookPlaces;
  /** A short random word for proofs: lower-case letters. */
  readonly randomWord: () => string;
}
