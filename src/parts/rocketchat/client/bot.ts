/**
 * The bot's realtime session: the only importer of @rocket.chat/sdk (1.0.0-alpha.42). What of it works is used:
 * connect, login by token, receiving. Its room look-up asks for paths that no server has (`chat.getRoomIdByNameOrId`,
 * `rooms.info?rid=`), so rooms and posting go by REST in `rocketchat/`.
 */

import { type Beat, createHeartbeat, type Heartbeat } from '../../../adapters/heartbeat.ts';
import type { ArrivedMessage } from '../../../contracts/chat.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { Secret } from '../../../values/secret.ts';
import type { BotConnection } from '../rocketchat.ts';

const SETTLE_WITHIN_MS = 10_000;
/** Texts remembered for a `received` that comes after the message. */
const MOST_REMEMBERED = 1_000;

/** The library logs tokens and credentials at every level: nothing of it is let through. */
const silent = () => undefined;
const SILENT_LOGGER = { debug: silent, info: silent, warning: silent, warn: silent, error: silent };

/** The parts of the library's socket that outlive a failed connection and have to be ended by hand. */
interface Internals {
  readonly ddp: {
    open(): Promise<unknown>;
    onMessage: (event: unknown) => void;
    send(frame: { readonly msg: 'ping' }): Promise<unknown>;
    reopen: () => Promise<void>;
    reopenInterval?: NodeJS.Timeout;
    openTimeout?: NodeJS.Timeout;
    pingTimeout?: NodeJS.Timeout;
    connection?: { close(code?: number): void; terminate?(): void };
    once(event: 'close', listener: () => void): unknown;
  };
}

const endSocket = ({ ddp }: Internals): void => {
  clearInterval(ddp.reopenInterval);
  clearTimeout(ddp.openTimeout);
  clearTimeout(ddp.pingTimeout);
  // Closed politely first; a peer that does not answer the close must not keep the process alive.
  ddp.connection?.close(1000);
  ddp.connection?.terminate?.();
};

/** `work`, unless the connection closes (`lost`), the time is over or the signal is aborted before. */
const unlessLost = <T>(what: string, lost: Promise<void>, signal: AbortSignal, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const fail = (why: string) => settle(() => reject(new ChatopsError('UNREACHABLE', { what, why })));
    const abort = () => settle(() => reject(signal.reason));
    const timer = setTimeout(() => fail(`no answer within ${SETTLE_WITHIN_MS / 1_000} s`), SETTLE_WITHIN_MS);
    const settle = (end: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      end();
    };
    signal.addEventListener('abort', abort, { once: true });
    // A refused connection closes too, a moment before its error is reported.
    void lost.then(() => setImmediate(() => fail('the connection was closed')));
    work.then(
      (value) => settle(() => resolve(value)),
      (thrown: unknown) => settle(() => reject(thrown)),
    );
  });

const refused = (what: string, thrown: unknown): ChatopsError => {
  if (thrown instanceof ChatopsError) return thrown;
  const why = 'the server did not accept the token of the REST login for the realtime session';
  return new ChatopsError('TOKEN_INVALID', { what, why, cause: thrown });
};

const createInbox = () => {
  const texts = new Set<string>();
  const waiting = new Map<string, Set<() => void>>();
  return {
    arrive: (text: string): void => {
      const [oldest] = texts;
      if (texts.size >= MOST_REMEMBERED && oldest !== undefined) texts.delete(oldest);
      texts.add(text);
      for (const wake of waiting.get(text) ?? []) wake();
      waiting.delete(text);
    },
    wait: (text: string, signal: AbortSignal): Promise<void> =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        if (texts.has(text)) return resolve();
        const abort = () => reject(signal.reason);
        const wake = () => {
          signal.removeEventListener('abort', abort);
          resolve();
        };
        signal.addEventListener('abort', abort, { once: true });
        waiting.set(text, (waiting.get(text) ?? new Set()).add(wake));
      }),
  };
};

/** Before it is opened. @returns what says who is told of every frame that arrives */
const frameListener = ({ ddp }: Internals): ((heard: () => void) => void) => {
  let tell = (): void => undefined;
  const take = ddp.onMessage;
  ddp.onMessage = (event) => {
    tell();
    take(event);
  };
  return (heard) => {
    tell = heard;
  };
};

/** The library asks for signs of life too, and lets a server that gives none be: that ends this session. */
const endOfSilence = (internals: Internals, beat: Beat | undefined): Heartbeat =>
  createHeartbeat(
    () => void internals.ddp.send({ msg: 'ping' }).catch(() => undefined),
    () => endSocket(internals),
    beat,
  );

/**
 * @param beat when a silent server is asked for a sign of life. Default: as for all connections of ours
 * @throws ChatopsError UNREACHABLE (no WebSocket at the address), TOKEN_INVALID
 */
export const connectBot = async (
  base: string,
  { userId, authToken }: { readonly userId: string; readonly authToken: Secret },
  signal: AbortSignal,
  beat?: Beat,
): Promise<BotConnection> => {
  signal.throwIfAborted();
  // Loaded when first needed: probes that ask nothing of a bot must not pay for it.
  const { Bot } = await import('./sdk.ts');
  const bot = new Bot({ host: base, useSsl: base.startsWith('https:'), logger: SILENT_LOGGER });
  const internals = (await bot.socket) as unknown as Internals;
  // One session, one life: a lost connection is the caller's news, not something to fix behind its back.
  internals.ddp.reopen = async () => undefined;
  // One listener for the whole life: the library's emitter skips the second of two that are called once.
  const lost = new Promise<void>((resolve) => internals.ddp.once('close', () => resolve()));
  const onFrame = frameListener(internals);
  const what = `no realtime session at ${base}/websocket`;
  const inbox = createInbox();
  const listeners: ((message: ArrivedMessage) => void)[] = [];
  try {
    // Not `bot.connect`: it leaves a timer of twenty seconds behind when it fails, which keeps the process alive.
    const connected = internals.ddp.open().catch((thrown: unknown) => {
      throw new ChatopsError('UNREACHABLE', { what, why: 'the WebSocket did not open', cause: thrown });
    });
    await unlessLost(what, lost, signal, connected);
    await unlessLost(what, lost, signal, bot.resume({ token: authToken.reveal() })).catch((thrown: unknown) => {
      signal.throwIfAborted();
      throw refused(what, thrown);
    });
    const listening = bot.reactToMessages((error, message) => {
      if (error || typeof message?.msg !== 'string') return;
      inbox.arrive(message.msg);
      const arrived = { roomId: String(message.rid), text: message.msg, from: String(message.u?._id) };
      for (const listener of listeners) listener(arrived);
    });
    await unlessLost(what, lost, signal, listening);
  } catch (thrown) {
    endSocket(internals);
    throw thrown;
  }
  const heartbeat = endOfSilence(internals, beat);
  onFrame(heartbeat.heard);
  void lost.then(heartbeat.stop);
  return {
    userId,
    received: (text, waiting) => inbox.wait(text, waiting),
    listen: (listener) => void listeners.push(listener),
    ended: lost,
    silentMs: heartbeat.silentMs,
    close: async () => {
      heartbeat.stop();
      endSocket(internals);
    },
  };
};
