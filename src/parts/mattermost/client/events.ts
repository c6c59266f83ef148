/** The WebSocket of an account. The token goes with the upgrade, so that a refusal is an answer and not a silence. */
import { WebSocket } from 'ws';
import { z } from 'zod';
import { type Beat, createHeartbeat } from '../../../adapters/heartbeat.ts';
import { lookupWithLoopback } from '../../../adapters/lookup.ts';
import { timedOut, unreachable } from '../../../adapters/network-errors.ts';
import type { ArrivedMessage, Listening } from '../../../contracts/chat.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { Secret } from '../../../values/secret.ts';
import { readJson } from '../../../values/shape.ts';
import { isSystem, messageOf, POST } from './messages.ts';

const SETTLE_WITHIN_MS = 10_000;

const frame = z.object({ event: z.string(), data: z.object({ post: z.string().optional() }) });

const arrivedIn = (data: { readonly post?: string | undefined }): ArrivedMessage | undefined => {
  const post = POST.safeParse(readJson(data.post ?? '')).data;
  if (post === undefined || isSystem(post)) return undefined;
  return { roomId: post.channel_id, text: messageOf(post).text, from: post.user_id };
};

/**
 * Resolves when the server has said hello.
 * @param beat when a silent server is asked for a sign of life. Default: as for all connections of ours
 * @throws ChatopsError UNREACHABLE
 */
export const listen = (
  base: string,
  token: Secret,
  listener: (message: ArrivedMessage) => void,
  signal: AbortSignal,
  beat?: Beat,
): Promise<Listening> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const what = `${base} opened no WebSocket`;
    const socket = new WebSocket(`${base.replace(/^http/, 'ws')}/api/v4/websocket`, {
      headers: { Authorization: `Bearer ${token.reveal()}` },
      handshakeTimeout: SETTLE_WITHIN_MS,
      lookup: lookupWithLoopback,
    });
    const ended = new Promise<void>((done) => socket.once('close', () => done()));
    const close = async (): Promise<void> => {
      socket.terminate();
      await ended;
    };
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      act();
    };
    const fail = (error: unknown): void =>
      settle(() => {
        socket.terminate();
        reject(error);
      });
    const abort = (): void => fail(signal.reason);
    const timer = setTimeout(() => fail(timedOut(what, SETTLE_WITHIN_MS)), SETTLE_WITHIN_MS);
    signal.addEventListener('abort', abort, { once: true });
    // After the hello nobody waits for it any more, and 'close' follows.
    socket.on('error', (error) => fail(unreachable(what, error)));
    socket.once('close', () => fail(new ChatopsError('UNREACHABLE', { what, why: 'connection closed' })));
    const opened = (): Listening => {
      const heartbeat = createHeartbeat(
        () => socket.ping(),
        () => socket.terminate(),
        beat,
      );
      void ended.then(heartbeat.stop);
      for (const sign of ['message', 'ping', 'pong']) socket.on(sign, heartbeat.heard);
      return { ended, silentMs: heartbeat.silentMs, close };
    };
    socket.on('message', (bytes) => {
      const { event, data } = frame.safeParse(readJson(bytes.toString())).data ?? {};
      if (event === 'hello') settle(() => resolve(opened()));
      const arrived = event === 'posted' && data ? arrivedIn(data) : undefined;
      if (arrived) listener(arrived);
    });
  });
