/**
 * What the chat's answer to a delivery means. Pure. The words are Rocket.Chat's
 * (apps/meteor/app/integrations/server/api/api.ts, 7.0 to 8.6); what we do not know is shown as it came.
 */

import type { HttpResponse } from '../contracts/http.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import { ChatopsError } from '../errors/chatops-error.ts';

export interface Addressed {
  readonly room: string;
  /** Name of the incoming webhook. */
  readonly webhook: string;
  /** Variable of `.env` whose value was sent as X-Gitlab-Token. */
  readonly secretName: string;
  readonly publicUrl: string;
}

interface Meaning {
  readonly why: string;
  readonly next: string;
  readonly code?: ErrorCode;
}

const RELAY_FULL: Meaning = {
  why: 'too many messages wait in the relay for this room: the chat takes none',
  next: 'run `chatops-up status`',
};

const AGAIN = 'run `chatops-up up`: it makes the webhook as wanted again';

type Explain = (to: Addressed) => Meaning;

/** Pattern over the answer's own words → what it means. First match wins. */
const REFUSALS: readonly (readonly [RegExp, Explain])[] = [
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

const bodyOf = (response: HttpResponse): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(response.body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

const SHOWN = 300;

const said = (response: HttpResponse): string => {
  const body = bodyOf(response);
  const words = body ? (body.error ?? body.message ?? body.responses ?? '') : response.body;
  const text = (typeof words === 'string' ? words : JSON.stringify(words)).replace(/\s+/g, ' ').trim();
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
};

const byStatus = (status: number, { publicUrl }: Addressed): Meaning | undefined => {
  if (status === 429) {
    const next = 'wait a minute, or switch API_Enable_Rate_Limiter off';
    return { code: 'RATE_LIMITED', why: 'the chat limits how often this address is called', next };
  }
  if (status === 502 || status === 504) {
    const next = 'run `chatops-up status`';
    return { code: 'UNREACHABLE', why: `the front door at ${publicUrl} does not reach the chat behind it`, next };
  }
  if (status === 413) return { why: 'the front door finds the payload too large', next: 'raise client_max_body_size' };
  return status >= 300 && status < 400
    ? { why: `${publicUrl} sends callers elsewhere`, next: 'compare tls and ports in chatops.yaml with the front door' }
    : undefined;
};

/** What the webhook itself says, before any script. */
const byWebhook = (response: HttpResponse, { webhook }: Addressed): Meaning | undefined => {
  const body = bodyOf(response);
  if (response.status === 503 && body?.error === 'full') return RELAY_FULL;
  if (response.status === 503 && body !== undefined) return { why: `webhook "${webhook}" is disabled`, next: AGAIN };
  const unknown = response.status === 404 || (response.status === 500 && body === undefined);
  return unknown
    ? { why: `the chat does not know the address of webhook "${webhook}" any more`, next: AGAIN }
    : undefined;
};

const meaningOf = (response: HttpResponse, to: Addressed): Meaning => {
  const early = byWebhook(response, to) ?? byStatus(response.status, to);
  if (early) return early;
  const words = said(response);
  const known = REFUSALS.find(([pattern]) => pattern.test(words));
  if (known) return known[1](to);
  return {
    why: words === '' ? 'it gives no reason' : words,
    next: "read the chat's log, then run `chatops-up status`",
  };
};

/** @throws ChatopsError DELIVERY_REFUSED, RATE_LIMITED, UNREACHABLE */
export const requireTaken = (response: HttpResponse, to: Addressed): void => {
  const taken = (response.status === 200 || response.status === 202) && bodyOf(response)?.success === true;
  if (taken) return;
  const { code = 'DELIVERY_REFUSED', why, next } = meaningOf(response, to);
  const words = said(response);
  const what = `the chat answered HTTP ${response.status} to the delivery${words === '' || why.includes(words) ? '' : ` (${words})`}`;
  throw new ChatopsError(code, { what, why, next });
};
