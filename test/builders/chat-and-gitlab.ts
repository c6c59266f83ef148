/** What both setup jobs work on: real adapters, and stand-ins of the chat and of GitLab over sockets that reach each other. */
import { createHttp } from '../../src/adapters/http.ts';
import type { HttpRequest } from '../../src/contracts/http.ts';
import { type Ports, provide, withClients } from '../../src/contracts/ports.ts';
import { createGitLab } from '../../src/parts/gitlab/client/gitlab.ts';
import { GITLAB } from '../../src/parts/gitlab/gitlab.ts';
import { connectBot } from '../../src/parts/rocketchat/client/bot.ts';
import { createRocketChat } from '../../src/parts/rocketchat/client/rocketchat.ts';
import { ROCKETCHAT } from '../../src/parts/rocketchat/rocketchat.ts';
import { Secret } from '../../src/values/secret.ts';
import { withContracts } from '../../src/wiring/with-contracts.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';
import { atEnd } from '../helpers/at-end.ts';
import { call, type StartedGitLab, startGitLab } from '../standins/gitlab/start-gitlab.ts';
import { type RunningChat, startRocketChat } from '../standins/rocketchat/start-rocketchat.ts';
import { createWorld } from './gitlab-ports.ts';
import { SECRETS } from './rocketchat.ts';

/** What a test does before and after a request of a job, and whether it is sent at all. */
export type Around = (request: HttpRequest, send: () => Promise<unknown>) => Promise<unknown>;

export const sends: Around = (_request, send) => send();

export interface ChatAndGitLab {
  readonly chat: RunningChat;
  readonly gitlab: StartedGitLab;
  readonly secrets: Map<string, string>;
  /** Ports on the loopback by service. */
  readonly places: Record<string, number>;
  portsWith(around: Around): Ports;
  /** One more commit on the main branch. @returns how many there are, and the status of the answer */
  commit(): Promise<{ readonly pushes: number; readonly status: number }>;
  /** How many pushes the room shows, of a hundred messages. */
  pushesIn(room: string): Promise<number>;
}

const portOf = (url: string): number => Number(new URL(url).port);

/** Both end with the test. */
export const startChatAndGitLab = async (version: string): Promise<ChatAndGitLab> => {
  const chat = await startRocketChat({ env: { ADMIN_PASS: SECRETS.ADMIN_PASSWORD ?? '' } });
  atEnd(() => chat.stop());
  const gitlab = await startGitLab({ version, names: { 'rocketchat:3000': portOf(chat.url) } });
  atEnd(() => gitlab.stop());
  const secrets = new Map([
    ...Object.entries(SECRETS),
    ['CHATOPS_GITLAB_TOKEN', gitlab.token],
    ['CHATOPS_HOOK_SECRET', 'first-secret'],
  ]);
  const places: Record<string, number> = { gitlab: gitlab.port, rocketchat: portOf(chat.url) };
  let pushes = 0;
  return {
    chat,
    gitlab,
    secrets,
    places,
    portsWith: (around) => {
      const plain = createHttp();
      const http = {
        ...plain,
        request: (request: HttpRequest) => around(request, () => plain.request(request)),
      } as never;
      const clock = createVirtualClock();
      return withContracts({
        ...withClients(
          createWorld().ports,
          provide(GITLAB, createGitLab(http, clock)),
          provide(ROCKETCHAT, createRocketChat({ http, clock, report: () => undefined, connectBot })),
        ),
        http,
        clock,
        secrets: { read: (name) => new Secret(secrets.get(name) ?? '') },
        addresses: { resolve: ({ service, port }) => ({ host: '127.0.0.1', port: places[service] ?? port }) },
      });
    },
    commit: async () => {
      pushes += 1;
      const actions = [{ action: 'create', file_path: `file-${pushes}`, content: 'x' }];
      const commit = { branch: 'main', commit_message: `push ${pushes}`, actions };
      const { status } = await call(gitlab, 'POST', '/projects/ops%2Fapp/repository/commits', commit);
      return { pushes, status };
    },
    pushesIn: async (room) => {
      const { body } = await chat.get(`channels.history?roomName=${room}&count=100`);
      return (body.messages as { msg: string }[]).filter(({ msg }) => msg.includes('pushed')).length;
    },
  };
};
