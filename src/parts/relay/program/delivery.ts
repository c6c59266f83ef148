/** A request of GitLab → the delivery in it, or why it is refused. */
import { createHash } from 'node:crypto';
import type { GitLabEvent } from '../../../notifier/core/event.ts';
import { record } from '../../../notifier/core/read.ts';
import { isRecord, readJson } from '../../../values/shape.ts';
import { opens, type TakenSecret } from './taken-secrets.ts';

export interface Delivery {
  /** The same when GitLab sends the same again. */
  readonly key: string;
  readonly room: string;
  readonly event: GitLabEvent;
}

export interface HookHead {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface Rejection {
  readonly status: number;
  readonly error: string;
  readonly why: string;
}

/** GitLab sends no more than this (doc/user/project/integrations/webhooks.md: 25 MB). */
export const LARGEST_BODY = 25 * 1024 * 1024;
/** Where GitLab sends to. */
export const HOOK_PATH = '/hooks/gitlab';

const refuse = (status: number, error: string, why: string): Rejection => ({ status, error, why });

/** Undefined for what is no path: `//`, which would be another host, among it. */
const targetOf = (url: string): URL | undefined =>
  url.startsWith('//') || !URL.canParse(url, 'http://relay') ? undefined : new URL(url, 'http://relay');

/**
 * What can be said before the body is read; nobody without a secret may send one.
 * @param taken which secrets, and tokens of hooks
 */
export const judgeHead = (
  { method, url, headers }: HookHead,
  taken: readonly TakenSecret[],
  rooms: readonly string[],
): { readonly room: string } | Rejection => {
  const target = targetOf(url);
  if (target === undefined) return refuse(400, 'no-target', 'what is asked for is neither a path nor a web address');
  const { pathname, searchParams } = target;
  if (pathname !== HOOK_PATH) return refuse(404, 'not-found', `deliveries are taken at ${HOOK_PATH}`);
  if (method !== 'POST') return refuse(405, 'wrong-method', 'deliveries are sent with POST');
  const room = (searchParams.getAll('channel').length === 1 ? (searchParams.get('channel') ?? '') : '').replace(
    /^#/,
    '',
  );
  const opened = opens(headers['x-gitlab-token'], taken, room);
  if (opened === 'nothing') return wrongSecret;
  if (!rooms.includes(room)) {
    return refuse(404, 'wrong-channel', '?channel= must name one of the rooms that are announced in');
  }
  if (opened === 'known') return notItsRoom;
  if (Number(headers['content-length'] ?? 0) > LARGEST_BODY) return tooLarge;
  return { room };
};

export const wrongSecret: Rejection = refuse(
  401,
  'wrong-gitlab-token',
  'X-Gitlab-Token is missing or is not the secret of this relay; set the same secret in the webhook of GitLab',
);

const notItsRoom = refuse(
  403,
  'not-its-room',
  'X-Gitlab-Token is no token of a hook into this room: each hook has its own',
);

export const tooLarge: Rejection = refuse(413, 'too-large', `a delivery has ${LARGEST_BODY} bytes at most`);

/** JSON, or the form of old tutorials with JSON in its field `payload`. */
const payloadOf = (body: string, contentType: string): unknown =>
  /^application\/x-www-form-urlencoded\b/i.test(contentType)
    ? readJson(new URLSearchParams(body).get('payload') ?? '')
    : readJson(body);

/**
 * `Idempotency-Key` (17.4) and `webhook-id` (19.0) stay the same when a delivery is repeated. Below, the event has an id
 * that all its hooks share, so the body belongs to the key.
 */
const keyOf = (headers: HookHead['headers'], room: string, body: string): string => {
  const own = headers['idempotency-key'] ?? headers['webhook-id'];
  const parts = own ? [own] : [headers['x-gitlab-event-uuid'] ?? '', headers['x-gitlab-webhook-uuid'] ?? '', body];
  return createHash('sha256')
    .update(JSON.stringify([room, ...parts]))
    .digest('base64url')
    .slice(0, 22);
};

export const readDelivery = (head: HookHead, room: string, body: string): Delivery | Rejection => {
  const payload = payloadOf(body, head.headers['content-type'] ?? '');
  if (!isRecord(payload)) {
    return refuse(400, 'no-json', 'the body is neither a JSON object nor a form with one in its field `payload`');
  }
  const header = (head.headers['x-gitlab-event'] ?? '').slice(0, 100);
  return { key: keyOf(head.headers, room, body), room, event: { header, payload: record(payload) } };
};
