import type { Ledger, RequestKind } from '../../kit/ledger.ts';
import type { Chat } from '../chat.ts';
import type { MessageDoc, RoomDoc } from '../documents.ts';
import { canRead, isMember } from '../domain/rooms.ts';
import { findSession, type Session } from '../domain/tokens.ts';
import { newId } from '../ids.ts';
import { errorOf, type Frame, meteorError, readFrame, streamMessage } from './frames.ts';
import { callMethod, type MethodContext, methodKind } from './methods.ts';

/** One client over its WebSocket; knows nothing of sockets. */
export interface DdpSession {
  receive(text: string): void;
  /** A message somewhere: sent on when this client asked for it and may read it. */
  hear(message: MessageDoc, room: RoomDoc): void;
}

export interface SessionOptions {
  readonly chat: Chat;
  readonly ledger: Ledger;
  readonly address: string;
  readonly send: (frame: Frame) => void;
  readonly close: () => void;
}

const STREAM = 'stream-room-messages';
const MINE = '__my_messages__';

const FREE_STREAMS = [
  'userData',
  'meteor.loginServiceConfiguration',
  'meteor_autoupdate_clientVersions',
  'activeUsers',
];

/** `[event, true]`, or `[event, { useCollection: true }]`. */
const asCollection = ({ params }: Frame): boolean => {
  const [, wanted] = Array.isArray(params) ? (params as unknown[]) : [];
  return wanted === true || (wanted as { readonly useCollection?: unknown } | null | undefined)?.useCollection === true;
};

export const createDdpSession = ({ chat, ledger, address, send, close }: SessionOptions): DdpSession => {
  const connection = newId();
  /** subscription id → event name */
  const subscriptions = new Map<string, string>();
  let token: string | undefined;

  // Asked anew each time: a token may have been dropped meanwhile.
  const session = (): Session | undefined => (token === undefined ? undefined : findSession(chat, token));
  const count = (kind: RequestKind, what: string) => ledger.count(kind, `DDP ${what}`);

  const context: MethodContext = {
    chat,
    address,
    session,
    become: (fresh) => {
      token = fresh;
      if (fresh === undefined) subscriptions.clear();
    },
  };

  const onConnect = (frame: Frame): void => {
    count('session', 'connect');
    if (frame.version === '1') send({ msg: 'connected', session: connection });
    else {
      send({ msg: 'failed', version: '1' });
      close();
    }
  };

  const overLimit = (method: string): Frame | undefined => {
    const { settings } = chat;
    const prefix = 'DDP_Rate_Limit_Connection_By_Method_';
    if (!settings.flag(`${prefix}Enabled`)) return undefined;
    const verdict = chat.limiter.take(
      `ddp ${connection} ${method}`,
      settings.number(`${prefix}Requests_Allowed`),
      settings.number(`${prefix}Interval_Time`),
    );
    if (verdict.allowed) return undefined;
    const text = `Error, too many requests. Please slow down. You must wait ${verdict.secondsLeft} seconds before trying again.`;
    return meteorError('too-many-requests', text, { timeToReset: verdict.secondsLeft * 1_000 });
  };

  const onMethod = (frame: Frame): void => {
    const [id, method] = [String(frame.id ?? ''), String(frame.method ?? '')];
    count(methodKind(method), method);
    const answer = (): Frame => {
      const refused = overLimit(method);
      if (refused) return { error: refused };
      try {
        const result = callMethod(context, method, Array.isArray(frame.params) ? frame.params : []);
        return result === undefined ? {} : { result };
      } catch (thrown) {
        return { error: errorOf(thrown) };
      }
    };
    send({ msg: 'result', id, ...answer() });
    send({ msg: 'updated', methods: [id] });
  };

  const mayHear = (name: string, event: string): boolean => {
    if (name !== STREAM) return true;
    const user = session()?.user;
    if (!user) return false;
    const room = chat.state.rooms.get(event);
    return event === MINE || (room !== undefined && canRead(chat, room, user));
  };

  const onSub = (frame: Frame): void => {
    const [id, name] = [String(frame.id ?? ''), String(frame.name ?? '')];
    count('read', `sub ${name}`);
    const event = Array.isArray(frame.params) ? String(frame.params[0] ?? '') : '';
    const isKnown = FREE_STREAMS.includes(name) || name.startsWith('stream-');
    const refused = !isKnown
      ? meteorError(404, `Subscription '${name}' not found`)
      : mayHear(name, event)
        ? undefined
        : meteorError('not-allowed', 'not-allowed');
    if (name === STREAM && !refused) subscriptions.set(id, event);
    // Collections begin with a document, for clients that keep one (RC:server/modules/streamer, `useCollection`).
    if (!refused && asCollection(frame))
      send({ msg: 'added', collection: name, id: 'id', fields: { eventName: event } });
    send(refused ? { msg: 'nosub', id, error: refused } : { msg: 'ready', subs: [id] });
  };

  const onUnsub = (frame: Frame): void => {
    count('read', 'unsub');
    subscriptions.delete(String(frame.id ?? ''));
    send({ msg: 'nosub', id: String(frame.id ?? '') });
  };

  const echo = (frame: Frame): Frame => (frame.id === undefined ? {} : { id: frame.id });
  const handlers: Readonly<Record<string, (frame: Frame) => void>> = {
    connect: onConnect,
    ping: (frame) => {
      count('traffic', 'ping');
      send({ msg: 'pong', ...echo(frame) });
    },
    pong: () => undefined,
    method: onMethod,
    sub: onSub,
    unsub: onUnsub,
  };

  return {
    receive: (text) => {
      const frame = readFrame(text);
      const handler = frame && handlers[String(frame.msg)];
      if (frame && handler) handler(frame);
      else send({ msg: 'error', reason: 'Bad request', ...(frame ? { offendingMessage: frame } : {}) });
    },
    hear: (message, room) => {
      const user = session()?.user;
      if (!user || !canRead(chat, room, user)) return;
      const inside = isMember(chat, room, user);
      const events = new Set(subscriptions.values());
      // A client's own rooms, and the ones it named; every event once, however often it was subscribed.
      for (const event of events) {
        if (event !== room._id && !(event === MINE && inside)) continue;
        const roomInfo = { roomParticipant: inside, roomType: room.t, roomName: room.name };
        const args = event === MINE ? [streamMessage(message), roomInfo] : [streamMessage(message)];
        send({ msg: 'changed', collection: STREAM, id: 'id', fields: { eventName: event, args } });
      }
    },
  };
};
