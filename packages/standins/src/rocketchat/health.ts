/** `/livez`, `/readyz`, `/health` and `/api/info` (RocketChat/Rocket.Chat:apps/meteor/server/routes/health.ts). */
import type { StandinReply, StandinRequest } from '../kit/http-standin.ts';
import type { Chat } from './chat.ts';
import { findSession } from './domain/tokens.ts';
import { hasPermission } from './permissions.ts';

/** Checks of its own; that of MongoDB is made. */
export type OwnCheck = 'memory' | 'eventLoop';

export interface Wellbeing {
  /** Throws when MongoDB does not answer. */
  readonly ping: () => Promise<void>;
  /** Those that fail now. */
  readonly degraded: ReadonlySet<OwnCheck>;
}

const mongoCheck = async (ping: Wellbeing['ping']): Promise<Readonly<Record<string, unknown>>> => {
  try {
    await ping();
    return { status: 'ok' };
  } catch (thrown) {
    return { status: 'degraded', error: thrown instanceof Error ? thrown.message : String(thrown) };
  }
};

/** Both ping MongoDB, and both look at heap and event loop, which are well unless a test says otherwise. */
const deepHealth = async ({ ping, degraded }: Wellbeing): Promise<StandinReply> => {
  const [lags, full] = [degraded.has('eventLoop'), degraded.has('memory')];
  const mongo = await mongoCheck(ping);
  const checks = {
    memory: full ? { status: 'degraded', percentile: 0.95 } : { status: 'ok', percentile: 0.4 },
    eventLoop: lags ? { status: 'degraded', lagMs: 9_000 } : { status: 'ok', lagMs: 10 },
    mongo,
  };
  const isWell = mongo.status === 'ok' && !lags && !full;
  return { status: isWell ? 200 : 503, body: { status: isWell ? 'ok' : 'unavailable', checks } };
};

const info = (chat: Chat, request: StandinRequest): StandinReply => {
  const session = findSession(chat, request.headers['x-auth-token'] ?? '');
  const isKnown = session?.user._id === request.headers['x-user-id'];
  const seesAll = isKnown && session !== undefined && hasPermission(chat.state, session.user, 'view-statistics');
  const { full } = chat.traits;
  const minimumClientVersions = { desktop: '4.0.0', mobile: '4.0.0' };
  const shown = seesAll ? { version: full, info: { version: full, tag: full } } : { version: majorMinor(full) };
  return { status: 200, body: { ...shown, minimumClientVersions, success: true } };
};

const majorMinor = (version: string): string => version.split('.').slice(0, 2).join('.');

const plainHealth = (chat: Chat): StandinReply =>
  chat.traits.healthIsJson ? { status: 200, body: { status: 'ok' } } : { status: 200, body: 'ok' };

/** @returns undefined when the path is none of these */
export const answerHealth = async (
  chat: Chat,
  wellbeing: Wellbeing,
  request: StandinRequest,
): Promise<StandinReply | undefined> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  const isDeep = request.path === '/livez' || request.path === '/readyz';
  if (isDeep && chat.traits.hasLivez) return deepHealth(wellbeing);
  if (request.path === '/health') return plainHealth(chat);
  if (request.path === '/api/info') return info(chat, request);
  return undefined;
};
