/** What the webhook's script does with a request: check the secret, choose the room, say it. */
import { announce } from '../core/announce.ts';
import type { Memory } from '../core/memory.ts';
import { at, type Fields, record, text } from '../core/read.ts';
import type { RoomSettings, Settings } from '../core/settings.ts';
import { type Content, renderMessage } from './render.ts';
import { roomOf } from './room.ts';
import { isSecret } from './secret.ts';

export interface ScriptSettings extends Settings {
  /** Lower-case hex SHA-256 of the secret. */
  readonly secretSha256: string;
  readonly defaultRoom: string;
  /** Room, without `#` → what differs there. */
  readonly rooms?: Readonly<Record<string, RoomSettings>>;
}

/** The sandbox's `Store`: kept in memory, lost on restart; absent elsewhere. */
export interface Store {
  get(key: string): unknown;
  set(key: string, value: unknown): unknown;
}

export type Answer = { readonly content: Content } | { readonly error: Fields } | undefined;

const refuse = (error: string, why: string): Answer => ({ error: { success: false, error, why } });

const WRONG_SECRET = refuse(
  'wrong-gitlab-token',
  'X-Gitlab-Token is missing or is not the secret of this hook; set the same secret in the webhook of GitLab',
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
        // Without memory there are no recoveries; what happened is told all the same.
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

const settingsOf = (settings: ScriptSettings, room: string): Settings => ({
  ...settings,
  ...record(at(settings.rooms, room)),
});

export const answer = (request: unknown, settings: ScriptSettings, store?: Store): Answer => {
  if (!isSecret(at(request, 'headers', 'x-gitlab-token'), settings.secretSha256)) return WRONG_SECRET;
  const room = roomOf(at(request, 'url', 'query', 'channel'), settings.defaultRoom);
  if (room === undefined) return WRONG_ROOM;
  const header = text(at(request, 'headers', 'x-gitlab-event')).slice(0, 100);
  const event = { header, payload: payloadOf(at(request, 'content') ?? at(request, 'body')) };
  const message = announce(event, settingsOf(settings, room), memoryOf(store, room));
  return message === undefined ? undefined : { content: renderMessage(message, room) };
};
