/** One delivery as GitLab makes it (gl:app/services/web_hook_service.rb; docs.gitlab.com, "Webhooks", 19.3). */
import type { Secret } from '../values/secret.ts';
import type { Payload } from './sample.ts';

export interface Delivery {
  /** What is played, for reports: `push`, or the name of a file. */
  readonly name: string;
  /** `X-Gitlab-Event`. */
  readonly header: string;
  readonly payload: Payload;
  /** Base URL of the GitLab that seems to send. */
  readonly instance: string;
  readonly userAgent: string;
}

export interface SendOptions {
  /** Sent as X-Gitlab-Token. */
  readonly secret: Secret;
  /** `form`: one field `payload` with the JSON in it, as old tutorials send it. */
  readonly encoding: 'json' | 'form';
  /** A new UUID at each call. */
  readonly uuid: () => string;
}

export interface DeliveryRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Of the version whose documentation the samples follow. */
export const USER_AGENT = 'GitLab/19.3.0';

export const buildRequest = (delivery: Delivery, { secret, encoding, uuid }: SendOptions): DeliveryRequest => {
  const json = JSON.stringify(delivery.payload);
  return {
    headers: {
      'Content-Type': encoding === 'form' ? 'application/x-www-form-urlencoded' : 'application/json',
      'User-Agent': delivery.userAgent,
      'Idempotency-Key': uuid(),
      'X-Gitlab-Event': delivery.header,
      'X-Gitlab-Webhook-UUID': uuid(),
      'X-Gitlab-Instance': delivery.instance,
      'X-Gitlab-Event-UUID': uuid(),
      'X-Gitlab-Token': secret.reveal(),
    },
    body: encoding === 'form' ? new URLSearchParams({ payload: json }).toString() : json,
  };
};

/** Header names as a receiver's script sees them. */
export const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
