/** A Mattermost that is good enough for a relay and for a conversation: logins, channels and posts of its REST v4, incoming webhooks, events. */
import { createFaults, type Faults } from '../kit/faults.ts';
import { createHttpStandin, type StandinReply, type StandinRequest } from '../kit/http-standin.ts';
import { createLedger, type Ledger } from '../kit/ledger.ts';
import type { RunningServer, ServerContext } from '../standin.ts';
import { ok, refusal } from './answers.ts';
import { createEvents } from './events.ts';
import { callerOf, logIn, userEntity } from './people.ts';
import { createPost, deletePost, getPost, listPosts, patchPost } from './posts.ts';
import { receive } from './webhook.ts';
import { type Channel, createWorld, type World } from './world.ts';

export type MattermostStandin = RunningServer & {
  readonly ledger: Ledger;
  readonly faults: Faults;
  readonly world: World;
};

const PORT = 8_065;

interface Call {
  readonly world: World;
  readonly request: StandinRequest;
  /** Id of who asks. */
  readonly caller: string;
  readonly params: readonly string[];
  readonly body: unknown;
}

type Route = readonly [method: string, path: RegExp, run: (call: Call) => StandinReply];

const channelEntity = ({ team }: World, { id, name, type }: Channel) => ({
  ...{ id, name, type, team_id: team.id, display_name: name },
  ...{ create_at: 1, update_at: 1, delete_at: 0 },
});

/** A private one is not there for who is not in it. */
const channelNamed = ({ world, caller }: Call, name: string | undefined): StandinReply => {
  const channel = world.channels.find((each) => each.name === name);
  const isSeen = channel && (channel.type === 'O' || channel.members.has(caller));
  return isSeen ? ok(channelEntity(world, channel)) : refusal(404, 'app.channel.get_by_name.missing.app_error');
};

const channelByName = (call: Call): StandinReply => {
  const [team, name] = call.params;
  return team === call.world.team.name
    ? channelNamed(call, name)
    : refusal(404, 'app.team.get_by_name.missing.app_error');
};

const channelOfTeam = (call: Call): StandinReply => {
  const [team, name] = call.params;
  return team === call.world.team.id ? channelNamed(call, name) : refusal(404, 'app.team.get.find.app_error');
};

const teams = ({ world: { team } }: Call): StandinReply =>
  ok([{ ...team, display_name: team.name, type: 'O', create_at: 1, update_at: 1, delete_at: 0 }]);

const member = ({ world, params: [channelId, userId = ''] }: Call): StandinReply => {
  const isIn = world.channels.find(({ id }) => id === channelId)?.members.has(userId);
  if (!isIn) return refusal(404, 'app.channel.get_member.missing.app_error');
  return ok({ channel_id: channelId, user_id: userId, roles: 'channel_user' });
};

const ID = '([a-z0-9]{26})';
const path = (text: string): RegExp => new RegExp(`^/api/v4${text}$`);

const ROUTES: readonly Route[] = [
  ['GET', path('/users/me'), ({ world, caller }) => ok(userEntity(world, caller))],
  ['GET', path('/users/me/teams'), teams],
  ['GET', path(`/teams/${ID}/channels/name/([^/]+)`), channelOfTeam],
  ['GET', path('/teams/name/([^/]+)/channels/name/([^/]+)'), channelByName],
  ['GET', path(`/channels/${ID}/members/${ID}`), member],
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

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
};

const handle = (world: World, request: StandinRequest): StandinReply => {
  if (request.path === '/api/v4/system/ping')
    return ok({ status: 'OK', database_status: 'OK', filestore_status: 'OK' });
  const hook = /^\/hooks\/([a-z0-9]+)$/.exec(request.path)?.[1];
  if (hook !== undefined && request.method === 'POST') return receive(world, hook, request);
  if (request.path === '/api/v4/users/login' && request.method === 'POST') return logIn(world, parsed(request.body));
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

/** Undefined: not set, or empty. */
const given = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

/**
 * Its things are named by the environment: `MATTERMOST_STANDIN_TEAM`, `_CHANNELS` (by commas), `_TOKEN` of the bot and
 * `_HOOK`, the id of the incoming webhook.
 */
const worldFrom = (env: ServerContext['env']): World =>
  createWorld({
    team: given(env.MATTERMOST_STANDIN_TEAM),
    channels: given(env.MATTERMOST_STANDIN_CHANNELS)?.split(','),
    token: given(env.MATTERMOST_STANDIN_TOKEN),
    hook: given(env.MATTERMOST_STANDIN_HOOK),
  });

/** Listens when `start` has resolved. After a `stop` it may be started again and knows what it knew: nothing is on disk. */
export const createMattermostStandin = (context: ServerContext): MattermostStandin => {
  const port = context.ports[PORT];
  if (port === undefined) throw new Error(`no port is given for port ${PORT} of ${context.service}`);
  const world = worldFrom(context.env);
  const faults = createFaults();
  const ledger = createLedger();
  const events = createEvents(world, faults);
  const http = createHttpStandin({
    host: context.host,
    port,
    ledger,
    faults,
    classify: ({ method }) => (method === 'GET' ? 'read' : 'write'),
    handle: (request) => handle(world, request),
    onUpgrade: events.upgrade,
  });
  return {
    service: context.service,
    played: 'stand-in',
    start: () => http.listen(),
    stop: () => {
      events.close();
      return http.shut();
    },
    world,
    ledger,
    faults,
    crashed: new Promise(() => undefined),
  };
};
