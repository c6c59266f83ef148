/** One delivery as GitLab makes it (gl:app/services/web_hook_service.rb; docs.gitlab.com, "Webhooks", 19.3). */
import type { DeliveryRequest, Payload, PlayedDelivery, SendOptions } from '../../../contracts/played-forge.ts';

export interface GitLabDelivery {
  readonly name: string;
  /** `X-Gitlab-Event`. */
  readonly header: string;
  readonly payload: Payload;
  /** Base URL of the GitLab that seems to send. */
  readonly instance: string;
  readonly userAgent: string;
}

/** Of the version whose documentation the samples follow. */
export const USER_AGENT = 'GitLab/19.3.0';

export const buildRequest = (
  delivery: Omit<GitLabDelivery, 'name'>,
  { secret, encoding, uuid }: SendOptions,
): DeliveryRequest => {
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

export const deliveryOf = (of: GitLabDelivery): PlayedDelivery => ({
  name: of.name,
  header: of.header,
  payload: of.payload,
  request: (options) => buildRequest(of, options),
});
