/** What the webhook's script does with a request: check the secret, choose the room, say it. */
import { announce } from '../core/announce.ts';
import type { GitLabEvent } from '../core/event.ts';
import type { Memory } from '../core/memory.ts';
import type { Message } from '../core/message.ts';
import { filterOf, pathOf, roomsOf } from '../core/place.ts';
import { at, type Fields, record, text } from '../core/read.ts';
import type { RoomFilter, Route, Settings } from '../core/settings.ts';
import { type Content, renderMessage } from './render.ts';
import { roomNamed, withoutSign } from './room.ts';
import { type Opened, openedBy, type Taken } from './secret.ts';

/** `hooks`: the rooms that are announced in, and who may send into each. */
export interface ScriptSettings extends Settings, Taken {
  /** What hooks may still send while their tokens are being changed. Default: nothing. */
  readonly former?: readonly Taken[];
  readonly defaultRoom: string;
  /** Where what happens is announced when the caller names no room with `?channel=`; default: in the default room. */
  readonly routes?: readonly Route[];
  /** What rooms want differently from the rest. */
  readonly filters?: readonly RoomFilter[];
}

/** The sandbox's `Store`: kept in memory, lost on restart; absent elsewhere. */
export interface Store {
  get(key: string): unknown;
  set(key: string, value: unknown): unknown;
}

export type ScriptReturn = { readonly content: Content } | { readonly error: Fields } | undefined;

const refuse = (error: string, why: string): Exclude<ScriptReturn, undefined> => ({
  error: { success: false, error, why },
});

const WRONG_SECRET = refuse(
  'wrong-gitlab-token',
  'X-Gitlab-Token is missing or is not the secret of this hook; set the same secret in the webhook of GitLab',
);
const NOT_ITS_ROOM = refuse(
  'not-its-room',
  '?channel= must name the room that the token of this hook was made for, and that is announced in; hooks made by hand name none',
);
const WRONG_ROOM = refuse(
  'wrong-channel',
  '?channel= must be the name of a room: letters, digits, dot, dash, underscore',
);

/** Rooms may fail at different times: each has a memory of its own. */
const memoryOf = (store: Store | undefined, room: string): Memory => {
  const key = `chatops-up ${room}`;
  return {
    read: () => {
      try {
        return store?.get(key);
      } catch {
        return undefined;
      }
    },
    write: (value) => {
      try {
        store?.set(key, value);
      } catch {
        // Without memory there are no recoveries; what happened is announced all the same.
      }
    },
  };
};

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};

/** The event itself; some versions leave a form's only field `payload` packed (8.0–8.1, Rocket.Chat #38319). */
const payloadOf = (content: unknown): Fields => {
  const packed = at(content, 'payload');
  return typeof packed === 'string' ? record(parsed(packed)) : record(content);
};

/** Whether what was sent along opens the room. A secret that opens every room opens those that are announced in. */
const opens = ({ every, rooms }: Opened, room: string, { hooks }: ScriptSettings): boolean =>
  rooms.includes(room) || (every && (hooks === undefined || hooks.some((each) => each.room === room)));

/** The room of `?channel=`, else those that the settings route it to, else the default; or why it is refused. */
const roomsFor = (
  channel: unknown,
  opened: Opened,
  { payload }: GitLabEvent,
  settings: ScriptSettings,
): readonly string[] | Exclude<ScriptReturn, undefined> => {
  if (channel === undefined || channel === null || channel === '') {
    if (!opened.isSecret) return NOT_ITS_ROOM;
    const routed = roomsOf(settings.routes ?? [], pathOf(payload));
    return routed.length === 0 ? [withoutSign(settings.defaultRoom)] : routed;
  }
  const named = roomNamed(channel);
  if (named === undefined) return WRONG_ROOM;
  return opens(opened, named, settings) ? [named] : NOT_ITS_ROOM;
};

interface Said {
  readonly room: string;
  readonly message: Message;
}

/** What each room wants to hear of it. */
const sayIn = (
  rooms: readonly string[],
  event: GitLabEvent,
  settings: ScriptSettings,
  store: Store | undefined,
): readonly Said[] => {
  const path = pathOf(event.payload);
  return rooms.flatMap((room) => {
    const own: Settings = { ...settings, ...filterOf(settings.filters ?? [], room, path) };
    const message = announce(event, own, memoryOf(store, room));
    return message === undefined ? [] : [{ room, message }];
  });
};

/** Several rooms get one message, in the language of the first; one that is gone does not silence the others (7.9+). */
const answerOf = ([first, ...more]: readonly Said[]): ScriptReturn => {
  if (first === undefined) return undefined;
  const content = renderMessage(first.message, first.room);
  if (more.length === 0) return { content };
  return { content: { ...content, channel: [first, ...more].map(({ room }) => `#${room}`), separateResponse: true } };
};

export const answer = (request: unknown, settings: ScriptSettings, store?: Store): ScriptReturn => {
  const opened = openedBy(at(request, 'headers', 'x-gitlab-token'), [settings, ...(settings.former ?? [])]);
  if (opened === undefined) return WRONG_SECRET;
  const header = text(at(request, 'headers', 'x-gitlab-event')).slice(0, 100);
  const instance = text(at(request, 'headers', 'x-gitlab-instance')).slice(0, 300);
  const event = { header, instance, payload: payloadOf(at(request, 'content') ?? at(request, 'body')) };
  const rooms = roomsFor(at(request, 'url', 'query', 'channel'), opened, event, settings);
  return 'length' in rooms ? answerOf(sayIn(rooms, event, settings, store)) : rooms;
};
