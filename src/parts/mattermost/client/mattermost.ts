/** Mattermost by its REST v4 and its WebSocket, as an account that logs in with a password. */
import { z } from 'zod';
import type { Clock } from '../../../contracts/clock.ts';
import type { Credentials } from '../../../contracts/credentials.ts';
import type { Http, HttpResponse } from '../../../contracts/http.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { Secret } from '../../../values/secret.ts';
import type { MattermostPort, MattermostSession } from '../mattermost.ts';
import { adminOver, newUserCall, rolesOf } from './admin.ts';
import { errorId, isSuccess, waitOf } from './answers.ts';
import { listen } from './events.ts';
import { askAbout, askHealth } from './health.ts';
import { isSystem, messageOf, POST } from './messages.ts';
import { createRest, type Rest, read, refusalOf } from './rest.ts';

/** Of who may change everything (model.SystemAdminRoleId). */
const ADMIN_ROLE = 'system_admin';

/** The contract's largest. */
const MOST = 100;

const named = z.object({ id: z.string().min(1), name: z.string() });
const user = z.object({ id: z.string().min(1), username: z.string(), roles: z.string().catch('') });
const page = z.object({ order: z.array(z.string()), posts: z.record(z.string(), POST) });

/** All reasons but a second factor are folded into one (server/channels/api4/user.go). */
const loginRefused = (response: HttpResponse, { username, passwordName }: Credentials): ChatopsError => {
  const why = `HTTP 401 (${errorId(response)})`;
  const what = `${username} could not log in to Mattermost`;
  if (errorId(response).startsWith('mfa.')) return new ChatopsError('SECOND_FACTOR_NEEDED', { what, why });
  return new ChatopsError('LOGIN_REFUSED', { what, why, next: `check ${passwordName} in .env` });
};

const sessionOver = (
  rest: Rest,
  me: MattermostSession['me'],
  hear: MattermostSession['listen'],
): MattermostSession => ({
  me,
  channel: async (name, signal) => {
    const asked = { method: 'GET', path: '/users/me/teams', doing: 'list the teams' } as const;
    for (const { id } of await rest.ask(asked, z.array(named), signal)) {
      const path = `/teams/${id}/channels/name/${encodeURIComponent(name)}`;
      const found = await rest.find({ method: 'GET', path, doing: `find channel ${name}` }, named, signal);
      if (found) return found;
    }
    return undefined;
  },
  isMember: async (channelId, signal) => {
    const path = `/channels/${channelId}/members/${me.id}`;
    const found = await rest.find({ method: 'GET', path, doing: 'look for a membership' }, z.object({}), signal);
    return found !== undefined;
  },
  post: async (channelId, message, signal) => {
    const body = { channel_id: channelId, message };
    return messageOf(await rest.ask({ method: 'POST', path: '/posts', body, doing: 'post' }, POST, signal));
  },
  message: async (id, signal) => {
    const path = `/posts/${encodeURIComponent(id)}`;
    const found = await rest.find({ method: 'GET', path, doing: 'read a message' }, POST, signal);
    return found && messageOf(found);
  },
  latest: async (channelId, count, signal) => {
    const path = `/channels/${channelId}/posts?page=0&per_page=${Math.min(MOST, count)}`;
    const { order, posts } = await rest.ask({ method: 'GET', path, doing: 'read a channel' }, page, signal);
    return order.flatMap((id) => {
      const post = posts[id];
      return post === undefined || isSystem(post) ? [] : [messageOf(post)];
    });
  },
  delete: async (id, signal) => {
    const doing = 'remove a message';
    const path = `/posts/${encodeURIComponent(id)}`;
    const response = await rest.answer({ method: 'DELETE', path, doing }, signal);
    const isGone = response.status === 404 && errorId(response) !== '';
    if (!isSuccess(response) && !isGone) throw refusalOf(doing, response);
  },
  listen: hear,
});

interface LoggedIn {
  readonly me: MattermostSession['me'];
  readonly roles: readonly string[];
  readonly token: Secret;
  readonly rest: Rest;
}

/** Logins alone are limited, five a second from one address with ten at once (11.5): checks of a stack are more than that. */
const MOST_WAITS = 5;
const LONGEST_WAIT_MS = 10_000;

/** Asked again where the server says how long to wait; it has not looked at the password then. */
const answerInTurn = async (
  ask: () => Promise<HttpResponse>,
  clock: Clock,
  signal: AbortSignal,
): Promise<HttpResponse> => {
  for (let waits = 0; ; waits += 1) {
    const response = await ask();
    const { afterMs } = response.status === 429 ? waitOf(response) : {};
    if (afterMs === undefined || afterMs > LONGEST_WAIT_MS || waits === MOST_WAITS) return response;
    await clock.sleep(afterMs, signal);
  }
};

interface Tools {
  readonly http: Http;
  readonly clock: Clock;
}

const logIn = async (
  { http, clock }: Tools,
  base: string,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<LoggedIn> => {
  const { username, password } = credentials;
  const doing = `log in as ${username}`;
  const body = { login_id: username, password: password.reveal() };
  const asked = { method: 'POST', path: '/users/login', body, doing } as const;
  const response = await answerInTurn(() => createRest(http, base).answer(asked, signal), clock, signal);
  if (response.status === 401) throw loginRefused(response, credentials);
  if (!isSuccess(response)) throw refusalOf(doing, response);
  const { id, username: name, roles } = read(doing, response, user);
  const given = response.headers.token;
  if (given === undefined) {
    const why = 'the answer to the login bears no token';
    throw new ChatopsError('UNEXPECTED_ANSWER', { what: `could not ${doing}`, why });
  }
  const token = new Secret(given);
  return { me: { id, name }, roles: rolesOf(roles), token, rest: createRest(http, base, token) };
};

const notAdmin = ({ username }: Credentials, base: string, roles: readonly string[]): ChatopsError =>
  new ChatopsError('PERMISSION_MISSING', {
    what: `${username} is no administrator of ${base}`,
    why: `its roles are ${roles.join(', ') || 'none'}`,
    next: `make ${username} a system admin, or name an administrator in chatops.yaml (admin.username)`,
  });

export const createMattermost = (http: Http, clock: Clock): MattermostPort => ({
  login: async (base, credentials, signal) => {
    const { me, rest, token } = await logIn({ http, clock }, base, credentials, signal);
    return sessionOver(rest, me, (listener, stop) => listen(base, token, listener, stop));
  },
  administer: async (base, credentials, signal) => {
    const { rest, roles } = await logIn({ http, clock }, base, credentials, signal);
    if (!roles.includes(ADMIN_ROLE)) throw notAdmin(credentials, base, roles);
    return adminOver(rest);
  },
  health: (base, withDatabase, signal) => askHealth(createRest(http, base), withDatabase, signal),
  about: (base, signal) => askAbout(createRest(http, base), signal),
  createFirst: async (base, wanted, signal) => {
    await createRest(http, base).ask(newUserCall(wanted), z.unknown(), signal);
  },
});
