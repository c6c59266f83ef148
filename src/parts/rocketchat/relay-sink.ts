/**
 * Rocket.Chat as its bot. Messages get the id we choose, so none can be there twice. `chat.update` changes the text
 * alone, so what will be changed is written as text without attachments.
 */

import type { ChatSink, Later } from '../../contracts/chat-sink.ts';
import type { Clock } from '../../contracts/clock.ts';
import type { Credentials } from '../../contracts/credentials.ts';
import { TAKES_NONE_MS } from '../../contracts/once-it-takes-messages.ts';
import { ChatopsError, toChatopsError } from '../../errors/chatops-error.ts';
import type { RocketChatPort, RocketChatSession } from './rocketchat.ts';

export interface RocketChatSinkOptions {
  readonly rocketchat: Pick<RocketChatPort, 'login'>;
  /** `http://rocketchat:3000`, no trailing slash. */
  readonly base: string;
  readonly credentials: Credentials;
  readonly clock: Pick<Clock, 'now'>;
}

type Attachments = readonly Readonly<Record<string, unknown>>[];

/** A refusal of this very message; a missing right or room may come back. */
const isRefusal = (error: ChatopsError): boolean => error.code === 'JOB_FAILED';

const later = (error: ChatopsError): Later => ({ kind: 'later', why: error.message });

export const createRocketChatSink = ({ rocketchat, base, credentials, clock }: RocketChatSinkOptions): ChatSink => {
  /** Since when the server has refused every message as it is read-only. */
  let readOnly: { readonly since: number; readonly error: ChatopsError } | undefined;
  const noteTaken = (): void => {
    readOnly = undefined;
  };
  const noteRefused = (error: ChatopsError): void => {
    if (error.code === 'CHAT_READ_ONLY') readOnly = { since: readOnly?.since ?? clock.now(), error };
  };
  /** In the first minutes after its start that is not worth a word: what waits is sent when it is over. */
  const lastingly = (): string | undefined =>
    readOnly !== undefined && clock.now() - readOnly.since >= TAKES_NONE_MS
      ? `${readOnly.error.message}; ${readOnly.error.next}`
      : undefined;
  const roomIds = new Map<string, string>();

  const roomId = async (session: RocketChatSession, channel: string, signal: AbortSignal): Promise<string> => {
    const known = roomIds.get(channel);
    if (known !== undefined) return known;
    const room = await session.room(channel, signal);
    if (!room) {
      const why = 'it does not exist, or it is private and the bot is not in it';
      throw new ChatopsError('PERMISSION_MISSING', { what: `${credentials.username} sees no room ${channel}`, why });
    }
    roomIds.set(channel, room.id);
    return room.id;
  };

  const asBot = async <T, R>(
    channel: string,
    signal: AbortSignal,
    task: (session: RocketChatSession, id: string) => Promise<T>,
    refused: (error: ChatopsError) => R | undefined,
  ): Promise<T | NonNullable<R> | Later> => {
    try {
      const session = await rocketchat.login(base, credentials, signal);
      return await task(session, await roomId(session, channel, signal));
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      const error = toChatopsError(thrown);
      noteRefused(error);
      // A room made anew has another id.
      roomIds.delete(channel);
      return refused(error) ?? later(error);
    }
  };

  return {
    remembers: true,
    trouble: async (channels, signal) => {
      try {
        const session = await rocketchat.login(base, credentials, signal);
        const rooms = await Promise.all(channels.map((channel) => session.room(channel, signal)));
        const bad = channels.find((_, index) => rooms[index] === undefined || rooms[index]?.archived);
        return bad === undefined
          ? lastingly()
          : `${credentials.username} cannot post in #${bad}: it is missing or archived`;
      } catch (thrown) {
        return toChatopsError(thrown).message;
      }
    },
    find: (channel, key, signal) =>
      asBot(
        channel,
        signal,
        async (session) => {
          const found = await session.message(key, signal);
          return found === undefined ? { kind: 'absent' as const } : { kind: 'found' as const, id: found.id };
        },
        () => undefined,
      ),
    post: (channel, key, { text, attachments }, signal) =>
      asBot(
        channel,
        signal,
        async (session, id) => {
          const more = attachments === undefined ? {} : { attachments: attachments as Attachments };
          await session.send({ id: key, roomId: id, text: String(text), ...more }, signal);
          noteTaken();
          return { kind: 'done' as const, id: key };
        },
        (error) => (isRefusal(error) ? { kind: 'refused' as const, why: error.message } : undefined),
      ),
    update: (channel, id, _key, { text }, signal) =>
      asBot(
        channel,
        signal,
        async (session, room) => {
          await session.edit({ id, roomId: room, text: String(text) }, signal);
          noteTaken();
          return { kind: 'done' as const };
        },
        // Removed by a user, or not to be changed any more (Message_AllowEditing and its time limit).
        (error) =>
          isRefusal(error) || error.code === 'PERMISSION_MISSING'
            ? { kind: 'gone' as const, why: error.message }
            : undefined,
      ),
  };
};
