/** Servers that answer with anything, over no socket: our clients read it, or refuse it as foreseen. */
import type { Clock } from '../../../src/contracts/clock.ts';
import type { Http, HttpResponse } from '../../../src/contracts/http.ts';
import { clientsOf, provide } from '../../../src/contracts/ports.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { createGitLab } from '../../../src/parts/gitlab/client/gitlab.ts';
import { createChatOf } from '../../../src/parts/rocketchat/chat.ts';
import { createRocketChat } from '../../../src/parts/rocketchat/client/rocketchat.ts';
import { ROCKETCHAT } from '../../../src/parts/rocketchat/rocketchat.ts';
import { Secret } from '../../../src/values/secret.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { isForeseen, type Target } from '../target.ts';

interface Written {
  readonly status?: unknown;
  readonly type?: unknown;
  readonly body?: unknown;
}

const asWritten = (text: string): Written => {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? (read as Written) : { body: read };
  } catch {
    return { body: text };
  }
};

/** The same to every call: what the text says, as far as it is an answer. */
const answering = (text: string): Http => {
  const { status, type, body } = asWritten(text);
  const response: HttpResponse = {
    status: typeof status === 'number' && status >= 200 && status < 600 ? Math.floor(status) : 200,
    headers: { 'content-type': typeof type === 'string' ? type : 'application/json', 'retry-after': '1' },
    body: typeof body === 'string' ? body : (JSON.stringify(body) ?? ''),
  };
  return { request: async () => response, upgrade: async () => response.status };
};

/** Each call by itself: one that is refused keeps no other from being tried. */
const tryAll = async (calls: readonly (() => Promise<unknown>)[]): Promise<void> => {
  for (const call of calls) {
    await call().catch((thrown: unknown) => {
      if (!isForeseen(thrown)) throw thrown;
    });
  }
};

/** As every job has one: a server that always asks to wait would be waited for until then. */
const deadlineOf = (clock: Clock): AbortSignal => {
  const controller = new AbortController();
  const what = 'the servers took too long';
  void clock.sleep(120_000).then(() => controller.abort(new ChatopsError('GATE_TIMED_OUT', { what })));
  return controller.signal;
};

const USER = {
  _id: 'u',
  username: 'hubot',
  name: 'Bot',
  roles: ['bot'],
  active: true,
  emails: [{ address: 'a@b.c', verified: true }],
};
const MESSAGE = {
  _id: 'm',
  rid: 'r',
  msg: 'hello',
  ts: '2026-01-01T00:00:00.000Z',
  u: { _id: 'u', username: 'hubot' },
  attachments: [{ title: 't', text: 'x' }],
};
const CHAT = {
  success: true,
  status: 'success',
  data: { userId: 'u', authToken: 'session-token-of-17', me: USER },
  version: '8.1.0',
  info: { version: '8.1.0' },
  user: USER,
  users: [USER],
  channel: { _id: 'r', name: 'ops', t: 'c' },
  group: { _id: 'r', name: 'ops', t: 'p' },
  room: { _id: 'r', name: 'ops', t: 'c' },
  message: MESSAGE,
  messages: [MESSAGE],
  members: [USER],
  integrations: [],
  total: 1,
  count: 1,
  offset: 0,
};

const chat: Target = {
  name: 'chat-answers',
  seeds: [
    JSON.stringify({ status: 200, body: CHAT }),
    JSON.stringify({ status: 401, body: { status: 'error', message: 'Unauthorized', error: 'Unauthorized' } }),
    JSON.stringify({
      status: 400,
      body: { success: false, error: 'error-room-not-found', errorType: 'error-room-not-found' },
    }),
    JSON.stringify({ status: 502, type: 'text/html', body: '<html>bad gateway</html>' }),
  ],
  run: async (text) => {
    const clock = createVirtualClock();
    const port = createRocketChat({
      http: answering(text),
      clock,
      report: () => undefined,
      connectBot: () => Promise.reject(new Error('no sockets here')),
    });
    const chat = createChatOf({
      client: clientsOf([provide(ROCKETCHAT, port)]),
      addresses: { resolve: ({ service, port: number }) => ({ host: service, port: number }) },
    })({ kind: 'url', url: 'http://chat' });
    const signal = deadlineOf(clock);
    const session = await chat.login({ username: 'hubot', password: new Secret('a'), passwordName: 'A' }, signal);
    await tryAll([
      () => session.room('ops', signal),
      () => session.whyMayNotPost(['ops'], signal),
      () => session.post('r', 'hello', signal),
      () => session.message('m', signal),
      () => session.latest({ id: 'r', name: 'ops' }, 100, signal),
      () => session.delete({ id: 'm', roomId: 'r' }, signal),
    ]);
  },
};

const PROJECT = {
  id: 1,
  path_with_namespace: 'ops/app',
  default_branch: 'main',
  web_url: 'https://git.example.org/ops/app',
  visibility: 'private',
  permissions: { project_access: { access_level: 40 }, group_access: null },
};
const HOOK = {
  id: 5,
  url: 'https://chat.example.org/hooks/a/b',
  push_events: true,
  enable_ssl_verification: true,
  alert_status: 'executable',
  disabled_until: null,
};
const PIPELINE = {
  id: 9,
  status: 'success',
  ref: 'main',
  sha: 'abc',
  web_url: 'https://git.example.org/p/9',
  created_at: '2026-01-01T00:00:00Z',
};

const forge: Target = {
  name: 'forge-answers',
  seeds: [
    ...[
      PROJECT,
      HOOK,
      PIPELINE,
      { version: '18.1.0', revision: 'a', enterprise: false },
      { scopes: ['api'], active: true, user_id: 1 },
    ].flatMap((body) => [JSON.stringify({ status: 200, body }), JSON.stringify({ status: 200, body: [body] })]),
    JSON.stringify({ status: 403, body: { error: 'insufficient_scope', message: ['a', { b: ['c'] }] } }),
    JSON.stringify({ status: 500, type: 'text/plain', body: 'oops' }),
  ],
  run: async (text) => {
    const clock = createVirtualClock();
    const session = createGitLab(answering(text), clock).connect({
      url: 'https://git.example.org',
      token: new Secret('t'),
    });
    const signal = deadlineOf(clock);
    await tryAll([
      () => session.findProject('ops/app', signal),
      () => session.searchProjects('app', signal),
      () => session.listHooks({ kind: 'project', id: 1 }, signal),
      () => session.listPipelines(1, signal),
      () => session.showPipeline(1, 9, signal),
    ]);
  },
};

export const answers: readonly Target[] = [chat, forge];
