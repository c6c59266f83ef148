/** Rocket.Chat over REST, its realtime part handed in. */

import type { Credentials } from '../../../contracts/credentials.ts';
import type { HttpResponse } from '../../../contracts/http.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { Secret } from '../../../values/secret.ts';
import type {
  BotConnection,
  HookCheck,
  Liveness,
  Readiness,
  RocketChatPort,
  RocketChatSession,
} from '../rocketchat.ts';
import { logIn } from './login.ts';
import { createReads } from './reads.ts';
import { jsonOf, notTheApi } from './refusal.ts';
import { createRestClient, parseAnswer, type RestClient, type RestOptions } from './rest-client.ts';
import { apiInfo, healthChecks } from './schemas.ts';
import { createSharedLogins } from './shared-logins.ts';
import { createWrites } from './writes.ts';

/** Well under the waiting loop's own limit, so that the reason names the server. */
const PROBE_TIMEOUT_MS = 3_000;

/**
 * `/api/info` waits up to 5 s for releases.rocket.chat where its packets are dropped
 * (RocketChat/Rocket.Chat:apps/meteor/app/cloud/server/functions/supportedVersionsToken/supportedVersionsToken.ts).
 */
const INFO_TIMEOUT_MS = 5_500;

export interface RocketChatOptions extends RestOptions {
  /** Opens a realtime session on a login token that exists already. */
  readonly connectBot: (
    base: string,
    session: { readonly userId: string; readonly authToken: Secret },
    signal: AbortSignal,
  ) => Promise<BotConnection>;
}

/**
 * Shorter than that of `/health`: `/livez` asks the database, and how long it waits for one that is gone is not known.
 * `/health` asks nobody (8.x: always 200).
 */
const LIVEZ_TIMEOUT_MS = 1_500;

interface Shared {
  readonly session: RocketChatSession;
  readonly authToken: Secret;
}

/** A "token unknown" must not stick: the next caller logs in again. */
const forgettingWhenInvalid = async <T>(answer: Promise<T>, forget: () => void): Promise<T> => {
  try {
    return await answer;
  } catch (thrown) {
    if (thrown instanceof ChatopsError && thrown.code === 'TOKEN_INVALID') forget();
    throw thrown;
  }
};

const forgetting = (client: RestClient, forget: () => void): RestClient => ({
  base: client.base,
  call: (call, schema, signal) => forgettingWhenInvalid(client.call(call, schema, signal), forget),
  find: (call, schema, absent, signal) => forgettingWhenInvalid(client.find(call, schema, absent, signal), forget),
});

/** Of a health answer; names of its checks. */
const failedChecks = (response: HttpResponse): readonly string[] => {
  const parsed = healthChecks.safeParse(jsonOf(response));
  const checks = Object.entries(parsed.data?.checks ?? {});
  return checks.filter(([, { status }]) => status !== 'ok').map(([name]) => name);
};

const degraded = (response: HttpResponse, names: readonly string[]): string =>
  names.length === 0 ? `HTTP ${response.status}` : names.map((name) => `${name} degraded`).join(', ');

/** Another's affair: to be killed for it helps nobody. */
const DATABASE = 'mongo';

/** `/livez` came with 7.11.0 (#36955); before, whatever stands there is an answer of a process that works. */
const livenessOf = (response: HttpResponse): Liveness => {
  const isHealth = healthChecks.safeParse(jsonOf(response)).success;
  if (!isHealth) return { kind: 'alive', detail: `it answers ${response.status}` };
  if (response.status === 200) return { kind: 'alive', detail: 'it says that it is alive' };
  const failed = failedChecks(response);
  const own = failed.filter((name) => name !== DATABASE);
  if (own.length > 0 || failed.length === 0) return { kind: 'unwell', reason: degraded(response, own) };
  return { kind: 'alive', detail: 'it answers, without its database' };
};

/** `/readyz` came with 7.11.0 (#36955); before, the web app's page or a 404 stands there. */
const readinessOf = (base: string, response: HttpResponse): Readiness => {
  const isHealth = healthChecks.safeParse(jsonOf(response)).success;
  if (response.status === 200) return { kind: isHealth ? 'ready' : 'unknown' };
  if (response.status === 503 && isHealth)
    return { kind: 'unavailable', reason: degraded(response, failedChecks(response)) };
  if (response.status === 404) return { kind: 'unknown' };
  throw notTheApi('ask for readiness', base, response);
};

export const createRocketChat = (options: RocketChatOptions): RocketChatPort => {
  const logins = createSharedLogins<Shared>(options.clock);
  const probe = (base: string, path: string, signal: AbortSignal, timeoutMs = PROBE_TIMEOUT_MS) =>
    options.http.request({ method: 'GET', url: `${base}${path}`, timeoutMs, signal });

  const openSession = async (base: string, account: Credentials, signal: AbortSignal): Promise<Shared> => {
    const { userId, authToken, username, roles } = await logIn(base, account, options, signal);
    const rest = createRestClient(base, account, { userId, authToken }, options);
    const client = forgetting(rest, () => logins.forget(base, account));
    return {
      session: { userId, username, roles, ...createReads(client), ...createWrites(client) },
      authToken: new Secret(authToken),
    };
  };
  const share = (base: string, account: Credentials, signal: AbortSignal) =>
    logins.get(base, account, signal, () => openSession(base, account, signal));

  return {
    info: async (base, signal) => {
      const response = await probe(base, '/api/info', signal, INFO_TIMEOUT_MS);
      if (response.status !== 200 || jsonOf(response) === undefined) throw notTheApi('read /api/info', base, response);
      const { version, info } = parseAnswer('read /api/info', base, response, apiInfo);
      return { version: info?.version ?? version ?? 'unknown' };
    },
    liveness: async (base, signal) => {
      const [livez, health] = await Promise.allSettled([
        options.http.request({ method: 'GET', url: `${base}/livez`, timeoutMs: LIVEZ_TIMEOUT_MS, signal }),
        probe(base, '/health', signal),
      ]);
      signal.throwIfAborted();
      if (livez.status === 'fulfilled') return livenessOf(livez.value);
      if (health.status === 'fulfilled') return { kind: 'alive', detail: 'it answers, but not on /livez in time' };
      throw health.reason;
    },
    readiness: async (base, signal) => readinessOf(base, await probe(base, '/readyz', signal)),
    login: async (base, account, signal) => (await share(base, account, signal)).session,
    connectBot: async (base, account, signal) => {
      const { session, authToken } = await share(base, account, signal);
      const opening = options.connectBot(base, { userId: session.userId, authToken }, signal);
      return forgettingWhenInvalid(opening, () => logins.forget(base, account));
    },
    checkHook: async (base, { id, token }, signal): Promise<HookCheck> => {
      // The longer form: `/hooks/info/<id>/<token>` is taken for an integration called "info" (order of routes).
      const path = `/hooks/info/${encodeURIComponent(id)}/check/${encodeURIComponent(token.reveal())}`;
      const response = await probe(base, path, signal).catch((thrown: unknown) => {
        signal.throwIfAborted();
        // The address holds the token: what was asked is reported without it.
        throw new ChatopsError('UNREACHABLE', {
          what: `no answer from the webhook ${id} on ${base}`,
          ...(thrown instanceof ChatopsError && thrown.why !== undefined ? { why: thrown.why } : {}),
          cause: thrown,
        });
      });
      const body = jsonOf(response);
      const success = typeof body === 'object' && body !== null && 'success' in body && body.success === true;
      return { answers: response.status === 200 && success, status: response.status };
    },
  };
};
