/**
 * What Rocket.Chat's answer to a delivery means. Pure. The words are its own
 * (apps/meteor/app/integrations/server/api/api.ts, 7.0 to 8.6); what we do not know is shown as it came.
 */
import { bodyOf, wordsOf } from '../../contracts/delivery-answer.ts';
import type { HttpResponse } from '../../contracts/http.ts';
import type { DeliveryRefusal } from '../../contracts/receiver.ts';

export interface WebhookTarget {
  readonly room: string;
  /** Name of the incoming webhook. */
  readonly webhook: string;
  /** Variable of `.env` whose value was sent as X-Gitlab-Token. */
  readonly secretName: string;
}

const AGAIN = 'run `chatops-up up`: it makes the webhook as wanted again';

type Explain = (to: WebhookTarget) => DeliveryRefusal;

/** Pattern over the answer's own words → what it means. First match wins. */
const REFUSALS: readonly (readonly [RegExp, Explain])[] = [
  [
    /not-its-room/,
    ({ room }) => ({
      why: `room ${room} is none that is announced in, or the token is that of a hook into another one`,
      next: 'announce in that room in chatops.yaml, or name another one with --room; `chatops-up up` gives each hook its token',
    }),
  ],
  [
    /gitlab-token|secret token|wrong (secret|token)/i,
    ({ secretName }) => ({
      why: `the secret is wrong: the webhook's script was made for another one than ${secretName} in .env`,
      next: 'run `chatops-up up`: it gives the chat and GitLab the same secret',
    }),
  ],
  [
    /error-(running|evaluating)-script/,
    ({ webhook }) => ({
      why: `the script of webhook "${webhook}" is broken: it does not load, or it fails`,
      next: AGAIN,
    }),
  ],
  [
    /room[_-]is[_-]archived|archived/i,
    ({ room }) => ({ why: `room ${room} is archived`, next: `unarchive #${room}, or announce in another room` }),
  ],
  [
    /error-not-allowed/,
    ({ room }) => ({
      why: `the account the webhook posts as is not in the private room ${room}`,
      next: 'run `chatops-up up`: it makes the bot a member',
    }),
  ],
  [
    /invalid-channel|error-invalid-room|error-room-not-found/,
    ({ room }) => ({ why: `there is no room ${room}`, next: 'run `chatops-up up`, or name another one with --room' }),
  ],
  [
    /readonly/i,
    ({ room }) => ({ why: `room ${room} is read-only for the webhook's account`, next: 'run `chatops-up up`' }),
  ],
  [
    /overriding destination channel/i,
    ({ webhook }) => ({ why: `webhook "${webhook}" may post to its own room only`, next: AGAIN }),
  ],
  [/message-impersonate/, () => ({ why: "the account the webhook posts as has lost the bot's rights", next: AGAIN })],
  [
    /error-message-size-exceeded/,
    () => ({
      why: 'the message is longer than Message_MaxAllowedSize',
      next: 'raise that setting, or report the payload',
    }),
  ],
];

/** What the webhook itself says, before any script. */
const byWebhook = (response: HttpResponse, { webhook }: WebhookTarget): DeliveryRefusal | undefined => {
  const body = bodyOf(response);
  if (response.status === 429) {
    const next = 'wait a minute, or switch API_Enable_Rate_Limiter off';
    return { code: 'RATE_LIMITED', why: 'the chat limits how often this address is called', next };
  }
  if (response.status === 503 && body !== undefined) return { why: `webhook "${webhook}" is disabled`, next: AGAIN };
  const unknown = response.status === 404 || (response.status === 500 && body === undefined);
  return unknown
    ? { why: `the chat does not know the address of webhook "${webhook}" any more`, next: AGAIN }
    : undefined;
};

export const explainRefusal = (response: HttpResponse, to: WebhookTarget): DeliveryRefusal | undefined => {
  const words = wordsOf(response);
  return byWebhook(response, to) ?? REFUSALS.find(([pattern]) => pattern.test(words))?.[1](to);
};
