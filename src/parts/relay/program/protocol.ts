/** What the relay says over HTTP: which question comes to which method, and the body is read last. */
import { LARGEST_BODY, tooLarge } from './delivery.ts';
import type { HttpReply, Relay } from './relay.ts';

export interface RelayRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Undefined when it is larger than that many bytes. */
  body(largest: number): Promise<string | undefined>;
}

/** For the stack alone: whether deliveries can be taken and would be posted now. */
const HEALTH = 'GET /health';
/** Whether it answers at all; below the one path that a front door passes on. */
const ALIVE = 'GET /hooks/alive';
const SECRETS = 'GET /hooks/secrets';
const FORGET_SECRETS = 'DELETE /hooks/secrets';

const refused = ({ status, error, why }: typeof tooLarge): HttpReply => ({
  status,
  body: { success: false, error, why },
});

/** Nobody without a secret has a body read. */
const takeDelivery = async (relay: Relay, request: RelayRequest): Promise<HttpReply> => {
  const head = relay.head(request);
  if ('status' in head) return refused(head);
  const body = await request.body(LARGEST_BODY);
  return body === undefined ? refused(tooLarge) : relay.take(request, head.room, body);
};

/** @param signal of the question about its health */
export const answerRequest = (relay: Relay, request: RelayRequest, signal: AbortSignal): Promise<HttpReply> => {
  const asked = `${request.method} ${request.url.split('?')[0]}`;
  if (asked === HEALTH) return relay.health(signal);
  if (asked === ALIVE) return Promise.resolve({ status: 200, body: { alive: true } });
  if (asked === SECRETS) return Promise.resolve(relay.secrets(request));
  if (asked === FORGET_SECRETS) return relay.forgetSecrets(request);
  return takeDelivery(relay, request);
};
