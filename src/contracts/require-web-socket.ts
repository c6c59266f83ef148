import { ChatopsError } from '../errors/chatops-error.ts';
import type { Http } from './http.ts';

/**
 * The front door passes the WebSocket on that every browser and bot of a chat needs.
 * @param url of the WebSocket, `http(s)://` @throws ChatopsError UNEXPECTED_ANSWER, UNREACHABLE
 */
export const requireWebSocket = async (
  http: Pick<Http, 'upgrade'>,
  url: string,
  signal: AbortSignal,
): Promise<void> => {
  const status = await http.upgrade({ url, signal });
  if (status === 101) return;
  throw new ChatopsError('UNEXPECTED_ANSWER', {
    what: `${url} does not become a WebSocket`,
    why: `HTTP ${status} instead of 101`,
    next: 'the front door must pass the headers Upgrade and Connection on to the chat',
  });
};
