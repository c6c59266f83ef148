/** One POST to a hook's receiver, as GitLab makes it: headers, signature, time limit (gl:app/services/web_hook_service.rb). */

import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { randomUUID } from '../../kit/chance.ts';
import type { ServerContext } from '../../standin.ts';
import type { Hook } from '../model.ts';
import { hostOf, portOf } from './addresses.ts';

/** `gitlab_rails['webhook_timeout']`; real time, as the receiver lives in it. */
const TIMEOUT_MS = 10_000;

export interface Outgoing {
  readonly hook: Hook;
  /** `Push Hook`, `System Hook`. */
  readonly eventName: string;
  readonly payload: unknown;
  /** The same for every hook that one happening fires. */
  readonly eventId: string;
  /** Of one delivery, however often it is sent (gl:app/services/web_hooks/events/resend_service.rb). */
  readonly idempotencyKey: string;
  readonly instance: string;
  readonly version: string;
  readonly now: number;
}

export type Sent =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'failed'; readonly message: string };

export interface Delivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Standard Webhooks: HMAC over `id.timestamp.body` (GitLab 19.0, merge requests 230944 and 231325). */
const signature = (hook: Hook, id: string, timestamp: number, body: string): Record<string, string> => {
  if (hook.signingToken === null) return {};
  const key = Buffer.from(hook.signingToken.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${mac}` };
};

/** Fixed headers win over custom ones: those cannot override them. */
export const buildDelivery = (outgoing: Outgoing): Delivery => {
  const { hook } = outgoing;
  const body = JSON.stringify(outgoing.payload);
  const { idempotencyKey } = outgoing;
  const custom = Object.fromEntries(hook.customHeaders.map(({ key, value }) => [key, value]));
  const headers = {
    ...custom,
    'Content-Type': 'application/json',
    'User-Agent': `GitLab/${outgoing.version}`,
    'Idempotency-Key': idempotencyKey,
    'X-Gitlab-Event': outgoing.eventName,
    'X-Gitlab-Webhook-UUID': randomUUID(),
    'X-Gitlab-Instance': outgoing.instance,
    'X-Gitlab-Event-UUID': outgoing.eventId,
    ...(hook.token === null ? {} : { 'X-Gitlab-Token': hook.token }),
    ...signature(hook, idempotencyKey, Math.floor(outgoing.now / 1000), body),
  };
  return { headers, body };
};

/** `{name}` in a URL stands for a hidden value. */
export const fullUrl = (hook: Hook): string =>
  hook.urlVariables.reduce((url, { key, value }) => url.replaceAll(`{${key}}`, value), hook.url);

/** Never rejects: a failure is an outcome too. */
export const post = (
  url: URL,
  delivery: Delivery,
  lookup: ServerContext['lookup'],
  signal: AbortSignal,
): Promise<Sent> =>
  new Promise((resolve) => {
    const secure = url.protocol === 'https:';
    const target = lookup(hostOf(url), portOf(url)) ?? { host: hostOf(url), port: portOf(url) };
    const failed = (message: string) => resolve({ kind: 'failed', message });
    const sending = (secure ? httpsRequest : httpRequest)(
      {
        method: 'POST',
        host: target.host,
        port: target.port,
        path: `${url.pathname}${url.search}`,
        agent: false,
        signal,
        ...(url.username === ''
          ? {}
          : { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` }),
        headers: { ...delivery.headers, Host: url.host, 'Content-Length': Buffer.byteLength(delivery.body) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', (error) => failed(error.message));
        response.on('end', () => {
          const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
          const body = Buffer.concat(chunks).toString('utf8');
          resolve({ kind: 'answered', status: response.statusCode ?? 0, headers: Object.fromEntries(headers), body });
        });
      },
    );
    sending.setTimeout(TIMEOUT_MS, () => sending.destroy(new Error('execution expired')));
    sending.on('error', (error: NodeJS.ErrnoException) =>
      failed(
        error.code === 'ECONNREFUSED'
          ? `Failed to open TCP connection to ${url.host} (Connection refused)`
          : error.message,
      ),
    );
    sending.end(delivery.body);
  });
