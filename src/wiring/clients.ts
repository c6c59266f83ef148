/**
 * The visible table of clients: what a part asks for by its key → who speaks to the server. Each loads at its first call.
 * Wiring alone may name implementations, so the products stand here and nowhere else outside of their parts.
 */
import type { Clock } from '../contracts/clock.ts';
import type { Http } from '../contracts/http.ts';
import { type ClientKey, type Provided, provide } from '../contracts/ports.ts';
import { GITLAB } from '../parts/gitlab/gitlab.ts';
import { MATTERMOST } from '../parts/mattermost/mattermost.ts';
import { MONGO } from '../parts/mongodb/mongo.ts';
import { POSTGRES } from '../parts/postgres/postgres.ts';
import { ROCKETCHAT } from '../parts/rocketchat/rocketchat.ts';
import { late } from './late.ts';

/** What clients are made with. */
export interface ClientTools {
  readonly http: Http;
  readonly clock: Clock;
  /** Called when a server makes us wait for its rate limit. */
  readonly warn: (text: string) => void;
}

type Make = (tools: ClientTools) => Provided;

const made =
  <T>(key: ClientKey<T>, make: (tools: ClientTools) => T): Make =>
  (tools) =>
    provide(key, make(tools));

const CLIENTS: readonly Make[] = [
  made(MONGO, () => late(async () => (await import('../parts/mongodb/client/mongo.ts')).createMongo())),
  made(POSTGRES, () => late(async () => (await import('../parts/postgres/client/postgres.ts')).createPostgres())),
  made(ROCKETCHAT, ({ http, clock, warn }) =>
    late(async () => {
      const { createRocketChat } = await import('../parts/rocketchat/client/rocketchat.ts');
      const { connectBot } = await import('../parts/rocketchat/client/bot.ts');
      return createRocketChat({ http, clock, report: warn, connectBot });
    }),
  ),
  made(MATTERMOST, ({ http, clock }) =>
    late(async () => (await import('../parts/mattermost/client/mattermost.ts')).createMattermost(http, clock)),
  ),
  made(GITLAB, ({ http, clock }) => ({
    connect: (access) =>
      late(async () => (await import('../parts/gitlab/client/gitlab.ts')).createGitLab(http, clock).connect(access)),
  })),
];

export const createClients = (tools: ClientTools): readonly Provided[] => CLIENTS.map((make) => make(tools));
