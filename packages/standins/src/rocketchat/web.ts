/** The one HTTP door: which part answers a path, and as what a request counts. */
import type { StandinReply, StandinRequest } from '../kit/http-standin.ts';
import type { RequestKind } from '../kit/ledger.ts';
import type { Rest } from './api/rest.ts';
import type { Chat } from './chat.ts';
import { answerHealth, type Wellbeing } from './health.ts';
import type { Hooks } from './hooks/hooks.ts';

const SESSION_PATHS = ['/api/v1/login', '/api/v1/logout'];

/** Deliveries are what machinery sends by itself; every other change is a write, refused ones too. */
export const classify = ({ method, path }: StandinRequest): RequestKind => {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return 'read';
  if (SESSION_PATHS.includes(path)) return 'session';
  return path.startsWith('/hooks/') ? 'traffic' : 'write';
};

// The real page is the web client, marked like this in its head.
const PAGE =
  '<!DOCTYPE html>\n<html><head><title>Rocket.Chat</title><meta name="application-name" content="Rocket.Chat">' +
  '</head><body>stand-in</body></html>\n';

const sockjsInfo: StandinReply = {
  status: 200,
  body: { websocket: true, origins: ['*:*'], cookie_needed: false, entropy: 1 },
};

export const createWeb =
  (chat: Chat, rest: Rest, hooks: Hooks, wellbeing: Wellbeing) =>
  async (request: StandinRequest): Promise<StandinReply> => {
    const health = await answerHealth(chat, wellbeing, request);
    if (health) return health;
    const hook = await hooks(request);
    if (hook) return hook;
    if (request.path === '/sockjs/info') return sockjsInfo;
    if (request.path.startsWith('/api/')) return rest(request);
    // Every other path is the web client's.
    return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: PAGE };
  };
