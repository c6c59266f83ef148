/** What an answer to a delivery means. Pure. The receiver knows its own; the front door before it says the rest. */
import { bodyOf, wordsOf } from '../contracts/delivery-answer.ts';
import type { HttpResponse } from '../contracts/http.ts';
import type { DeliveryRefusal, ReceiverAddress } from '../contracts/receiver.ts';
import { ChatopsError } from '../errors/chatops-error.ts';

export interface Addressed {
  readonly room: string;
  readonly receiver: Pick<ReceiverAddress, 'explain'>;
  /** Where deliveries are taken from outside the stack. */
  readonly receiverUrl: string;
}

const byFrontDoor = (status: number, { receiverUrl }: Addressed): DeliveryRefusal | undefined => {
  if (status === 502 || status === 504) {
    const next = 'run `chatops-up status`';
    return { code: 'UNREACHABLE', why: `the front door at ${receiverUrl} does not reach what stands behind it`, next };
  }
  if (status === 413) return { why: 'the front door finds the payload too large', next: 'raise client_max_body_size' };
  return status >= 300 && status < 400
    ? {
        why: `${receiverUrl} sends callers elsewhere`,
        next: 'compare tls and ports in chatops.yaml with the front door',
      }
    : undefined;
};

const refusedBy = (response: HttpResponse, to: Addressed): DeliveryRefusal => {
  const known = to.receiver.explain(response, to.room) ?? byFrontDoor(response.status, to);
  const words = wordsOf(response);
  return (
    known ?? {
      why: words === '' ? 'it gives no reason' : words,
      next: 'read the log of what took it, then run `chatops-up status`',
    }
  );
};

/** @throws ChatopsError DELIVERY_REFUSED, RATE_LIMITED, UNREACHABLE */
export const requireTaken = (response: HttpResponse, to: Addressed): void => {
  const taken = (response.status === 200 || response.status === 202) && bodyOf(response)?.success === true;
  if (taken) return;
  const { code = 'DELIVERY_REFUSED', why, next } = refusedBy(response, to);
  const words = wordsOf(response);
  const what = `the delivery was answered with HTTP ${response.status}${words === '' || why.includes(words) ? '' : ` (${words})`}`;
  throw new ChatopsError(code, { what, why, next });
};
