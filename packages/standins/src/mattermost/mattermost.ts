/** A Mattermost that is good enough for a setup, a relay and a conversation: its REST v4, incoming webhooks, events. */
import { createFaults, type Faults } from '../kit/faults.ts';
import { createHttpStandin, type StandinReply, type StandinRequest } from '../kit/http-standin.ts';
import { createLedger, type Ledger, type RequestKind } from '../kit/ledger.ts';
import { openStore } from '../kit/store.ts';
import type { RunningServer, ServerContext } from '../standin.ts';
import { refusal } from './answers.ts';
import { BOT_ROUTES } from './bots.ts';
import { ID, path, type Route } from './call.ts';
import { CHANNEL_ROUTES } from './channels.ts';
import { createEvents } from './events.ts';
import { type AskDatabase, askDatabase, clientConfig, ping } from './health.ts';
import { HOOK_ROUTES } from './hooks.ts';
import { createKeeper, type Keeper } from './keep.ts';
import { callerOf, logIn, logOut } from './people.ts';
import { createPost, deletePost, getPost, listPosts, patchPost } from './posts.ts';
import { TEAM_ROUTES } from './teams.ts';
import { createUser, USER_ROUTES } from './users.ts';
import { receive } from './webhook.ts';
import { createEmptyWorld, createWorld, type Switches, type World } from './world.ts';

export type MattermostStandin = RunningServer & {
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly world: World;
};

const PORT = 8_065;

const POST_ROUTES: readonly Route[] = [
  [
    'GET',
    path(`/channels/${ID}/posts`),
    ({ world, caller, params: [id = ''], request }) => listPosts(world, caller, id, request.query),
  ],
  ['POST', path('/posts'), ({ world, caller, body }) => createPost(world, caller, body)],
  ['GET', path(`/posts/${ID}`), ({ world, caller, params: [id = ''] }) => getPost(world, caller, id)],
  ['DELETE', path(`/posts/${ID}`), ({ world, caller, params: [id = ''] }) => deletePost(world, caller, id)],
  [
    'PUT',
    path(`/posts/${ID}/patch`),
    ({ world, caller, params: [id = ''], body }) => patchPost(world, caller, id, body),
  ],
];

const ROUTES: readonly Route[] = [
  ...USER_ROUTES,
  ...TEAM_ROUTES,
  ...CHANNEL_ROUTES,
  ...BOT_ROUTES,
  ...HOOK_ROUTES,
  ...POST_ROUTES,
];

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
};

interface Asked {
  readonly world: World;
  readonly database: AskDatabase;
  readonly siteUrl: string;
}

/** Undefined: only who is known is answered. */
const answerAnybody = (
  { world, database, siteUrl }: Asked,
  request: StandinRequest,
): Promise<StandinReply> | StandinReply | undefined => {
  const asked = `${request.method} ${request.path}`;
  if (asked === 'GET /api/v4/system/ping') return ping(request.query, database);
  if (asked === 'GET /api/v4/config/client') return clientConfig(world, siteUrl);
  const hook = /^POST \/hooks\/([a-z0-9]+)$/.exec(asked)?.[1];
  if (hook !== undefined) return receive(world, hook, request);
  if (asked === 'POST /api/v4/users/login') return logIn(world, parsed(request.body));
  if (asked === 'POST /api/v4/users/logout') return logOut(world, request.headers);
  const isNobody = callerOf(world, request.headers) === undefined;
  return asked === 'POST /api/v4/users' && isNobody ? createUser(world, undefined, parsed(request.body)) : undefined;
};

const answerKnown = (world: World, request: StandinRequest): StandinReply => {
  const found = ROUTES.find(([method, pattern]) => method === request.method && pattern.test(request.path));
  if (!found) return refusal(404, 'api.context.404.app_error');
  const caller = callerOf(world, request.headers);
  if (caller === undefined) return refusal(401, 'api.context.session_expired.app_error');
  const [, pattern, run] = found;
  const params = (pattern.exec(request.path) ?? []).slice(1).map(decodeURIComponent);
  const body = request.body.length === 0 ? {} : parsed(request.body);
  if (body === undefined) return refusal(400, 'api.context.invalid_body_param.app_error');
  return run({ world, request, caller, params, body });
};

const classify = ({ method, path: asked }: StandinRequest): RequestKind => {
  if (method === 'GET') return 'read';
  return /^\/api\/v4\/users\/log(in|out)$/.test(asked) ? 'session' : 'write';
};

/** Undefined: not set, or empty. */
const given = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

/** As the server reads them (model.Config): only `true` is on. */
const switchesFrom = (env: ServerContext['env']): Switches => ({
  bots: env.MM_SERVICESETTINGS_ENABLEBOTACCOUNTCREATION === 'true',
  userTokens: env.MM_SERVICESETTINGS_ENABLEUSERACCESSTOKENS === 'true',
  incomingHooks: env.MM_SERVICESETTINGS_ENABLEINCOMINGWEBHOOKS !== 'false',
});

/** What has a database to go to is kept, beside it. */
const isKept = (env: ServerContext['env']): boolean => given(env.MM_SQLSETTINGS_DATASOURCE) !== undefined;

/**
 * With a database to go to it begins as a server does, empty and set up by its environment. Else its things are there
 * and named by the environment: `MATTERMOST_STANDIN_TEAM`, `_CHANNELS` (by commas), `_TOKEN` of the bot and `_HOOK`, the
 * id of the incoming webhook.
 */
const worldFrom = (env: ServerContext['env']): World => {
  if (isKept(env)) return createEmptyWorld(switchesFrom(env));
  return createWorld({
    team: given(env.MATTERMOST_STANDIN_TEAM),
    channels: given(env.MATTERMOST_STANDIN_CHANNELS)?.split(','),
    token: given(env.MATTERMOST_STANDIN_TOKEN),
    hook: given(env.MATTERMOST_STANDIN_HOOK),
  });
};

/** Listens when `start` has resolved. After a `stop` it may be started again and knows what it knew. */
export const createMattermostStandin = (context: ServerContext): MattermostStandin => {
  const port = context.ports[PORT];
  if (port === undefined) throw new Error(`no port is given for port ${PORT} of ${context.service}`);
  const world = worldFrom(context.env);
  const open = (): Keeper | undefined =>
    isKept(context.env) ? createKeeper(openStore(`${context.dir}/mattermost.jsonl`), world) : undefined;
  let keeper: Keeper | undefined;
  let isKnown = false;
  const faults = createFaults();
  const ledger = createLedger();
  const events = createEvents(world, faults);
  const asked = { world, database: askDatabase(context), siteUrl: context.env.MM_SERVICESETTINGS_SITEURL ?? '' };
  const http = createHttpStandin({
    host: context.host,
    port,
    ledger,
    faults,
    classify,
    handle: async (request) => {
      const answer = (await answerAnybody(asked, request)) ?? answerKnown(world, request);
      if (request.method !== 'GET') keeper?.save();
      return answer;
    },
    onUpgrade: events.upgrade,
  });
  return {
    service: context.service,
    played: 'stand-in',
    start: () => {
      keeper = open();
      if (!isKnown) keeper?.recall();
      isKnown = true;
      return http.listen();
    },
    stop: async () => {
      events.close();
      await http.shut();
      keeper?.close();
      keeper = undefined;
    },
    world,
    ledger,
    faults,
    crashed: new Promise(() => undefined),
  };
};
