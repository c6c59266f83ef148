/** Reading a room: `history` and `messages` of channels, groups and direct rooms. */
import { coded } from '../api-error.ts';
import type { RoomDoc } from '../documents.ts';
import { viewMessage } from '../domain/messages.ts';
import { page, paged } from './paging.ts';
import type { Call, Fields, Route } from './route.ts';

/** Newest first, as both calls answer. */
const newestFirst = (call: Call, room: RoomDoc) => call.chat.state.messages.by('room', room._id).reverse();

const time = (value: string | undefined, fallback: number, name: string): number => {
  if (value === undefined) return fallback;
  const parsed = Date.parse(value);
  if (Number.isNaN(parsed)) throw coded('error-invalid-date', `Invalid date: ${name}`);
  return parsed;
};

export const history = (call: Call, room: RoomDoc): Fields => {
  const { query, chat } = call;
  const latest = time(query.latest, Number.POSITIVE_INFINITY, 'latest');
  const oldest = time(query.oldest, 0, 'oldest');
  const inclusive = query.inclusive === 'true';
  const inRange = newestFirst(call, room).filter(({ ts, t }) => {
    if (t !== undefined && query.showSystemMessages === 'false') return false;
    const at = Date.parse(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
  // `count` is 20 here unless given.
  const { items } = page(chat, { count: '20', ...query }, inRange, viewMessage);
  return { messages: items };
};

export const messages = (call: Call, room: RoomDoc): Fields =>
  paged('messages', page(call.chat, call.query, newestFirst(call, room), viewMessage));

export const readingRoutes = (family: string, demand: (call: Call) => RoomDoc): readonly Route[] => [
  { method: 'GET', path: `${family}.history`, run: (call) => history(call, demand(call)) },
  { method: 'GET', path: `${family}.messages`, run: (call) => messages(call, demand(call)) },
];
