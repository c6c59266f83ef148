/** What was said for a test is taken back, so that a room that is proven every hour does not fill with it. */

import type { ChatMessage, ChatSession, Room } from '../contracts/chat.ts';
import { toChatopsError } from '../errors/chatops-error.ts';

/** How many of a room's newest messages are looked through. */
export const LATEST = 50;

/** @param session of the account that posted them. @returns why they stay; undefined when they are gone */
export const takeBack = async (
  session: ChatSession,
  messages: readonly ChatMessage[],
  signal: AbortSignal,
): Promise<string | undefined> => {
  try {
    for (const message of messages) await session.delete(message, signal);
    return undefined;
  } catch (thrown) {
    signal.throwIfAborted();
    return toChatopsError(thrown).message;
  }
};

/** Newest messages of a room that hold this text. */
export const messagesNaming = async (
  session: ChatSession,
  room: Room,
  text: string,
  signal: AbortSignal,
): Promise<readonly ChatMessage[]> =>
  (await session.latest(room, LATEST, signal)).filter((message) => message.text.includes(text));
