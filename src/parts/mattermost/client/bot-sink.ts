/**
 * Mattermost as a bot account: REST v4 with its token. Messages carry their key in `props`, so that one whose answer was
 * lost is found again; `pending_post_id` keeps the server itself from storing it twice within 30 s (app/post.go).
 */
import { z } from 'zod';
import type { ChatBody, ChatSink, Later, Refused } from '../../../contracts/chat-sink.ts';
import type { Http, HttpResponse } from '../../../contracts/http.ts';
import type { Secret } from '../../../values/secret.ts';
import { ask, errorId, failure, isSuccess, jsonOf } from './answers.ts';
import { requestOf } from './rest.ts';

export interface BotSinkOptions {
  readonly http: Http;
  /** `https://chat.example.org`, no trailing slash. */
  readonly base: string;
  readonly token: Secret;
  /** Name of the team the channels are in. */
  readonly team: string;
}

const KEY = 'chatops_up';
/** Posts looked through for one whose answer was lost; the server gives no more at once. */
const LATEST = 200;

const idAnswer = z.object({ id: z.string().min(1) });
const pageAnswer = z.object({
  order: z.array(z.string()),
  posts: z.record(z.string(), z.object({ props: z.record(z.string(), z.unknown()).catch({}) })),
});

type Given<T> = { readonly kind: 'given'; readonly value: T } | Refused | Later;

const isAnswer = (answer: HttpResponse | Later): answer is HttpResponse => 'status' in answer;

/** Renderers know `message` and `attachments`; the API wants these in the post's `props`. */
const postFields = ({ attachments, ...rest }: ChatBody, key: string): ChatBody => ({
  ...rest,
  props: { [KEY]: key, ...(attachments === undefined ? {} : { attachments }) },
});

/** A call of REST v4 as an account of the chat. @param path below `/api/v4` */
export type CallApi = (
  method: string,
  path: string,
  signal: AbortSignal,
  body?: ChatBody,
) => Promise<HttpResponse | Later>;

export const callWith =
  (http: Http, base: string, token: Secret): CallApi =>
  (method, path, signal, body) =>
    ask(http, requestOf(base, { method, path, body }, token), signal);

export const createMattermostBotSink = ({ http, base, token, team }: BotSinkOptions): ChatSink =>
  sinkOver(callWith(http, base, token), team);

/** @param team name of the team the channels are in */
export const sinkOver = (call: CallApi, team: string): ChatSink => {
  const channelIds = new Map<string, string>();

  const parsed = <T>(doing: string, answer: HttpResponse | Later, schema: z.ZodType<T>): Given<T> => {
    if (!isAnswer(answer)) return answer;
    if (!isSuccess(answer)) return failure(doing, answer);
    const value = schema.safeParse(jsonOf(answer));
    if (value.success) return { kind: 'given', value: value.data };
    return { kind: 'later', why: `could not ${doing}: the answer is not Mattermost's` };
  };

  const channelId = async (channel: string, signal: AbortSignal): Promise<Given<string>> => {
    const known = channelIds.get(channel);
    if (known !== undefined) return { kind: 'given', value: known };
    const path = `/teams/name/${encodeURIComponent(team)}/channels/name/${encodeURIComponent(channel)}`;
    const found = parsed(`find channel ${channel} of team ${team}`, await call('GET', path, signal), idAnswer);
    if (found.kind !== 'given') return found.kind === 'refused' ? { ...found, kind: 'later' } : found;
    channelIds.set(channel, found.value.id);
    return { kind: 'given', value: found.value.id };
  };

  return {
    remembers: true,
    trouble: async (channels, signal) => {
      const me = parsed('log in with the token', await call('GET', '/users/me', signal), idAnswer);
      if (me.kind !== 'given') return me.why;
      for (const channel of channels) {
        const id = await channelId(channel, signal);
        if (id.kind !== 'given') return id.why;
        const path = `/channels/${id.value}/members/${me.value.id}`;
        const member = parsed(
          `post in channel ${channel}, being no member`,
          await call('GET', path, signal),
          z.object({}),
        );
        if (member.kind !== 'given') return member.why;
      }
      return undefined;
    },
    find: async (channel, key, signal) => {
      const id = await channelId(channel, signal);
      if (id.kind !== 'given') return { ...id, kind: 'later' };
      const path = `/channels/${id.value}/posts?page=0&per_page=${LATEST}`;
      const page = parsed('read the channel', await call('GET', path, signal), pageAnswer);
      if (page.kind !== 'given') return { ...page, kind: 'later' };
      const { order, posts } = page.value;
      const found = order.find((post) => posts[post]?.props[KEY] === key);
      return found === undefined ? { kind: 'absent' } : { kind: 'found', id: found };
    },
    post: async (channel, key, body, signal) => {
      const id = await channelId(channel, signal);
      if (id.kind !== 'given') return id;
      const fields = { channel_id: id.value, pending_post_id: key, ...postFields(body, key) };
      const answer = await call('POST', '/posts', signal, fields);
      // A channel that was made anew has another id.
      if (isAnswer(answer) && (answer.status === 403 || answer.status === 404)) channelIds.delete(channel);
      const posted = parsed('post', answer, idAnswer);
      return posted.kind === 'given' ? { kind: 'done', id: posted.value.id } : posted;
    },
    update: async (_channel, id, key, body, signal) => {
      const answer = await call('PUT', `/posts/${encodeURIComponent(id)}/patch`, signal, postFields(body, key));
      if (isAnswer(answer) && isGone(answer))
        return { kind: 'gone', why: `HTTP ${answer.status} (${errorId(answer)})` };
      const updated = parsed('change a message', answer, idAnswer);
      return updated.kind === 'given' ? { kind: 'done' } : updated;
    },
  };
};

/** Removed, or too old to be changed (`PostEditTimeLimit`), or not ours any more. */
const isGone = (answer: HttpResponse): boolean => [400, 403, 404].includes(answer.status) && errorId(answer) !== '';
